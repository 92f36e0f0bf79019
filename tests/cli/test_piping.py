"""A mail through the pipe of a mail server: taken, kept aside, or to be tried again, and nothing else."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from console.cli import piping
from tests.cli.conftest import Said, Shell
from tests.intake.files import a_mail
from tests.template import a_copy

TEXT = (
    b"--b\nContent-Type: text/plain\n\nSee it\n"
    b"--b\nContent-Type: application/pdf; name=../../a.pdf\nContent-Disposition: attachment\n\n%PDF-1\n--b--\n"
)


@pytest.fixture
def piped(empty: Shell, monkeypatch: pytest.MonkeyPatch) -> Pipe:
    """Give a pipe into a desk that stands."""
    a_copy(empty.database)
    return Pipe(empty, monkeypatch)


class Pipe:
    """Hands mails over as a mail server does."""

    def __init__(self, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
        self.shell, self.monkeypatch = shell, monkeypatch

    def __call__(self, data: bytes, *words: str) -> Said:
        """Hand one mail over."""
        self.monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
        return self.shell("intake", "-", "--pipe", *words)

    @property
    def aside(self) -> list[str]:
        """Why mails are kept aside."""
        folder = self.shell.folder / "refused-mail"
        return [json.loads(file.read_text())["reason"] for file in sorted(folder.glob("*.json"))]


def test_a_mail_is_taken_once_and_says_nothing(piped: Pipe) -> None:
    mail = b"From ada@example.org Mon Jun  1 09:00:00 2026\n" + a_mail("It jams\nFrom me", message_id="<a@x>")

    said = [piped(mail) for _ in range(2)]

    assert [(each.code, each.out) for each in said] == [(0, "")] * 2
    (case,) = piped.shell.done("list", "--json").json
    assert (case["ref"], piped.shell.case()["requester"]) == ("a@x", "Ada <ada@example.org>")
    assert piped.aside == []


def test_replies_join_one_by_one_in_any_order(piped: Pipe) -> None:
    for name, answered in (("c", "b"), ("b", "a"), ("a", "")):
        mail = a_mail(name, message_id=f"<{name}@x>", in_reply_to=f"<{answered}@x>" if answered else "", subject=name)
        assert piped(mail).code == 0

    assert len(piped.shell.done("list", "--json").json) == 1
    assert [note["text"].strip() for note in piped.shell.case()["notes"]] == ["b", "a"]


def test_what_is_refused_is_kept_aside_once_and_is_not_sent_again(piped: Pipe) -> None:
    for data in (b"", b"garbage\n", b"garbage\n"):
        assert piped(data).code == 0
    notice = a_mail("x", message_id="<n@x>", x_triage_key="0" * 32)
    assert piped(notice).code == 0

    assert len(piped.aside) == 3
    assert any("came back" in reason for reason in piped.aside)
    folder = piped.shell.folder / "refused-mail"
    assert folder.stat().st_mode & 0o077 == 0
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}
    assert piped.shell("intake", str(folder)).code == 1


def test_a_mail_that_cannot_be_kept_aside_is_to_be_tried_again(piped: Pipe) -> None:
    place = piped.shell.folder / "elsewhere"
    place.symlink_to(piped.shell.folder)

    assert piped(b"garbage\n", "--aside", str(place)).code == 75


def test_what_the_desk_refuses_is_kept_aside(piped: Pipe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(piping, "_refused", lambda *_: "the desk says no")

    assert piped(a_mail(message_id="<a@x>")).code == 0
    assert piped.aside == ["the desk says no"]


def test_a_desk_that_is_not_there_or_fails_has_the_server_try_again(
    empty: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = Pipe(empty, monkeypatch)
    assert pipe(a_mail()).code == 75
    a_copy(empty.database)
    assert pipe(a_mail(), "--dry-run").code == 75
    monkeypatch.setattr(piping, "take_in", lambda *_: 1 / 0)
    said = pipe(a_mail())

    assert said.code == 75
    assert "ada@example.org" not in said.err
    monkeypatch.setattr(piping, "LARGEST", 10)
    assert pipe(a_mail()).code == 65


def test_attachments_are_kept_beside_the_database_under_names_of_ours(piped: Pipe) -> None:
    mail = a_mail(TEXT.decode(), message_id="<a@x>", content_type="multipart/mixed; boundary=b")

    assert piped(mail).code == 0

    (kept,) = [
        Path(folder) / file for folder, _, files in os.walk(piped.shell.folder / "attachments") for file in files
    ]
    assert (kept.read_bytes(), len(kept.name), kept.stat().st_mode & 0o777) == (b"%PDF-1", 64, 0o600)
    assert kept.name[:16] in piped.shell.case()["body"]


def test_where_and_whether_attachments_are_kept_can_be_said(piped: Pipe) -> None:
    mail = a_mail(TEXT.decode(), message_id="<a@x>", content_type="multipart/mixed; boundary=b")
    path = piped.shell.folder / "a.eml"
    path.write_bytes(mail)

    piped.shell.done("intake", str(path), "--dry-run")
    piped.shell.done("intake", str(path), "--no-attachments")
    assert not (piped.shell.folder / "attachments").exists()
    other = piped.shell.folder / "files"
    piped.shell.done("intake", str(path), "--attachments", str(other), "--own", "ada@example.org", "--own", "nobody")
    assert other.is_dir()
