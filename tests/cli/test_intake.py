"""Tests of intake and export."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest

from console.cli.progress import Progress
from tests.cli.conftest import Shell

CSV = "ref,title,impact,urgency\na,Checkout down,1,1\nb,Printer,4,9\nc,,1,1\nd,Mail slow,,\n"


def test_what_becomes_of_a_file_is_counted(empty: Shell) -> None:
    said = empty("intake", empty.write("cases.csv", CSV))

    assert said.code == 1
    assert "2 new, 0 joined, 0 known already, 0 notes\n2 rejected\n" in said.out
    assert "cases.csv line 3: urgency is '9'" in said.err
    assert "cases.csv line 4: title is empty" in said.err
    assert empty.done("intake", empty.write("good.csv", "ref,title\nx,Good\n")).code == 0


def test_the_same_file_twice_changes_nothing(empty: Shell) -> None:
    path = empty.write("cases.csv", CSV)
    empty("intake", path)
    before = empty.done("list", "--json").json

    again = empty("intake", path, "--json").json

    assert (again["new"], again["known"], again["rejected"]) == (0, 2, 2)
    after = empty.done("list", "--json").json
    for case in (*before, *after):
        del case["clock"]["left"]  # it runs down meanwhile
    assert after == before


def test_rejects_are_collected(empty: Shell) -> None:
    kept = empty.folder / "rejects.jsonl"

    said = empty("intake", empty.write("cases.csv", CSV), "--rejects", str(kept), "--json")

    lines = [json.loads(line) for line in kept.read_text().splitlines()]
    assert [(line["place"], line["number"]) for line in lines] == [("line", 3), ("line", 4)]
    assert lines[0]["raw"].startswith("b,Printer")
    assert said.json["rejects"][0]["reason"] == lines[0]["reason"]
    assert "cannot be written" in empty("intake", "x.csv", "--rejects", "/nowhere/at/all").err


def test_what_the_desk_rejects_is_told_too(empty: Shell) -> None:
    record = json.dumps({"title": "x", "team": "kitchen"})

    said = empty("intake", empty.write("x.jsonl", record), "--json")

    assert said.code == 1
    assert "There is no team 'kitchen'" in said.json["rejects"][0]["reason"]
    assert empty("intake", str(empty.folder / "x.jsonl"), "--dry-run").code == 1


def test_a_dry_run_stores_nothing(empty: Shell) -> None:
    said = empty("intake", "--dry-run", empty.write("cases.csv", CSV))

    assert said.code == 1
    assert "4 records read, 2 of them would be rejected; nothing was stored" in said.out
    assert empty.done("list", "--json").json == []


def test_facts_follow_from_the_text_and_are_marked(empty: Shell) -> None:
    text = "Checkout is down, 300 customers cannot pay. A lawyer called."
    empty.done("intake", empty.write("x.jsonl", json.dumps({"title": "Web shop", "body": text})))

    case = empty.case()
    assert case["category"] in {"checkout", "payments"}
    assert case["affected"] == 300
    assert case["stops"] == ["legal"]
    assert {"category", "affected", "stops"} <= set(case["derived"])


def test_cases_come_from_standard_input(empty: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b'{"title": "piped"}\n')))

    assert empty.done("intake", "-", "--format", "native-jsonl", "--json").json["new"] == 1


def test_a_file_that_is_not_there_is_refused(empty: Shell) -> None:
    assert empty("intake", "nowhere.csv").code == 1
    assert empty("intake", empty.write("a.csv", CSV), "--format", "telex").code == 1


def test_a_file_that_cannot_be_read_does_not_stop_the_others(empty: Shell) -> None:
    unknown, good = empty.write("notes.txt", "only a note"), empty.write("good.csv", "ref,title\nx,Good\n")

    said = empty("intake", unknown, good, "no-such-file")

    assert said.code == 1
    assert "1 new, 0 joined, 0 known already, 0 notes\n2 rejected\n" in said.out
    assert "notes.txt file 1: " in said.err
    assert "no-such-file file 3: " in said.err


def test_many_records_go_in_batches(empty: Shell) -> None:
    lines = "\n".join(json.dumps({"ref": f"r{number}", "title": f"Case {number}"}) for number in range(601))

    assert empty.done("intake", empty.write("many.jsonl", lines), "--json").json["new"] == 601
    assert len(empty.done("list", "--json").json) == 601


def test_the_bar_is_for_terminals_only(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    Progress("a.csv", 100).at(50, 10)
    assert capsys.readouterr().err == ""

    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    bar = Progress("a\x1b.csv", 100)
    bar.at(50, 10)
    bar.at(60, 12)
    bar.end()
    said = capsys.readouterr().err
    assert "50% 10 records" in said
    assert "60%" not in said
    assert "a\x1b" not in said
    assert said.endswith("\r\x1b[K")
    Progress("-", None).at(5_000_000, 7)
    assert "5.0 MB 7 records" in capsys.readouterr().err


def native(case: Mapping[str, Any]) -> dict[str, Any]:
    """What a case has of the native form."""
    kept = {name: value for name, value in case.items() if name != "triage"}
    own = case["triage"]
    return kept | {"severity_now": own["severity"], "severity_from": own["severity_from"]}


def test_what_is_exported_comes_in_again_the_same(shell: Shell) -> None:
    shell.done("change", "1", "affected=40", "tags=vip;eu", "due=2030-01-01T12:00Z")
    shell.done("note", "1", "--to-requester", "we are on it")
    shell.done("note", "1", "--from-requester", "thanks")
    shell.done("wait", "1", "--for", "vendor")
    shell.done("move", "2", "2/database")
    shell.done("add", "Stated", "--severity", "S2", "--source", "phone", "--ref", "77", "--handler", "bo")
    shell.done("resolve", "3", "solved\nin two lines")
    first = shell.done("export").out
    path = shell.write("export.jsonl", first)

    other = Shell(shell.folder / "other", shell.capture)
    other.folder.mkdir()
    taken = other.done("intake", path, "--json").json
    assert (taken["new"], taken["notes"], taken["warnings"]) == (3, 2, [])
    second = other.done("export").out

    lines = [[native(json.loads(line)) for line in text.splitlines()] for text in (first, second)]
    # A case opened by hand has no reference of its own; intake gives it one.
    for before, after in zip(*lines, strict=True):
        given = {name: value for name, value in after.items() if name in before}
        assert given == before
    assert other.done("intake", path, "--json").json["known"] == 3


def test_an_export_of_some_is_a_query(shell: Shell) -> None:
    said = shell.done("export", "-severity:S1")

    assert [json.loads(line)["title"] for line in said.out.splitlines()] == ["Printer on floor 2 offline"]
