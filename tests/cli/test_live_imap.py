"""Mails of an IMAP server: taken once, marked when they are in, from servers good and bad."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from console.domain.errors import Refused
from console.intake import imap_wire
from console.intake.imap import connected
from console.intake.imap_address import imap_address, password_in
from tests.cli.conftest import Said, Shell, logged
from tests.cli.imap_servers import PASSWORD, Hostile, Server, dovecot, free_port, pymap
from tests.cli.watching import Watch
from tests.intake.files import a_mail
from tests.template import a_copy

FOLDER = "Störung & mehr"
THREAD = (
    a_mail("second", message_id="<b@x>", in_reply_to="<a@x>", subject="Re: Hi"),
    a_mail("first", message_id="<a@x>", subject="Hi"),
)


@pytest.fixture(scope="module", params=[pymap, dovecot])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """Give a real server."""
    with request.param() as running:
        yield running


@pytest.fixture
def desk(empty: Shell) -> Shell:
    """Give a desk that stands, with a password in its file."""
    a_copy(empty.database)
    password = empty.folder / "password"
    password.write_text(f"{PASSWORD}\n")
    password.chmod(0o600)
    return empty


def take(desk: Shell, server: Server, folder: str = "INBOX", *words: str) -> Said:
    """Take once what is there."""
    return desk("intake", *server.words(folder, desk.folder / "password"), *words)


def titles(desk: Shell) -> list[str]:
    """Give the titles of all cases."""
    return sorted(case["title"] for case in desk.done("list", "--json").json)


def test_a_real_server_gives_its_mails_once_threaded_and_marked(desk: Shell, server: Server) -> None:
    server.fill(FOLDER, *THREAD, b"no mail\n")

    said = [take(desk, server, FOLDER) for _ in range(2)]

    assert [each.code for each in said] == [1, 0], said
    assert titles(desk) == ["Hi"]
    assert [note["text"].strip() for note in desk.case()["notes"]] == ["second"]
    *taken, failed = server.flags(FOLDER)
    assert all("\\Seen" in flags for flags in taken)
    assert "\\Flagged" in failed
    assert len(list((desk.folder / "refused-mail").glob("*.eml"))) == 1
    if server.certificates:
        assert all("$TriageTaken" in flags for flags in taken)
        assert ("$TriageFailed" in failed, "\\Seen" in failed) == (True, False)


def test_a_real_server_tells_of_news(desk: Shell, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = "News"
    server.fill(folder, a_mail(message_id="<1@news>", subject="One"))
    words = server.words(folder, desk.folder / "password")
    watch = Watch(desk, monkeypatch, desk.folder)

    def more() -> None:
        server.fill(folder, a_mail(message_id="<2@news>", subject="Two"))

    deeds = [partial(time.sleep, 0.1)] * 30  # it is another program, which tells of news in its own time
    said, sleeper = watch.through([*words, "--watch"], lambda: None, lambda: None, more, *deeds)

    assert titles(desk) == ["One", "Two"], said
    assert set(sleeper.slept) == {2.0}


def test_a_server_that_is_not_believed_gets_no_password(desk: Shell, server: Server) -> None:
    if not server.certificates:
        pytest.skip("it has no certificate")
    said = take(desk, Server(server.port, server.user, "/etc/ssl/certs/ca-certificates.crt"))

    assert said.code == 1
    assert "certificate is not believed" in said.err


def test_a_wrong_password_is_told_without_what_was_sent(desk: Shell, server: Server) -> None:
    (desk.folder / "password").write_text("wrong-secret\n")
    said = take(desk, server)

    assert said.code == 1
    assert "does not let this user in" in said.err
    assert "wrong-secret" not in said.err + said.out + "\n".join(logged(desk))


MAILS = [a_mail(message_id=f"<{number}@x>", subject=f"Mail {number}") for number in range(1, 4)]


@pytest.mark.parametrize("way", ["bomb", "cut", "nonsense", "other"])
def test_one_mail_that_cannot_be_read_stops_no_other_and_is_left_in_the_end(
    desk: Shell, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(line: str, words: list[str]) -> bytes | None:
        if "BODY.PEEK" not in line or words[2] != "2":
            return b""
        return {"bomb": hostile.body(2, 9_999_999_999), "cut": None, "nonsense": b"* 2 FETCH (UID ((\r\n",
                "other": b"* 2 FETCH (UID 2 BODY[] {99999" + b"9" * 5000 + b"}\r\n"}[way]  # fmt: skip

    hostile = Hostile(MAILS, answer)
    with hostile.running() as server:
        watch = Watch(desk, monkeypatch, desk.folder)
        words = server.words("INBOX", desk.folder / "password")
        said, _ = watch.through([*words, "--watch"], *[lambda: None] * 6)

    assert titles(desk) == ["Mail 1", "Mail 3"], said
    assert "the connection broke 3 times" in said.err
    assert "$TriageFailed" in hostile.flags[2]
    assert "$TriageTaken" in hostile.flags[1] + hostile.flags[3]


@pytest.mark.parametrize(
    ("greeting", "told"),
    [
        (b"* BYE full\r\n", "of no use"), (b"SSH-2.0-x\r\n", "of no use"), (b"\x00" * 100 + b"\n", "of no use"),
        (b"", "takes too long"), (b"* OK" + b"x" * (17 << 20), "more than it may"),
    ],
)  # fmt: skip
def test_a_server_that_is_none_is_told_of(
    desk: Shell, greeting: bytes, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap_wire, "CONNECT_WITHIN", 0.3)
    with Hostile([], greeting=greeting).running() as server:
        said = take(desk, server)

    assert (said.code, told in said.err) == (1, True), said


def test_a_server_that_drips_or_floods_comes_to_an_end(desk: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap_wire, "ANSWER_BYTES", 100_000)
    flood = Hostile(MAILS, lambda line, _: b"* 1 EXISTS\r\n" * 100_000 if "SEARCH" in line else b"")
    with flood.running() as server:
        assert "more than it may" in take(desk, server).err
    monkeypatch.setattr(imap_wire, "ANSWER_WITHIN", -1.0)
    with Hostile(MAILS).running() as server:
        assert "takes too long" in take(desk, server).err
    assert titles(desk) == []


def test_a_size_that_is_a_lie_loses_nothing_and_one_that_is_too_large_is_not_fetched(desk: Shell) -> None:
    def answer(line: str, words: list[str]) -> bytes:
        if "RFC822.SIZE" not in line or "1" not in words[2]:
            return b""
        return b"".join(
            b"* %d FETCH (UID %d RFC822.SIZE %d)\r\n" % each for each in ((1, 1, 0), (2, 2, 1 << 40), (3, 3, 5))
        )

    hostile = Hostile(MAILS, answer)
    with hostile.running() as server:
        said = take(desk, server)

    assert (said.code, titles(desk)) == (1, ["Mail 1", "Mail 3"])
    assert not any("BODY" in line and " 2 " in line for line in hostile.asked)
    assert "it has 1,099,511,627,776 bytes" in said.err


def test_what_a_server_says_to_a_login_is_told_to_nobody(desk: Shell) -> None:
    with Hostile(
        MAILS, lambda line, words: f"* BAD {line}\r\n".encode() * 2 if words[0] == "LOGIN" else b""
    ).running() as it:
        take(desk, it)
    with Hostile(MAILS, lambda line, words: line.encode() if words[0] == "LOGIN" else b"").running() as it:
        said = take(desk, it)

    assert PASSWORD not in said.err + said.out + "\n".join(logged(desk))


def test_nothing_is_marked_before_it_is_in(desk: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = Hostile(MAILS)
    away = desk.database.rename(desk.folder / "away.db")
    with hostile.running() as server:
        assert take(desk, server).code == 1
        assert hostile.flags == {}
        away.rename(desk.database)
        monkeypatch.setattr("console.cli.taking.take_in", _failing)
        assert take(desk, server).code == 1
        assert hostile.flags == {}
        monkeypatch.undo()
        assert take(desk, server).code == 0
    assert len(hostile.flags) == 3


def _failing(*_: object) -> None:
    raise Refused("The database is kept busy.", "storage")  # type: ignore[arg-type]


def test_a_server_that_is_not_there_is_waited_for(desk: Shell) -> None:
    said = take(desk, Server(free_port()))

    assert (said.code, "cannot be reached" in said.err) == (1, True)


@pytest.mark.parametrize(
    "said",
    [
        "imaps://a:secret@b/INBOX", "imap://a@mail.example/INBOX", "http://a@b", "imaps://b/INBOX", "imaps://a@/x",
        "imaps://a@b:99999/x", "imaps://a%0d@b/x", "imaps://a@b/x%00", "imaps://[a@b", "imaps://a@b/x?y", "x",
    ],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(said: str) -> None:
    with pytest.raises(Refused) as refused:
        imap_address(said)

    assert "secret" not in refused.value.sentence


def test_an_address_is_read() -> None:
    assert imap_address("imap://a%40b@[::1]:144").port == 144
    found = imap_address("imaps://help%40desk.example@mail.example/St%C3%B6rung%2Fx")
    assert (found.user, found.port, found.folder) == ("help@desk.example", 993, "Störung/x")


def test_a_password_is_read_from_a_file_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "password"
    file.write_text("geheim ä\n")
    for mode in (0o644, 0o640, 0o604):
        file.chmod(mode)
        with pytest.raises(Refused, match="only you can read"):
            password_in(str(file))
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    file.chmod(0o440)
    assert password_in(str(file)) == "geheim ä"
    monkeypatch.delenv("CREDENTIALS_DIRECTORY")
    file.chmod(0o600)
    assert password_in(str(file)) == "geheim ä"
    (tmp_path / "link").symlink_to(file)
    os.mkfifo(tmp_path / "pipe", 0o600)
    (tmp_path / "none").touch(0o600)
    for name in ("link", "pipe", "none", "missing", "a\0b"):
        with pytest.raises(Refused):
            password_in(str(tmp_path / name))


def test_an_extra_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "console.intake.imap_wire", None)
    with pytest.raises(Refused, match=r"triage-console\[imap\]"):
        connected(imap_address("imap://a@localhost"), "x")
