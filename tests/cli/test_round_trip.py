"""What is exported, taken in and exported again is the same to the byte."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from console.store.sqlite_driver import driver
from tests.cli.conftest import Shell
from tests.intake import tickets


def again(shell: Shell, exported: str, name: str, *more: str) -> str:
    """Take an export into a new database, and export that."""
    other = Shell(shell.folder / name, shell.capture)
    other.folder.mkdir()
    taken = other.done("intake", shell.write(f"{name}.jsonl", exported), "--json").json
    assert (taken["new"], taken["rejected"], taken["warnings"]) == (len(exported.splitlines()), 0, [])
    return other.done("export", *more).out


def test_a_demonstration_comes_in_again_to_the_byte(empty: Shell) -> None:
    made = Path(empty.done("demo", "--short", "--keep", str(empty.folder / "demo"), "--no-console").out.strip())
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


def test_an_export_that_fails_leaves_the_file_as_it_was(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    path = shell.folder / "out" / "cases"
    path.parent.mkdir()
    path.write_text("before")

    def broken(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", broken)
        for form in ("jsonl", "csv", "markdown"):
            assert "No space left on device" in shell("export", "--format", form, "--to", str(path)).err
    assert "no field no" in shell("export", "no:such", "--to", str(path)).err

    assert path.read_text() == "before"
    assert [*path.parent.iterdir()] == [path]


def test_an_export_keeps_a_link_and_the_mode_of_a_file(shell: Shell) -> None:
    path, link = shell.folder / "private.jsonl", shell.folder / "link"
    path.touch(0o600)
    link.symlink_to(path.name)
    shell.done("export", "--to", str(link))
    assert (link.is_symlink(), path.stat().st_mode & 0o777) == (True, 0o600)
    assert path.read_text() == shell.done("export").out
    hanging = shell.folder / "hanging"
    hanging.symlink_to("made.jsonl")
    shell.done("export", "--to", str(hanging))
    assert (shell.folder / "made.jsonl").read_text() == path.read_text()


def test_an_export_goes_where_nothing_can_be_put_beside(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.done("export", "--to", "/dev/null")
    assert Path("/dev/null").is_char_device()
    reads, writes = os.pipe()
    shell.done("export", "id:1", "--to", f"/dev/fd/{writes}")
    os.close(writes)
    with os.fdopen(reads, encoding="utf-8") as pipe:
        assert pipe.read() == shell.done("export", "id:1").out
    path = shell.folder / "cases.jsonl"
    path.write_text("before")

    def shut(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr("console.cli.files.os.open", shut)
        patched.setattr("console.cli.files.secrets.token_hex", lambda _: "beside")
        from console.cli.files import put_whole

        put_whole(str(path), [b"after"])
    assert path.read_text() == "after"


@pytest.mark.parametrize(
    "own",
    ['{"id": 0}', '{"answers": {"scope": 4}}', '{"answers": 7}', '{"severity": "S9"}', '{"stops": "fraud"}'],
)
def test_what_export_does_not_write_is_rejected(empty: Shell, own: str) -> None:
    said = empty("intake", empty.write("x.jsonl", f'{{"title": "x", "triage": {own}}}\n'))
    assert said.code == 1
    assert "written by `triage export` and not by hand" in said.err


def test_a_history_comes_along_and_says_who_told_it(shell: Shell) -> None:
    shell.done("claim", "1")
    shell.done("attempt", "1", "restart", "--result", "nothing")
    shell.done("escalate", "1", "--to", "2/database", "--incomplete", "at night", "--reason", "other: urgent")
    first = shell.done("export").out
    assert again(shell, first, "second") == first
    other = Shell(shell.folder / "second", shell.capture)
    told = [each["sentence"] for each in other.done("history", "1", "--json").json]
    assert told == [f"{each['sentence']} (intake triage)" for each in shell.done("history", "1", "--json").json]
    same = ("attempts", "escalations", "checklist", "brief", "status", "owner", "handler")
    here, there = shell.done("show", "1", "--json").json, other.done("show", "1", "--json").json
    assert {name: there[name] for name in same} == {name: here[name] for name in same}
    assert {"history: ok", "cases: ok", "agenda: ok"} <= set(other.done("doctor").err.splitlines())


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ('"kind":"claimed"', '"kind":"released"', "event 3 of its history is not what was written"),
        ('"actor":"', '"actor":"x', "of its history is not what was written"),
        ('"body":"since nine"', '"body":"since ten"', "the case is not what was written: its seal is another"),
        ('"seal":"', '"seal":"0', "its seal is another"),
        ('"id":1,', "", "history takes a list of events, with the case's id"),
        ('"history":[', '"history":7,"_":[', "history takes a list of events"),
    ],
)
def test_a_line_that_was_changed_on_the_way_is_refused_with_its_place(
    shell: Shell, was: str, now: str, said: str
) -> None:
    shell.done("change", "1", "affected=3")
    shell.done("add", "Changed", "--body", "since nine")
    shell.done("claim", "1")
    shell.done("claim", "3")
    lines = shell.done("export").out.splitlines(keepends=True)
    place = next(
        number for number, line in enumerate(lines) if was in line and (was != '"body":"since nine"' or number)
    )
    lines[place] = lines[place].replace(was, now)
    other = Shell(shell.folder / "other", shell.capture)
    other.folder.mkdir()
    taken = other("intake", shell.write("changed.jsonl", "".join(lines)), "--json")
    assert (taken.code, taken.json["new"], taken.json["rejected"]) == (1, 2, 1)
    (reject,) = taken.json["rejects"]
    assert (reject["place"], reject["number"]) == ("line", place + 1)
    assert said in reject["reason"]


def test_the_history_can_be_left_out(shell: Shell) -> None:
    shell.done("claim", "1")
    plain = shell.done("export", "--no-history").out
    assert "history" not in plain
    assert "seal" not in plain
    other = Shell(shell.folder / "second", shell.capture)
    other.folder.mkdir()
    other.done("intake", shell.write("plain.jsonl", plain))
    assert other.done("export", "--no-history").out == plain
    assert "--no-history goes with --format jsonl" in shell("export", "--no-history", "--format", "csv").err


MAIL = (
    "From: Kim Weber <kim@shop.example>\nTo: desk@desk.example\nSubject: {subject}\nMessage-ID: <{ref}@shop.example>\n"
    "Date: Mon, 23 Nov 2026 08:00:00 +0000\nX-Priority: 1\n{more}\n{body}\n"
)


@pytest.mark.parametrize("more", [(), ("--no-history",)])
def test_mails_and_tickets_come_in_again_to_the_byte(empty: Shell, more: tuple[str, ...]) -> None:
    mails = (
        MAIL.format(subject="It is down", ref=1, more="", body="Nobody can pay since nine."),
        MAIL.format(subject="Re: It is down", ref=2, more="In-Reply-To: <1@shop.example>\n", body="Still."),
    )
    for number, mail in enumerate(mails):
        empty.done("intake", empty.write(f"{number}.eml", mail))
    row = {"documentkey": "INC7", "fieldname": "state", "oldvalue": "1", "newvalue": "2", "user": "bo", "sys_id": "1"}
    audit = json.dumps({"result": [{**row, "tablename": "incident", "sys_created_on": "2026-03-01 09:00:00"}]})
    for number, told in enumerate((json.dumps(tickets.JIRA_ISSUE), audit, tickets.SERVICENOW_TABLE)):
        empty.done("intake", empty.write(f"tickets{number}", told))
    first = empty.done("export", *more).out
    derived = {name for line in first.splitlines() for name in json.loads(line)["triage"]["derived"]}
    assert {"requester", "urgency", "channel", "title", "severity"} <= derived

    second = again(empty, first, "second", *more)

    assert second == first
    assert again(empty, second, "third", *more) == first
