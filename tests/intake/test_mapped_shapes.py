"""Maps of tables with lines before the heading, with counted times, and of JSON whose columns are paths."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from console.intake.moments import moment
from console.intake.table_map_file import faults
from tests.intake.test_mapped import taken

OWNED = """\
[columns]
title = "Name"
team = "Gruppe"
owner = "Wer"
tier = "Ebene"

[values.team]
"Netz*" = "network"

[values.owner]
"Müller, Ute" = "ute"

[values.tier]
"Erste" = 1
"Zweite" = 2
"""


def test_people_teams_and_tiers_are_named_as_they_are_here(tmp_path: Path) -> None:
    table = 'Name;Gruppe;Wer;Ebene\nA;Netzwerk Süd;"Müller, Ute";Zweite\nB;x;y;Dritte\n'
    (case,), rejects, _ = taken(tmp_path, table, OWNED)

    assert (case.team, case.owner, case.tier) == ("network", "ute", 2)
    assert rejects[0].reason.endswith("The map can say what it means, in [values.tier].")
    (wrong,) = faults(OWNED.replace('"Zweite" = 2', '"Zweite" = "second"'), "m")
    assert str(wrong).startswith("m:15: values.tier.Zweite: 'second' is not known here")


def test_lines_before_the_heading_are_passed_over(tmp_path: Path) -> None:
    report = "Service Desk\nAs of;1.3.2024\n\n\nName;Gruppe\nA;x\n"
    (case,), rejects, warnings = taken(tmp_path, report, '[columns]\ntitle = "Name"\nteam = "Gruppe"\n')
    assert (case.title, case.team, rejects, warnings) == ("A", "x", [], [])
    _, (reject,), _ = taken(tmp_path, report + "\nB;x;y\n", '[columns]\ntitle = "Name"\n')
    assert reject.number == 8


@pytest.mark.parametrize(
    ("order", "text"),
    [("excel", "45352.39583333334"), ("excel", "45352,3958333"), ("epoch", "1709285400"), ("epoch", "1709285400000")],
)
def test_times_that_are_counted_are_read(tmp_path: Path, order: str, text: str) -> None:
    by = f'dates = "{order}"\ndelimiter = "tab"\n[columns]\ntitle = "a"\ncreated = "b"\n'
    (case,), _, _ = taken(tmp_path, f"a\tb\nx\t{text}\n", by)
    assert case.created == moment("2024-03-01T09:30:00Z")
    (other,), _, _ = taken(tmp_path, "a\tb\nx\t2024-03-01 09:30\n", by)
    assert other.created == case.created
    _, (reject,), _ = taken(tmp_path, "a\tb\nx\t123456\n", by)
    assert reject.reason.startswith("created is '123456', but takes a time")


PATHS = """\
dates = "epoch"
[columns]
ref = "id"
title = "fields.Summary"
requester = "fields.reporter"
created = "at"
tags = ["tags", "a.b"]
body = "notes.text"
affected = "count"

[values.requester]
"Ann Holm" = "ann@x.example"
"""
RECORD = {
    "id": 7, "fields": {"summary": "It fails", "reporter": {"name": "Ann Holm"}}, "at": 1709285400000,
    "tags": ["x", None, {"name": "y"}], "a.b": True, "notes": [{"text": "one"}, {"text": 2}, 5], "count": 3.0,
}  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([RECORD]), json.dumps(RECORD), json.dumps(RECORD) + "\n\n",
        json.dumps({"data": [RECORD], "page": 1}), json.dumps({"meta": {}, "count": 1, "data": [RECORD]}),
    ],
)  # fmt: skip
def test_json_comes_in_by_paths(tmp_path: Path, text: str) -> None:
    (case,), rejects, _ = taken(tmp_path, text, PATHS)

    assert rejects == []
    assert (case.ref, case.title, case.requester) == ("7", "It fails", "ann@x.example")
    assert (case.created, case.tags, case.body) == (moment("2024-03-01T09:30:00Z"), ("x", "y", "true"), "one\n2")
    assert case.affected == 3


def test_what_is_no_record_is_rejected_with_its_place(tmp_path: Path) -> None:
    text = f"{json.dumps(RECORD)}\n5\n{{}}\n{{bad\n"
    (case,), rejects, _ = taken(tmp_path, text, PATHS)

    assert case.ref == "7"
    assert [(reject.place, reject.number, reject.reason[:20]) for reject in rejects] == [
        ("item", 2, "This is not a JSON o"), ("item", 3, "title is empty; ever"), ("item", 4, "This is not JSON: th"),
    ]  # fmt: skip


def test_the_list_of_records_can_be_named(tmp_path: Path) -> None:
    answer = json.dumps({"people": [{"id": 1}], "data": [RECORD]})
    cases, rejects, _ = taken(tmp_path, answer, f'records = "data"\n{PATHS}')
    assert (len(cases), len(rejects)) == (1, 0)


def test_a_log_in_json_comes_in_by_paths(tmp_path: Path) -> None:
    by = 'kind = "events"\n[columns]\ncase = "t.id"\ntime = "at"\nevent = "what"\n'
    lines = [{"t": {"id": "T1"}, "at": "2024-03-01", "what": "opened"}, {"at": "2024-03-01", "what": "x"}]
    (case,), (reject,), _ = taken(tmp_path, "\n".join(map(json.dumps, lines)), by)
    assert (case.ref, reject.place, reject.number) == ("T1", "item", 2)
