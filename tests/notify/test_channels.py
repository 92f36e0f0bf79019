"""Each kind of channel against what the other side may do: refuse, hang up, answer slowly, or not be there."""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from console.desk.deliveries import Parcel
from console.domain.case import CaseId, PersonId
from console.domain.delivering import Came, Delivery, Result
from console.domain.letters import Letter
from console.notify import sending
from console.notify.channels import Apprise, Command, Mail, Webhook
from console.notify.sending import send
from tests.builders import MORNING
from tests.notify.givens import ADA
from tests.notify.servers import Hook, MailServer

PARCEL = Parcel(
    Delivery(
        key="k1", case=CaseId(7), version=2, person=PersonId("ada"), channel="out", at=MORNING, next_try=None, tries=1
    ),
    Letter("7 S3: yours", "Look at it.\n", {"case": 7, "kind": "assigned"}),
    ADA.person,
    "ada@desk.example",
)

OLD_IMPORTS = pytest.mark.filterwarnings("ignore::DeprecationWarning")
"""What apprise imports warns that it is old."""


def talking(*lines: bytes, waits: bool = False) -> Iterator[int]:
    """Run a server that says these lines to whoever comes, one for each thing it hears, and then hangs up, or waits."""
    gate = threading.Event()
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:

        def serve() -> None:
            peer, _ = listener.accept()
            with peer:
                for line in lines:
                    peer.sendall(line)
                    peer.recv(4096)
                if waits:
                    gate.wait(30)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield int(listener.getsockname()[1])
        gate.set()


def mail_to(port: int, **facts: Any) -> Mail:  # noqa: ANN401 - any field of a channel
    """Give the channel to a mail server on loopback."""
    return replace(Mail("127.0.0.1", "triage@desk.example", port, timeout=1), **facts)


def test_a_mail_server_that_is_not_there_is_out_of_reach() -> None:
    result = send(mail_to(1), PARCEL, MORNING)
    assert (result.came, result.is_down) == (Came.LATER, True)
    assert "Connection refused" in result.said


def test_a_mail_server_that_turns_everybody_away_is_out_of_reach() -> None:
    for port in talking(b"421 too busy\r\n"):
        result = send(mail_to(port), PARCEL, MORNING)
        assert (result.came, result.is_down) == (Came.LATER, True)
        assert "421 too busy" in result.said


def test_a_mail_server_that_hangs_up_in_the_middle_is_asked_again() -> None:
    for port in talking(b"220 hi\r\n", b"250 hi\r\n", b"250 ok\r\n"):
        result = send(mail_to(port), PARCEL, MORNING)
        assert (result.came, result.is_down) == (Came.LATER, True)


def test_a_mail_server_that_says_nothing_is_given_up_on_in_time() -> None:
    for port in talking(waits=True):
        result = send(mail_to(port), PARCEL, MORNING)
        assert (result.came, result.is_down) == (Came.LATER, True)
        assert "timed out" in result.said


def test_without_the_encryption_that_was_asked_for_nothing_is_sent(post: MailServer) -> None:
    for facts in ({"starttls": True}, {"tls": True}, {"user": "triage", "password": "s3cret"}):
        result = send(mail_to(post.port, **facts), PARCEL, MORNING)
        assert (result.came, result.is_down) == (Came.LATER, True)
        assert "s3cret" not in result.said
    assert post.mails == []


@pytest.mark.parametrize(
    ("status", "came"),
    [
        (200, Came.SENT), (201, Came.SENT), (204, Came.SENT), (301, Came.NEVER), (302, Came.NEVER), (400, Came.NEVER),
        (404, Came.NEVER), (408, Came.LATER), (410, Came.NEVER), (425, Came.LATER), (429, Came.LATER),
        (500, Came.LATER), (503, Came.LATER),
    ],
)  # fmt: skip
def test_a_webhook_answers_with_its_status(hook: Hook, status: int, came: Came) -> None:
    hook.answers.append(status)
    assert send(hook.setup, PARCEL, MORNING).came is came
    assert len(hook.posted) == 1  # and nothing was followed


def test_a_webhook_without_a_secret_is_not_signed(hook: Hook) -> None:
    send(replace(hook.setup, secret=""), PARCEL, MORNING)
    assert "x-triage-signature" not in hook.posted[0].headers
    assert hook.posted[0].headers["x-triage-timestamp"] == str(int(MORNING.timestamp()))


def test_a_webhook_that_answers_too_late_is_asked_again(hook: Hook) -> None:
    hook.gate = threading.Event()
    result = send(replace(hook.setup, timeout=1), PARCEL, MORNING)
    assert (result.came, result.is_down) == (Came.LATER, True)


@pytest.mark.parametrize("answer", [b"", b"220 this is no web server\r\n\r\n", b"HTTP/1.1 999999 x\r\n\r\n"])
def test_a_webhook_that_talks_nonsense_is_asked_again(answer: bytes) -> None:
    for port in talking(b"", answer):
        result = send(Webhook(f"http://127.0.0.1:{port}/", timeout=1), PARCEL, MORNING)
        assert (result.came, result.is_down) == (Came.LATER, True)


def test_a_webhook_in_plain_is_not_taken_for_an_encrypted_one(hook: Hook) -> None:
    result = send(Webhook(f"https://127.0.0.1:{hook.port}/", timeout=1), PARCEL, MORNING)
    assert (result.came, hook.posted) == (Came.LATER, [])


def python(program: str, timeout: int = 10) -> Command:
    """Give a command that runs a line of Python."""
    return Command((sys.executable, "-c", program), timeout)


def test_a_command_is_given_the_letter_on_its_standard_input(tmp_path: Path) -> None:
    file = tmp_path / "letter.json"
    result = send(python(f"import sys; open({str(file)!r}, 'w').write(sys.stdin.read())"), PARCEL, MORNING)
    assert result == Result(Came.SENT)
    told = json.loads(file.read_text())
    assert told == {
        "key": "k1", "try": 1, "person": "ada", "outside": None, "address": "ada@desk.example",
        "subject": "7 S3: yours", "text": "Look at it.\n", "facts": {"case": 7, "kind": "assigned"},
    }  # fmt: skip


@pytest.mark.parametrize(("code", "came"), [(1, Came.LATER), (75, Came.LATER), (65, Came.NEVER), (100, Came.NEVER)])
def test_a_command_says_by_its_exit_code_what_came_of_it(code: int, came: Came) -> None:
    program = f"import sys; sys.stdin.read(); sys.stderr.write('no such pager'); sys.exit({code})"
    result = send(python(program), PARCEL, MORNING)
    assert result == Result(came, f"exit code {code}: no such pager")


def test_a_command_sees_no_secret_of_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TRIAGE_SECRET", "s3cret")
    file = tmp_path / "environment"
    program = f"import os, sys; sys.stdin.read(); open({str(file)!r}, 'w').write(repr(dict(os.environ)))"
    send(python(program), PARCEL, MORNING)
    assert "s3cret" not in file.read_text()
    assert "PATH" in file.read_text()


def test_a_command_that_never_ends_is_ended_with_its_children() -> None:
    program = (
        "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']).wait()"
    )
    result = send(python(program, timeout=1), PARCEL, MORNING)
    assert result == Result(Came.LATER, "took longer than 1 s and was ended")


def test_a_command_that_reads_nothing_has_its_say(monkeypatch: pytest.MonkeyPatch) -> None:
    big = replace(PARCEL, letter=replace(PARCEL.letter, body="x" * 5_000_000))
    assert send(python("import sys; sys.stdin.close()"), big, MORNING).came is Came.SENT
    monkeypatch.delattr(os, "killpg")
    assert send(python("import time; time.sleep(60)", timeout=1), big, MORNING).came is Came.LATER


def test_a_command_that_is_not_there_is_out_of_reach() -> None:
    result = send(Command(("/nowhere/pager",)), PARCEL, MORNING)
    assert (result.came, result.is_down) == (Came.LATER, True)
    assert result.said == "/nowhere/pager cannot be run: No such file or directory"


def test_apprise_that_is_missing_says_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    result = send(Apprise(("json://localhost",)), PARCEL, MORNING)
    assert (result.came, result.is_down) == (Came.LATER, True)
    assert 'pip install "triage-console[notify]"' in result.said


@OLD_IMPORTS
def test_apprise_takes_the_addresses_of_the_person_or_those_for_everybody(hook: Hook) -> None:
    pytest.importorskip("apprise", reason="it is an extra: pip install triage-console[notify]")
    everybody = (f"json://127.0.0.1:{hook.port}/all",)
    mine = {"ada": (f"json://127.0.0.1:{hook.port}/ada",)}
    hook.answers += [200, 200]
    assert send(Apprise(everybody, mine), PARCEL, MORNING) == Result(Came.SENT)
    assert send(Apprise(everybody), PARCEL, MORNING) == Result(Came.SENT)
    assert [each.path for each in hook.posted] == ["/ada", "/all"]
    assert json.loads(hook.posted[0].body)["message"].strip() == "Look at it."


@OLD_IMPORTS
def test_apprise_that_cannot_send_is_asked_again_or_never(hook: Hook) -> None:
    pytest.importorskip("apprise", reason="it is an extra: pip install triage-console[notify]")
    assert send(Apprise(), PARCEL, MORNING) == Result(Came.NEVER, "the channel has no address for ada")
    hook.answers.append(500)
    assert send(Apprise((f"json://127.0.0.1:{hook.port}/",)), PARCEL, MORNING).came is Came.LATER
    assert send(Apprise(("nonsense",)), PARCEL, MORNING).is_down


def test_whatever_fails_in_a_channel_is_one_message_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> object:
        raise ValueError("s3cret")

    monkeypatch.setattr(sending, "_way", broken)
    assert send(mail_to(1), PARCEL, MORNING) == Result(Came.LATER, "failed: ValueError")


def test_a_channel_that_never_answers_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()
    monkeypatch.setattr(sending, "GRACE", 0)
    monkeypatch.setattr(sending, "_way", lambda _: lambda *__: gate.wait(30))
    result = send(mail_to(1), PARCEL, MORNING)
    gate.set()
    assert result == Result(Came.LATER, "no end after 1 s", is_down=True)
