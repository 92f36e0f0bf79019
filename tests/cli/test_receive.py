"""`triage receive`: what is acknowledged is stored, once, whatever ends the program."""

from __future__ import annotations

import argparse
import json
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from console.cli import receiving
from console.cli.aside import set_aside, thin_out
from console.cli.call import Call
from console.cli.catalogue import COMMANDS
from console.cli.options import UNSET
from console.cli.receive_setup import KINDS, endpoints
from console.receiver.delivery import Delivery, Endpoint, Scheme
from tests.cli.conftest import Shell
from tests.cli.receiver import BEARER, CONFIG, TOKEN, Receiving, an_alert
from tests.shape.source import ROOT
from tests.template import a_copy


@pytest.fixture
def receiving_desk(empty: Shell) -> Iterator[Receiving]:
    """Give a receiver at work on a desk without cases."""
    a_copy(empty.database)
    with Receiving(empty) as begun:
        yield begun


def cases(shell: Shell) -> list[dict[str, str]]:
    found: list[dict[str, str]] = shell.done("list", "live:yes or live:no", "--json", "--limit", "5000").json
    return found


def test_a_delivery_is_a_case_and_the_same_again_is_none(receiving_desk: Receiving) -> None:
    answers = [receiving_desk.post("alerts", an_alert("HighLoad")) for _ in range(2)]

    assert [status for status, _ in answers] == [200, 200]
    assert [(told["new"], told["known"]) for _, told in answers] == [(1, 0), (0, 1)]
    assert set(answers[0][1]) == {"new", "joined", "known", "notes", "rejected"}
    (case,) = cases(receiving_desk.shell)
    assert case["title"] == "HighLoad"
    assert receiving_desk.ended() == 0
    told = receiving_desk.log.read_text()
    assert "receive: alerts: 1 new" in told
    assert "HighLoad" not in told


def test_an_update_updates(receiving_desk: Receiving) -> None:
    receiving_desk.post("alerts", an_alert("HighLoad"))
    ended = an_alert("HighLoad", status="resolved", endsAt="2026-11-23T08:30:00Z")

    assert receiving_desk.post("alerts", ended)[1]["joined"] == 1
    assert [case["status"] for case in cases(receiving_desk.shell)] == ["resolved"]
    assert receiving_desk.post("alerts", an_alert("HighLoad"))[0] == 200
    assert [case["status"] for case in cases(receiving_desk.shell)] == ["resolved"]


def test_a_test_of_the_connection_and_other_news_make_no_case(receiving_desk: Receiving) -> None:
    for event in ("ping", "push"):
        status, told = receiving_desk.post("github", {"zen": "Keep it"}, BEARER | {"X-GitHub-Event": event})
        assert (status, told["new"], told["rejected"]) == (200, 0, 0)
    assert cases(receiving_desk.shell) == []


BAD = (
    ("alerts", b"{"), ("alerts", b"\xff\xfe\x00"), ("alerts", b"[" * 200_000), ("alerts", b"7"), ("github", b"{}"),
    ("github", b'{"issue": 7}'), ("native", b'{"title": ""}'), ("native", b"caf\xe9"), ("alerts", b'{"a": NaN}'),
    ("alerts", b'{"alerts": [1], "alerts": []}'), ("alerts", b'{"a": ' + b"9" * 10_000 + b"}"),
)  # fmt: skip


def test_what_cannot_be_taken_is_said_and_kept_aside(receiving_desk: Receiving) -> None:
    folder = receiving_desk.shell.folder / "refused-deliveries"
    for name, body in (*BAD, *BAD):
        status, told = receiving_desk.post(name, body)
        assert (status, told["rejected"], told["error"][-1]) == (400, 1, "."), body[:50]

    assert folder.stat().st_mode & 0o077 == 0
    reasons = [json.loads(file.read_text()) for file in folder.glob("*.json")]
    assert {(folder / reason["file"]).read_bytes() for reason in reasons} == {body for _, body in BAD}
    assert {reason["reason"].split(":")[0] for reason in reasons} == {"alerts", "github", "native"}
    assert cases(receiving_desk.shell) == []


def test_what_is_good_in_a_delivery_is_taken_all_the_same(receiving_desk: Receiving) -> None:
    status, told = receiving_desk.post("native", b'{"title": "It jams", "source": "x", "ref": "1"}\n{"title": ""}')
    assert (status, told["new"], told["rejected"]) == (200, 1, 1)
    assert len(list((receiving_desk.shell.folder / "refused-deliveries").iterdir())) == 2


def test_many_at_once_that_tell_of_the_same_are_one_case(receiving_desk: Receiving) -> None:
    with ThreadPoolExecutor(12) as clients:
        found = list(clients.map(lambda number: receiving_desk.post("alerts", an_alert(f"A{number % 3}")), range(36)))

    assert {status for status, _ in found} == {200}
    assert sum(told["new"] for _, told in found) == 3
    assert len(cases(receiving_desk.shell)) == 3


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_what_was_acknowledged_is_stored_whatever_ends_it(receiving_desk: Receiving, by: signal.Signals) -> None:
    acknowledged: list[str] = []
    enough = threading.Event()

    def deliver(client: int) -> None:
        for number in range(200):
            name = f"c{client}n{number}"
            try:
                status, told = receiving_desk.post("alerts", an_alert(name))
            except (OSError, ValueError, ConnectionError):
                return
            assert (status, told["new"]) == (200, 1)
            acknowledged.append(name)
            if len(acknowledged) >= 40:
                enough.set()

    clients = [threading.Thread(target=deliver, args=(number,)) for number in range(4)]
    for client in clients:
        client.start()
    assert enough.wait(60)
    code = receiving_desk.ended(by)
    for client in clients:
        client.join(30)

    assert code == (-signal.SIGKILL if by is signal.SIGKILL else 0)
    stored = {case["title"] for case in cases(receiving_desk.shell)}
    assert set(acknowledged) <= stored
    assert len(stored) <= len(acknowledged) + 4
    assert receiving_desk.shell.done("doctor").code == 0


def test_a_database_that_is_kept_busy_is_to_be_tried_again(receiving_desk: Receiving) -> None:
    holder = (
        "import sys; from console.store.engine import Store; from pathlib import Path\n"
        "with Store(Path(sys.argv[1])).write():\n    print('held', flush=True); sys.stdin.read()\n"
    )
    words = [sys.executable, "-c", holder, str(receiving_desk.shell.database)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as held:
        assert held.stdout is not None
        assert held.stdout.readline() == b"held\n"
        status, told = receiving_desk.post("alerts", an_alert("HighLoad"))
        assert (status, told["error"][-14:]) == (503, "send it again.")
        held.communicate(b"")
    assert receiving_desk.post("alerts", an_alert("HighLoad"))[0] == 200
    assert len(cases(receiving_desk.shell)) == 1


def test_it_ends_where_its_database_was_replaced_so_that_it_is_started_anew(receiving_desk: Receiving) -> None:
    receiving_desk.post("alerts", an_alert("HighLoad"))
    a_copy(receiving_desk.shell.folder / "other.db").replace(receiving_desk.shell.database)

    assert receiving_desk.post("alerts", an_alert("LowLoad"))[0] == 503
    assert receiving_desk.process.wait(30) == 1


def test_an_error_in_the_program_ends_nothing(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(receiving, "read_bytes", broken)
    call = Call(COMMANDS["receive"], argparse.Namespace(**UNSET | {"database": str(shell.database), "person": "ada"}))
    taker = receiving.Taker(call, shell.folder / "aside", threading.Event())
    delivery = Delivery(Endpoint("alerts", "alertmanager", Scheme.BEARER, (TOKEN,)), {}, b"{}")

    answer = taker.take(delivery)

    assert (answer.status, answer.wait) == (503, receiving.AGAIN)
    call.close()


REFUSED = {
    "": "names nobody who may deliver",
    "[receive.x]": "receive.x.kind: This is missing",
    '[receive.x]\nkind = "gihub"': "did you mean 'github'?",
    '[receive.x]\nkind = "github"': "Nobody may deliver without a secret",
    '[receive.x]\nkind = "github"\nsecret = "short"': "at least 16 characters",
    '[receive.x]\nkind = "github"\nsecret = "é123456789012345678"': "all of them ASCII",
    f'[receive.x]\nkind = "github"\nsecret = "{TOKEN}"\nsize = 99000000': "at most 16000000",
    f'[receive.x]\nkind = "github"\nsecret = "{TOKEN}"\nrate = 0': "it must be 1 or more",
    f'[receive.x]\nkind = "github"\nsecret = "{TOKEN}"\nscheme = "none"': "'none' is not known here",
    f'[receive.X]\nkind = "github"\nsecret = "{TOKEN}"': "'X' is not a name for an address",
    f'[receive.x]\nkind = "github"\nsecret = "{TOKEN}"\ncolour = 1': "There is no key 'colour' here",
    '[receive.x]\nkind = "github"\nsecret_file = "nothing"': "cannot be read as text",
}


@pytest.mark.parametrize("text", REFUSED, ids=REFUSED.get)
def test_a_config_that_cannot_be_used_is_refused_without_its_secret(shell: Shell, text: str) -> None:
    said = shell("--config", shell.write("c.toml", text), "receive", "--listen", "127.0.0.1:0")

    assert said.code == 1
    assert REFUSED[text] in said.err
    assert TOKEN not in said.err


def test_what_the_readme_shows_can_be_used(tmp_path: Path) -> None:
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("### Webhooks\n")[2].partition("\n### ")[0]
    text = section.partition("```toml\n")[2].partition("```")[0]
    (tmp_path / "c.toml").write_text(text, encoding="utf-8")
    (tmp_path / "github.secret").write_text("0123456789abcdef0\n0123456789abcdef1\n")
    (tmp_path / "alerts.secret").write_text(f"{TOKEN}\n")

    found = endpoints(tmp_path / "c.toml")

    assert found["github"].secrets == ("0123456789abcdef0", "0123456789abcdef1")
    assert (found["alerts"].scheme, found["alerts"].size) == (Scheme.BEARER, 1_000_000)
    till = found["till"]
    assert (till.format, till.header, till.rate, till.size) == ("native-jsonl", "x-till-secret", 60, 200_000)
    rows = re.findall(r"^\| (`.*?) \| `(\w+)` \|", section, re.MULTILINE)
    told = {kind: scheme for kinds, scheme in rows for kind in re.findall(r"`(\w+)`", kinds)}
    assert told == {kind: usual.value for kind, (_, usual) in KINDS.items()}


def test_doctor_tells_of_secrets_that_others_may_read(shell: Shell) -> None:
    file = Path(shell.write("c.toml", CONFIG))
    for mode, found in ((0o644, True), (0o600, False)):
        file.chmod(mode)
        said = shell("--config", str(file), "doctor", "--json").json
        told = {each["part"]: (each["grade"], each["sentence"]) for each in said["findings"]}
        assert ("secrets" in told) is found
        assert not found or told["secrets"] == (
            "fault", f"{file} holds secrets and others may read it; `chmod 600 {file}` keeps them."
        )  # fmt: skip


def test_it_listens_to_this_machine_unless_a_proxy_is_in_front(shell: Shell) -> None:
    config = shell.write("c.toml", CONFIG)
    for place in ("0.0.0.0:0", "[::]:0", "192.0.2.1:8780"):
        said = shell("--config", config, "receive", "--listen", place)
        assert (said.code, "say --behind-proxy" in said.err) == (1, True)
    said = shell("--config", config, "receive", "--listen", "192.0.2.1:8780", "--behind-proxy")
    assert "Nothing can listen at 192.0.2.1:8780" in said.err
    assert "is no address to listen at" in shell("--config", config, "receive", "--listen", "here").err


def test_without_the_extra_it_says_what_to_install(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("console.receiver.server", "console.receiver.connection"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "h11", None)
    said = shell("--config", shell.write("c.toml", CONFIG), "receive")
    assert said.err.startswith("The receiver needs h11; install it with `")


def test_what_lies_aside_has_its_limits(tmp_path: Path) -> None:
    folder = tmp_path / "aside"
    for number in range(10):
        set_aside(folder, b"x" * 100 + bytes([number]), ".delivery", "why")
    thin_out(folder, 10, 100_000)
    assert len(list(folder.iterdir())) == 10
    thin_out(folder, 10, 250)
    assert sum(file.stat().st_size for file in folder.iterdir()) <= 250
    assert receiving.KEPT_BYTES >= 16_000_000
