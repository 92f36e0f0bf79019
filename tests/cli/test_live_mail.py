"""The same mails by every way that mail comes in are the same cases, and come in once."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from tests.cli.conftest import Shell
from tests.cli.imap_servers import pymap
from tests.cli.watching import Watch
from tests.intake.files import a_mail, a_mailbox
from tests.template import a_copy


@pytest.fixture
def watch(empty: Shell, monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Give a desk that stands, and a folder."""
    a_copy(empty.database)
    folder = empty.folder / "spool"
    folder.mkdir()
    return Watch(empty, monkeypatch, folder)


def test_a_maildir_gives_what_is_new_as_seen_and_keeps_what_fails_aside(watch: Watch) -> None:
    for name in ("new", "cur", "tmp"):
        (watch.folder / name).mkdir()
    (watch.folder / "tmp" / "1.x").write_bytes(a_mail(message_id="<t@x>"))
    (watch.folder / "cur" / "2.x:2,S").write_bytes(a_mail(message_id="<c@x>"))
    (watch.folder / "new" / "4.x").write_bytes(a_mail("re", message_id="<b@x>", in_reply_to="<a@x>"))
    (watch.folder / "new" / "5.x").write_bytes(a_mail(message_id="<a@x>", subject="New"))
    (watch.folder / "new" / "6.x").write_bytes(b"none\n")
    (watch.folder / "new" / "7.x").symlink_to(watch.folder / "tmp" / "1.x")

    said = watch.once()

    assert (said.code, watch.titles()) == (1, ["New"])
    assert watch.lies("cur") == ["2.x:2,S", "4.x:2,S", "5.x:2,S"]
    assert (watch.lies("new"), watch.lies("tmp")) == (["7.x"], ["1.x"])
    assert watch.lies(".failed") == ["6.x", "6.x.reason.json"]
    (watch.folder / "cur" / "5.x:2,S").rename(watch.folder / "new" / "5.x")
    (watch.folder / "cur" / "5.x:2,S").write_bytes(b"another")
    assert "1 known already" in watch.once().out
    assert len(watch.lies("cur")) == 4


PDF = (
    "--b\nContent-Type: text/plain\n\nSee it\n--b\nContent-Type: application/pdf; name=../../a.pdf\n"
    "Content-Disposition: attachment\n\n%PDF-1\n--b--\n"
)


def sent(body: str, by: str, at: str, **headers: str) -> bytes:
    """Give a mail of somebody, sent in the first days of June."""
    said = {"from": f"{by.title()} <{by}@example.org>", "date": f"{at}:00 +0000", "message_id": f"<{by}@x>"}
    return a_mail(body, **(said | headers))


def awkward() -> list[bytes]:
    """Give mails as they come, threads out of order and with what mail programs do."""
    mails = [
        sent("It jams", "ada", "1 Jun 2026 09:00", message_id="<jam@x>", subject="Printer"),
        sent("Since nine", "ada", "1 Jun 2026 10:00", in_reply_to="<jam@x>", subject="Re: Printer"),
        sent("I am away", "bo", "1 Jun 2026 10:01", in_reply_to="<jam@x>", auto_submitted="auto-replied"),
        sent("No id", "cy", "2 Jun 2026 09:00", message_id="", subject="Nothing to know it by"),
        sent("Gr\udcfc\udcdfe", "di", "2 Jun 2026 11:00", subject="\udcfc", content_type="text/plain; charset=latin-1"),
        sent("<p>Only <b>HTML</b></p>", "ed", "3 Jun 2026 09:00", subject="Html", content_type="text/html"),
        sent("", "fay", "4 Jun 2026 09:00", subject=""),
        sent(PDF, "gil", "5 Jun 2026 09:00", subject="Attached", content_type="multipart/mixed; boundary=b"),
        sent("From here on\n>From there\n", "hal", "5 Jun 2026 10:00", subject="From"),
    ]
    chance = Random(7)
    for thread in range(6):
        for number in range(5):
            before = f"<{thread}.{chance.randrange(number)}@t>" if number else ""
            said = {"message_id": f"<{thread}.{number}@t>", "in_reply_to": before, "subject": f"Thread {thread}"}
            mails.append(sent(f"{thread}.{number}", f"p{thread}", f"8 Jun 2026 {9 + number:02}:{thread:02}", **said))
    chance.shuffle(mails)
    return [*mails, mails[3], mails[20]]


Way = Callable[[Watch, list[bytes]], None]


def by_mbox(watch: Watch, mails: list[bytes]) -> None:
    path = watch.shell.folder / "all.mbox"
    path.write_bytes(a_mailbox(*(re.sub(rb"\n(>*From )", rb"\n>\1", mail) for mail in mails)))
    watch.shell.done("intake", str(path))


def by_maildir(watch: Watch, mails: list[bytes]) -> None:
    for name in ("new", "cur", "tmp"):
        (watch.folder / name).mkdir(exist_ok=True)
    for number, mail in enumerate(mails):
        (watch.folder / "new" / f"{number}.x").write_bytes(mail)
    assert watch.once().code == 0


def by_files(watch: Watch, mails: list[bytes]) -> None:
    for number, mail in enumerate(mails):
        path = watch.shell.folder / f"{number}.eml"
        path.write_bytes(mail)
        watch.shell.done("intake", str(path))


def by_pipe(watch: Watch, mails: list[bytes]) -> None:
    for mail in mails:
        watch.monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(mail)))
        watch.shell.done("intake", "-", "--pipe")


def by_spool(watch: Watch, mails: list[bytes]) -> None:
    for number, mail in enumerate(mails):
        watch.put(f"{number}.eml", mail, number)
    assert watch.once().code == 0


def by_imap(watch: Watch, mails: list[bytes]) -> None:
    password = watch.shell.folder / "password"
    password.write_text("demopass")
    password.chmod(0o600)
    with pymap() as server:
        server.fill("Help", *mails)
        watch.shell.done("intake", *server.words("Help", password))


WAYS: tuple[Way, ...] = (by_mbox, by_maildir, by_files, by_pipe, by_spool, by_imap)


def told(shell: Shell) -> list[Any]:
    """Give every case by what its mails say, with its notes; not its number, nor what it is led by while it grows."""
    found = []
    for case in shell.done("list", "--json").json:
        shown = shell.case(case["id"])
        said = sorted(
            text.strip().rpartition("\n\n")[2] for text in (shown["body"], *(note["text"] for note in shown["notes"]))
        )
        found.append((shown["title"], shown["requester"], shown["status"], said))
    return sorted(found)


@pytest.fixture
def expected(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> list[Any]:
    """Give what the mailbox as a whole comes to."""
    shell = Shell(tmp_path_factory.mktemp("mbox"), capsys)
    a_copy(shell.database)
    by_mbox(Watch(shell, monkeypatch, shell.folder), awkward())
    return told(shell)


@pytest.mark.parametrize("way", WAYS)
def test_the_same_mails_are_the_same_cases_by_every_way_and_come_in_once(
    watch: Watch, way: Way, expected: list[Any]
) -> None:
    way(watch, awkward())
    first = told(watch.shell)
    way(watch, awkward())

    assert first == expected
    assert told(watch.shell) == first
    assert len(first) == 13


def test_ways_that_follow_each_other_make_no_second_case(watch: Watch, expected: list[Any]) -> None:
    for way in (by_pipe, by_mbox, by_spool, by_files, by_imap):
        way(watch, awkward())

    assert told(watch.shell) == expected
