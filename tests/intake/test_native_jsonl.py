"""Native JSON: lines, arrays and spread objects; each bad record rejected where it stands."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.domain.arrival import Message, Voice
from console.intake import json_reading
from tests.intake.files import take

GOOD = {"title": "Printer", "ref": 7, "impact": 2, "tags": ["a", "b;c", None, "a"], "due": None, "affected": 12.0}


def test_lines_are_read_one_by_one(tmp_path: Path) -> None:
    taken = take(tmp_path, json.dumps(GOOD) + "\n\n" + '{"title": "Second", "created": "2026-01-01T00:00:00Z"}')

    assert taken.format == "native-jsonl"
    first, second = taken.arrivals
    assert (first.title, first.ref, first.impact, first.tags) == ("Printer", "7", 2, ("a", "b,c"))
    assert (first.affected, first.due, first.source) == (12, None, "jsonl")
    assert second.created == datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("indent", [None, 2])
def test_an_array_or_a_spread_object_is_read_too(tmp_path: Path, indent: int | None) -> None:
    listed = take(tmp_path, json.dumps([GOOD, {"title": "Second"}], indent=indent))
    alone = take(tmp_path, json.dumps(GOOD, indent=indent))

    assert [case.title for case in listed.arrivals] == ["Printer", "Second"]
    assert [case.title for case in alone.arrivals] == ["Printer"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("not json", "This is not JSON: Expecting value at line 1, column 1."),
        ("[1]", "This is not a JSON object with a title."),
        ('{"body": "x"}', "title is empty; every case needs one."),
        ('{"title": "a", "title": "b"}', "The key 'title' stands there twice; keep one."),
        ('{"title": "a", "impact": NaN}', "NaN is not a JSON number; leave the key out."),
        ('{"title": "a", "impact": true}', "impact is true or false, but takes a text or a number."),
        ('{"title": ["a"]}', "title is a list, but takes a text or a number."),
        ('{"title": "a", "tags": [{}]}', "tags is an object, but takes a text or a number."),
        ('{"title": "a", "x": ' + "9" * 5000 + "}", "This JSON holds a number that is too long to read."),
        ('{"title": "a", "x": ' + "[" * 100_000 + "]" * 100_000 + "}", "This JSON is nested too deeply to read."),
        ('{"title": "a", "messages": {}}', "messages takes a list of at most 100,000 objects with by, at and text."),
        ('{"title": "a", "messages": [1]}', "messages: number 1 is not an object with by, at and text."),
        ('{"title": "a", "messages": [{"at": "x"}]}', "messages 1 at is 'x', but takes an ISO 8601 time."),
    ],
)
def test_a_bad_line_is_rejected_and_the_others_are_kept(tmp_path: Path, line: str, reason: str) -> None:
    taken = take(tmp_path, f'{{"title": "One"}}\n{line}\n{{"title": "Two"}}\n')

    assert [case.title for case in taken.arrivals] == ["One", "Two"]
    (reject,) = taken.rejects
    assert (reject.place, reject.number, reject.reason, reject.raw) == ("line", 2, reason, line)


@pytest.mark.parametrize("bad", ['{"title": ""}', '{"title": "a", "impact": NaN}', '{"title": "a", "title": "b"}', "3"])
def test_a_bad_element_of_an_array_is_rejected_with_its_place(tmp_path: Path, bad: str) -> None:
    taken = take(tmp_path, f'[{{"title": "One"}},\n {bad},\n {{"title": "Two"}}]')

    assert [case.title for case in taken.arrivals] == ["One", "Two"]
    (reject,) = taken.rejects
    assert (reject.place, reject.number, reject.raw) == ("item", 2, bad)


def test_an_array_that_breaks_off_says_what_was_not_read(tmp_path: Path) -> None:
    open_ended = take(tmp_path, '[{"title": "One"}, {"title": "Two"}')
    broken = take(tmp_path, '[{"title": "One"}, {"title": }, {"title": "Three"}]')

    assert [reject.reason for reject in open_ended.rejects] == ["The array is not closed: the file breaks off here."]
    assert [case.title for case in broken.arrivals] == ["One"]
    assert broken.rejects[0].reason.endswith("What follows it was not read.")


def test_elements_longer_than_a_piece_are_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_reading, "_PIECE", 7)

    taken = take(tmp_path, json.dumps([{"title": f"Case {number}", "body": "x" * 100} for number in range(20)]))

    assert [case.title for case in taken.arrivals] == [f"Case {number}" for number in range(20)]
    assert taken.rejects == []


def test_keys_that_are_not_known_are_named_unless_the_file_is_an_export(tmp_path: Path) -> None:
    said = take(tmp_path, '{"title": "a", "colour": 1}\n{"title": "b", "shape": 1}\n')
    quiet = take(tmp_path, '{"triage": 1, "title": "a", "id": 4, "advice": {"verdict": "ask"}, "late": false}\n')

    assert said.warnings == ["Keys that are not read: colour."]
    assert quiet.warnings == []
    assert [case.title for case in quiet.arrivals] == ["a"]


def test_messages_and_exported_notes_come_along(tmp_path: Path) -> None:
    note = {"by": "bo", "at": "2026-01-02T00:00:00Z", "text": "Tried", "voice": "outbound", "ref": "m1"}
    lines = [{"title": "a", "messages": [note]}, {"triage": 1, "title": "b", "notes": [note | {"voice": "odd"}]}]

    taken = take(tmp_path, "\n".join(map(json.dumps, lines)))

    expected = Message("bo", datetime(2026, 1, 2, tzinfo=UTC), "Tried", Voice.OUTBOUND, "m1")
    assert taken.arrivals[0].messages == (expected,)
    assert taken.arrivals[1].messages[0].voice is Voice.INTERNAL


def test_half_of_a_surrogate_pair_becomes_visible(tmp_path: Path) -> None:
    (case,) = take(tmp_path, '{"title": "a \\ud800 b", "body": "\\u0000"}').arrivals

    assert (case.title, case.body) == ("a \ufffd b", "␀")


def test_a_line_that_is_too_long_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.intake.native_jsonl.MAX_RECORD", 50)

    taken = take(tmp_path, '{"title": "One"}\n{"title": "' + "x" * 100 + '"}\n{"title": "Two"}\n')

    assert [case.title for case in taken.arrivals] == ["One", "Two"]
    assert [(reject.number, reject.reason) for reject in taken.rejects] == [
        (2, "The line is longer than 50 characters.")
    ]
