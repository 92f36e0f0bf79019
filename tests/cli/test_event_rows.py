"""What happened goes out as a log of events, and intake makes the same standing and the same past of it."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from tests.cli.conftest import Shell
from tests.domain.test_cells import RUN, WITHIN, is_run

STANDING = ("status", "tier", "team", "handler", "waiting_for", "category", "impact", "urgency", "tags", "requester")
MADE = {"opened", "waiting", "resumed", "resolved", "reopened", "escalated", "accepted", "returned"}


def log_of(shell: Shell, *words: str) -> list[dict[str, str]]:
    """Give the rows of the log."""
    return [*csv.DictReader(io.StringIO(shell.done("export", "--format", "events-csv", *words).out, newline=""))]


def read_back(shell: Shell) -> Shell:
    """Take the log into a database of its own."""
    log = shell.folder / "log.csv"
    shell.done("export", "--format", "events-csv", "--bom", "--to", str(log))
    other = Shell(shell.folder / "again", shell.capture)
    other.folder.mkdir()
    said = other.done("intake", str(log), "--json").json
    assert (said["formats"], said["rejected"], said["warnings"]) == (["events-csv"], 0, [])
    return other


def native(shell: Shell) -> list[dict[str, Any]]:
    """Give every case in the native form."""
    return [json.loads(line) for line in shell.done("export", "--no-history").out.splitlines()]


def worked_on(shell: Shell) -> None:
    """Let much happen to both cases."""
    shell.done("claim", "1")
    shell.done("attempt", "1", "restart", "--result", "nothing")
    shell.done("note", "1", "--from-requester", "it is worse")
    shell.done("wait", "1", "--for", "vendor")
    shell.done("resume", "1")
    shell.done("escalate", "1", "--to", "2/database", "--incomplete", "at night", "--reason", "other: urgent")
    shell.done("return", "1", "--reason", "solvable-below", person="bo")
    shell.done("escalate", "1", "--to", "2/database", "--incomplete", "at night", "--reason", "other: urgent")
    shell.done("accept", "1", person="bo")
    shell.done("move", "2", "1/desk")
    shell.done("assign", "2", "bo")
    shell.done("resolve", "2", "a new fuse")
    shell.done("reopen", "2", "--reason", "again")


def test_moves_waits_and_reopenings_come_back(shell: Shell) -> None:
    worked_on(shell)
    other = read_back(shell)
    here, there = native(shell), native(other)
    assert [{name: case.get(name) for name in STANDING} for case in there] == [
        {name: case.get(name) for name in STANDING} for case in here
    ]

    def made(which: Shell) -> list[tuple[str, str]]:
        found = [json.loads(line)["triage"]["history"] for line in which.done("export").out.splitlines()]
        return [(event["kind"], event["at"]) for case in found for event in case if event["kind"] in MADE]

    assert made(other) == made(shell)
    assert {kind for kind, _ in made(other)} == MADE


def test_a_row_says_how_the_case_stood_afterwards(shell: Shell) -> None:
    worked_on(shell)
    rows = log_of(shell, "id:2")
    assert [row["event"] for row in rows] == ["opened", "moved", "assigned", "resolved", "reopened"]
    assert [row["handler"] for row in rows][:3] == ["", "", "bo"]
    assert [(row["tier"], row["team"]) for row in rows][:2] == [("1", ""), ("1", "desk")]
    assert rows[3]["text"] == "a new fuse"
    assert {(row["case"], row["triage"]) for row in rows} == {("2", "2")}
    tried = next(row for row in log_of(shell, "id:1") if row["event"] == "attempted")
    assert (tried["text"], tried["person"]) == ("restart: nothing", "ada")


def test_what_was_known_late_stands_where_it_was_done(empty: Shell) -> None:
    alert = {
        "status": "firing", "labels": {"alertname": "DiskFull"}, "annotations": {}, "fingerprint": "ab12",
        "startsAt": "2026-01-01T00:00:00Z", "endsAt": "2026-01-02T00:00:00Z", "generatorURL": "",
    }  # fmt: skip
    for status in ("firing", "resolved"):
        told = {"version": "4", "status": status, "receiver": "x", "alerts": [alert | {"status": status}]}
        empty.done("intake", empty.write("alert.json", json.dumps(told)))
        if status == "firing":
            empty.done("claim", "1")
    rows = log_of(empty)
    assert [row["event"] for row in rows] == ["opened", "claimed", "resolved"]
    assert [row["time"] for row in rows] == sorted(row["time"] for row in rows)
    assert [case["status"] for case in native(read_back(empty))] == ["resolved"]


def test_no_two_cases_are_called_the_same(empty: Shell) -> None:
    empty.done("add", "One", "--source", "a", "--ref", "1")
    empty.done("add", "Two", "--source", "b", "--ref", "1")
    empty.done("add", "Three", "--source", "c", "--ref", "4")
    empty.done("add", "Four")
    assert {row["case"]: row["title"] for row in log_of(empty)} == {
        "1": "One", "b 1": "Two", "4": "Three", "case 4": "Four",
    }  # fmt: skip
    assert [case["title"] for case in native(read_back(empty))] == ["One", "Two", "Three", "Four"]


def test_no_cell_of_a_log_is_run_and_every_text_comes_back(empty: Shell) -> None:
    hostile = [text.strip() for text in RUN + WITHIN if text.strip()]
    lines = [
        json.dumps(
            {"source": "x", "ref": f"n{at}", "title": text, "body": f"-\n{text}", "category": text, "item": text}
        )
        for at, text in enumerate(hostile)
    ]
    empty.done("intake", empty.write("hostile.jsonl", "\n".join(lines)))
    assert not [cell for row in log_of(empty) for cell in row.values() if cell != "-" and is_run(cell)]
    facts = [(case["ref"], case["title"], case["body"], case["category"], case["item"]) for case in native(empty)]
    again = [
        (case["ref"], case["title"], case["body"], case["category"], case["item"]) for case in native(read_back(empty))
    ]
    assert sorted(again) == sorted(facts)


def test_a_log_that_is_not_of_an_export_is_read_as_it_stands(empty: Shell) -> None:
    said = empty.done(
        "intake", empty.write("x.csv", "case,time,event,title,room\n1,2026-01-01T00:00Z,opened,'\\=1,12\n"), "--json"
    )
    assert said.json["warnings"] == [f"{empty.folder / 'x.csv'}: Not read: room."]
    assert native(empty)[0]["title"] == "'\\=1"
