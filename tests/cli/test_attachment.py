"""Attachments on the command line: listed, handed out into a new file, never over one, and never to a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Shell

MAIL = """From: kim@acme.example
To: desk@example.org
Subject: Statement
Message-ID: <1@acme.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain

Here it is.
--x
Content-Type: application/pdf
Content-Disposition: attachment; filename="../../=cmd.pdf"

%PDF of a statement
--x--
"""
BYTES = b"%PDF of a statement"


@pytest.fixture
def mailed(empty: Shell) -> Shell:
    """Give a shell on a desk with one mail that had an attachment."""
    empty.done("intake", empty.write("one.eml", MAIL))
    return empty


def test_they_are_listed(mailed: Shell) -> None:
    (each,) = mailed.done("attachment", "1", "--json").json
    assert (each["number"], each["type"], each["size"], each["kept"]) == (1, "application/pdf", len(BYTES), True)
    assert each["sha256"][:12] in mailed.done("attachment", "1").out
    assert each in mailed.done("show", "1", "--json").json["attachments"]
    assert "\nAttachments\n  1  " in mailed.done("show", "1").out
    assert "\n## Attachments\n" in mailed.done("export", "--format", "markdown").out
    mailed.done("add", "Another")
    assert "has no attachments" in mailed.done("attachment", "2").err


def test_one_is_handed_out_into_a_new_file_for_its_owner_alone(mailed: Shell) -> None:
    path = mailed.folder / "out.pdf"
    mailed.done("attachment", "1", "1", "--to", str(path))
    assert path.read_bytes() == BYTES
    assert path.stat().st_mode & 0o777 == 0o600
    assert "is there already" in mailed("attachment", "1", "1", "--to", str(path)).err
    assert "cannot be written" in mailed("attachment", "1", "1", "--to", str(path / "x")).err
    assert mailed.done("attachment", "1", "1", "--to", "-").out.encode() == BYTES


def test_what_cannot_be_is_said(mailed: Shell) -> None:
    for line, said in (
        (("1", "--to", "x"), "Say which attachment"), (("1", "1"), "Say where it goes"),
        (("1", "7", "--to", "-"), "none is number 7"), (("9",), "There is no case 9"),
    ):  # fmt: skip
        refused = mailed("attachment", *line)
        assert refused.code == 1
        assert said in refused.err


def test_nothing_is_written_through_a_link(mailed: Shell, tmp_path: Path) -> None:
    aim = tmp_path / "aim"
    link = tmp_path / "link"
    link.symlink_to(aim)
    assert "is there already" in mailed("attachment", "1", "1", "--to", str(link)).err
    assert not aim.exists()


def test_a_backup_says_that_it_took_them_along(mailed: Shell) -> None:
    assert "1 new attachment copied beside it." in mailed.done("backup").out
    told = mailed.done("backup", "list").out
    (copy,) = (mailed.folder / "backups").glob("*.db")
    assert copy.name in told
    for kept in (mailed.folder / "attachments").rglob("*"):
        if kept.is_file():
            kept.unlink()
    assert "1 lost attachment came back with it." in mailed.done("restore", str(copy), "--yes").out


def test_an_export_with_its_attachments_comes_in_again_with_them(mailed: Shell) -> None:
    lines, folder = mailed.folder / "cases.jsonl", mailed.folder / "second" / "attachments"
    said = mailed.done("export", "--to", str(lines), "--attachments", str(folder)).err
    assert f"Copied 1 attachment to {folder}." in said
    assert "Copied 0 attachments" in mailed.done("export", "--attachments", str(folder)).err
    other = Shell(mailed.folder / "second", mailed.capture)
    other.done("intake", str(lines))
    assert other.done("attachment", "1", "1", "--to", "-").out.encode() == BYTES
    assert "attachments: ok" in other.done("doctor").err
    assert "cannot be copied" in mailed("export", "--attachments", str(lines)).err


def test_attachments_of_cases_that_one_may_not_see_are_not_copied(mailed: Shell) -> None:
    mailed.done("change", "1", "confidential=yes")
    folder = mailed.folder / "out"
    assert "Copied 0 attachments" in mailed.done("export", "--attachments", str(folder), person="eve").err
    assert not mailed("attachment", "1", "1", "--to", "-", person="eve").out
