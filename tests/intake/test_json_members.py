"""Members: lists inside of documents come element by element, and what breaks off loses only what is behind it."""

from __future__ import annotations

import io
import json

import pytest

from console.intake.json_members import Members, weight
from console.intake.json_reading import BadJsonError


def members_of(text: str) -> list[tuple[str, object]]:
    """Give the members of a text, a fault as its sentence."""
    found = Members(io.TextIOWrapper(io.BytesIO(text.encode())), frozenset({"items", "users"}))
    return [(key, str(value) if isinstance(value, BadJsonError) else value) for key, value in found]


def test_lists_that_are_asked_for_come_apart_and_the_rest_whole() -> None:
    text = json.dumps({"total": 2, "items": [{"a": 1}, {"a": 2}], "other": [3], "users": []}, indent=2)

    assert members_of(text) == [
        ("items", {"a": 1}),
        ("items", {"a": 2}),
        ("", {"total": 2, "items": [], "other": [3], "users": []}),
    ]


def test_arrays_lines_and_documents_behind_each_other_are_read() -> None:
    assert members_of('[{"a": 1}, 2]') == [("", {"a": 1}), ("", 2)]
    assert members_of('{"a": 1}\n{"a": 2}\n') == [("", {"a": 1}), ("", {"a": 2})]
    assert members_of('{"items": [1]} {"items": [2]}') == [
        ("items", 1),
        ("", {"items": []}),
        ("items", 2),
        ("", {"items": []}),
    ]
    assert members_of("5") == [("", 5)]
    assert members_of(" ") == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{"items": [1, 2', "The array is not closed: the file breaks off here."),
        ('{"items": [1, 2], "x"', "This is not JSON: the object breaks off here."),
        ('{"items": [1, 2], 5: 1}', "This is not JSON: the object breaks off here."),
        ('{"items": [1, 2], "x": tru}', "What follows it was not read."),
        ('{"items": [1, 2], "x": 1, "x": 2}', "The key 'x' stands there twice; keep one."),
        ('{"items": [1, 2], "x": NaN}', "NaN is not a JSON number; leave the key out."),
    ],
)
def test_what_breaks_off_or_says_two_things_comes_as_a_fault_behind_what_was_whole(text: str, fault: str) -> None:
    first, second, last = members_of(text)

    assert (first, second) == (("items", 1), ("items", 2))
    assert last[0] == ""
    assert str(last[1]).endswith(fault)


def test_a_bad_element_spoils_no_other() -> None:
    assert [value for _, value in members_of('{"items": [{"a": NaN}, {"b": 1}]}')][1] == {"b": 1}


def test_an_object_that_is_too_long_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.intake.json_members.MAX_RECORD", 20)

    assert members_of('{"a": "xxxxxxxxxxxxx", "b": "xxxxxxxxxxxxxxx"}') == [
        ("", "The object is longer than 20 characters.")
    ]


def test_weight_grows_with_what_a_value_holds() -> None:
    assert weight({"a": ["x" * 1000, {"b": "y" * 1000}]}) > 2000 > weight("x")
