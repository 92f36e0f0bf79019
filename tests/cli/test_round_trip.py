"""What is exported, taken in and exported again is the same to the byte."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from console.store.sqlite_driver import driver
from tests.cli.conftest import Shell


def again(shell: Shell, exported: str, name: str) -> str:
    """Take an export into a new database, and export that."""
    other = Shell(shell.folder / name, shell.capture)
    other.folder.mkdir()
    taken = other.done("intake", shell.write(f"{name}.jsonl", exported), "--json").json
    assert (taken["new"], taken["rejected"], taken["warnings"]) == (len(exported.splitlines()), 0, [])
    return other.done("export").out


def test_a_demonstration_comes_in_again_to_the_byte(empty: Shell) -> None:
    made = Path(empty.done("demo", "--keep", str(empty.folder / "demo"), "--no-console").out.strip())
    demo = Shell(made.parent, empty.capture)
    made.rename(demo.database)
    admin = driver().connect(demo.database).execute("SELECT id FROM person WHERE role = 'admin'").fetchone()[0]
    first = demo.done("export", person=admin).out

    second = again(empty, first, "second")

    assert second == first
    assert len(first.splitlines()) > 50
    assert again(empty, second, "third") == first


def test_cases_that_were_worked_on_come_in_again_to_the_byte(shell: Shell) -> None:
    shell.done("change", "1", "affected=40", "tags=vip;eu", "severity=S2", "--reason", "hm")
    shell.done("answer", "1", "scope=2", "impact=0")
    shell.done("note", "1", "--to-requester", "we are on it\n\n  indented \u202e\t!")
    shell.done("note", "1", "--from-requester", "thanks")
    shell.done("wait", "1", "--for", "vendor")
    shell.done("move", "2", "2/database")
    shell.done("add", "Stated", "--severity", "S2", "--source", "phone", "--ref", "77", "--handler", "bo")
    shell.done("add", "Printer is down for 12 users", "--body", "a payroll matter\n" * 30)
    shell.done("resolve", "3", "solved\nin two lines")
    shell.done("claim", "4")
    first = shell.done("export").out
    assert again(shell, first, "second") == first


def test_a_confidential_case_stays_one_under_its_number_and_for_its_circle(shell: Shell) -> None:
    shell.done("add", "About somebody", "--confidential")
    shell.done("add", "Another")
    shell.done("change", "2", "confidential=yes")
    first = shell.done("export").out

    second = again(shell, first, "second")

    assert second == first
    assert sum(json.loads(line)["triage"].get("confidential", False) for line in second.splitlines()) == 2
    other = Shell(shell.folder / "second", shell.capture)
    assert "About somebody" not in other.done("export", person="eve").out


def test_numbers_that_are_left_out_stay_free(shell: Shell) -> None:
    shell.done("add", "Third")
    first = shell.done("export", "id:1 or id:3").out
    assert [json.loads(line)["triage"]["id"] for line in first.splitlines()] == [1, 3]
    assert again(shell, first, "second") == first


def test_an_export_goes_to_a_file(shell: Shell) -> None:
    path = shell.folder / "cases.jsonl"
    said = shell.done("export", "--to", str(path))
    assert path.read_text() == shell.done("export").out
    assert "Wrote 2 cases" in said.err
    assert "cannot be written" in shell("export", "--to", str(shell.folder)).err
    shell.done("export", "id:999", "--to", str(path))
    assert path.read_text() == ""


@pytest.mark.parametrize(
    "own",
    ['{"id": 0}', '{"answers": {"scope": 4}}', '{"answers": 7}', '{"severity": "S9"}', '{"stops": "fraud"}'],
)
def test_what_export_does_not_write_is_rejected(empty: Shell, own: str) -> None:
    said = empty("intake", empty.write("x.jsonl", f'{{"title": "x", "triage": {own}}}\n'))
    assert said.code == 1
    assert "written by `triage export` and not by hand" in said.err
