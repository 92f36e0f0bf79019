"""Logs of events become cases with their past."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from console.domain.arrival import Arrival, Voice
from console.domain.errors import Refused
from console.domain.events import Kind
from console.intake import shelves
from console.intake.moments import moment
from console.intake.shelves import MOST
from tests.intake.files import take

LOG = """\
Case;Time;Event;Person;Tier;Team;Status;Title;Severity;Text;Voice;Room
1;2026-01-02 09:00;Opened;ada;1;;new;Printer is down;S3;;;12
2;2026-01-02 09:05;Queued;;;;;;;;;
1;2026-01-03 10:00;Escalated;ada;2;database;;Printer;S2;too hot;;
1;2026-01-02 12:00;Working on it;bo;;;open;;;;;
2;2026-01-04;Wrote;kim;;;;;;hello;requester;
"""


def test_events_come_together_by_case_and_in_order_of_time(tmp_path: Path) -> None:
    found = take(tmp_path, LOG)

    assert found.format == "events-csv"
    assert found.warnings == ["Not read: room."]
    first, second = found.arrivals
    assert (first.ref, first.source, first.title, first.severity) == ("1", "event-log", "Printer is down", "S3")
    assert [(step.what, step.kind, step.by) for step in first.steps] == [
        ("Opened", Kind.OPENED, "ada"), ("Working on it", None, "bo"), ("Escalated", Kind.ESCALATED, "ada"),
    ]  # fmt: skip
    assert (first.created, first.steps[-1].at) == (moment("2026-01-02T09:00"), moment("2026-01-03T10:00"))
    assert (first.steps[-1].tier, first.steps[-1].team, first.steps[-1].text) == (2, "database", "too hot")
    assert (second.title, second.derived, second.steps[1].voice) == ("Case 2", frozenset({"title"}), Voice.REQUESTER)


def test_a_log_may_be_json_lines(tmp_path: Path) -> None:
    lines = [
        {"case": 7, "time": "2026-01-02T09:00Z", "event": "started", "kind": "claimed", "person": "ada", "x": 1},
        {"case": 7.0, "time": "2026-01-02T10:00Z", "event": "released", "handler": "-", "tags": ["a;b", "c"]},
        {"case": "8", "time": "2026-01-02T10:00Z", "event": None, "tier": True},
        ["no event"],
    ]
    found = take(tmp_path, "\n".join([*map(json.dumps, lines), "", "{broken", '{"time": ""}']))

    assert found.format == "events-jsonl"
    (case,) = found.arrivals
    assert (case.ref, case.tags, case.steps[1].handler) == ("7", ("a,b", "c"), "")
    assert (case.steps[0].kind, case.steps[0].handler) == (Kind.CLAIMED, None)
    assert [(reject.number, reject.reason.split(".")[0]) for reject in found.rejects] == [
        (3, "tier takes a text or a number"),
        (4, "This is not a JSON object with case, time and event"),
        (6, "This is not JSON: Expecting property name enclosed in double quotes at line 1, column 2"),
        (7, "case is empty; every event belongs to one"),
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1,,x,,,", "time is empty; every event has one."),
        ("1,yesterday,x,,,", "time is 'yesterday', but takes an ISO 8601 time"),
        ("1,2026-01-01,x,two,,", "tier is 'two', but takes the number of a tier"),
        ("1,2026-01-01,x,,jumped,", "kind is 'jumped', but takes accepted, assigned"),
        ("1,2026-01-01,x,,,9", "impact is '9', but takes 1 (highest) to 4."),
    ],
)
def test_a_case_with_an_event_that_cannot_be_read_is_left_out_whole(tmp_path: Path, row: str, reason: str) -> None:
    rows = f"case,time,event,tier,kind,impact\n1,2026-01-01,a,,,\n2,2026-01-01,a,,,\n{row}\n"
    found = take(tmp_path, rows)

    assert [case.ref for case in found.arrivals] == ["2"]
    (reject,) = found.rejects
    assert (reject.place, reject.number) == ("line", 4)
    assert reject.reason.startswith(reason)
    assert reject.reason.endswith("Case 1 with its 2 events is left out.")


def test_rows_that_are_none_and_events_of_no_case_are_rejected(tmp_path: Path) -> None:
    found = take(tmp_path, "case,time,event\n,2026-01-01,a\n1,2026-01-01\n1,2026-01-01,a\n")
    assert [(reject.number, reject.reason[:13]) for reject in found.rejects] == [
        (2, "case is empty"),
        (3, "The row has 2"),
    ]
    assert len(found.arrivals) == 1


def test_a_row_says_that_the_case_ran_late(tmp_path: Path) -> None:
    rows = "1;2026-01-02;x;no\n1;2026-01-03;y;TRUE\n1;2026-01-04;z;\n2;2026-01-02;x;late\n"
    found = take(tmp_path, f"Case;Time;Event;Late\n{rows}")

    assert [step.late for step in found.arrivals[0].steps] == [False, True, False]
    assert found.rejects[0].reason.startswith("late is 'late', but takes yes or no.")


def test_a_voice_is_one_of_four(tmp_path: Path) -> None:
    found = take(tmp_path, "case,time,event,voice\n1,2026-01-01,a,loud\n")
    assert found.rejects[0].reason.startswith("voice is 'loud', but takes requester, outbound")


def test_a_heading_without_its_three_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="case, time and event"):
        take(tmp_path, "case,title\n1,a\n", format="events-csv")
    with pytest.raises(Refused, match="case, time and event"):
        take(tmp_path, "", format="events-csv")


def test_a_case_with_too_many_events_is_left_out(tmp_path: Path) -> None:
    rows = "1,2026-01-01,a\n" * (MOST + 2)
    found = take(tmp_path, f"case,time,event\n{rows}2,2026-01-01,a\n")
    assert [case.ref for case in found.arrivals] == ["2"]
    assert found.rejects[0].reason == f"Case 1 has more than {MOST:,} events and is left out."


def test_what_cannot_be_held_is_laid_out_and_comes_together_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f"{n % 50},2026-01-01 {n // 50:02}:00,e{n}é\n" for n in range(500))
    held = take(tmp_path, f"case,time,event\n{rows}").arrivals
    monkeypatch.setattr(shelves, "HELD", 2_000)
    laid_out = take(tmp_path, f"case,time,event\n{rows}").arrivals

    def by_ref(arrival: Arrival) -> str:
        return arrival.ref

    assert sorted(laid_out, key=by_ref) == sorted(held, key=by_ref)
    assert [len(each.steps) for each in held] == [10] * 50


def test_a_line_that_is_too_long_is_rejected_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.intake.event_log.MAX_RECORD", 80)
    monkeypatch.setattr("console.intake.event_log._PIECE", 10)
    line = '{"case": "1", "time": "2026-01-01", "event": "a"}'
    found = take(
        tmp_path,
        f"{line}\n{line[:-1]}{' ' * 100}}}\n{line}\n".encode() + b'{"case": "\xff", "time": "2026", "event": "a"}',
    )
    assert [len(case.steps) for case in found.arrivals] == [2]
    assert [reject.number for reject in found.rejects] == [2, 4]
    assert found.warnings
