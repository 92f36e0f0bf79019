"""A history as an export writes it: what was changed in it is found, and what it cannot hold is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from console.domain.case import CaseId, PersonId
from console.domain.chronicle import brought, chained, from_words, seal, to_words, told, without_link
from console.domain.chronicle_values import LARGEST, fits, must_be_plain
from console.domain.events import AS_WRITTEN, BROUGHT, Event, Kind, as_written
from tests.builders import MORNING, an_actor, an_event

OPENED = an_event(Kind.OPENED, case=CaseId(1), version=1, at=MORNING, changes={"title": (None, "x")})
MERGED = an_event(
    Kind.MERGED, case=CaseId(1), version=2, at=MORNING, changes={"duplicate_of": (None, 2)}, detail={"into": 2},
    on_behalf_of=PersonId("bo"), batch="b", cause="rule", reason="vip",
)  # fmt: skip
HISTORY = chained([OPENED, MERGED])
OLGA = an_actor("olga")


def words(history: tuple[Event, ...] = HISTORY) -> list[dict[str, Any]]:
    """Write a history as an export does."""
    made: list[dict[str, Any]] = json.loads(json.dumps([to_words(event) for event in history]))
    return made


def test_a_history_is_read_as_it_was_written() -> None:
    assert from_words(words(), CaseId(1)) == HISTORY


@pytest.mark.parametrize(
    ("place", "key", "value"),
    [
        (0, "actor", "root"), (1, "on_behalf_of", "eve"), (0, "at", "2026-01-01T00:00:00+00:00"), (1, "kind", "moved"),
        (0, "changes", {"title": [None, "y"]}), (1, "detail", {}), (1, "reason_text", "x"), (0, "hash", "0"),
        (1, "batch", "c"), (1, "cause", "manual"), (1, "annuls", 1),
    ],
)  # fmt: skip
def test_what_was_changed_is_found_where_it_stands(place: int, key: str, value: object) -> None:
    changed = words()
    changed[place][key] = value
    with pytest.raises(ValueError, match=f"event {place + 1} of its history is not what was written"):
        from_words(changed, CaseId(1))


def test_what_is_missing_is_found() -> None:
    with pytest.raises(ValueError, match="event 1 of its history is not what"):
        from_words(words()[1:], CaseId(1))
    with pytest.raises(ValueError, match="does not open the case"):
        from_words([], CaseId(1))
    with pytest.raises(ValueError, match="does not open the case"):
        from_words(words(chained([MERGED])), CaseId(1))


@pytest.mark.parametrize(
    "change",
    [
        {"more": 1}, {"at": "soon"}, {"at": "2026-01-01"}, {"at": 7}, {"kind": "sung"}, {"actor": ""}, {"actor": 7},
        {"actor": "\ud800"}, {"changes": {"title": "y"}}, {"changes": {"title": [None]}}, {"annuls": 2},
        {"changes": {"colour": ["", "x"]}}, {"changes": {"escalation.x.state": [None, "sent"]}}, {"detail": []},
        {"detail": {AS_WRITTEN: {}}},
        {"detail": {"x": 0.5}}, {"annuls": True}, {"annuls": "1"}, {"cause": None}, {"reason": []},
    ],
)  # fmt: skip
def test_what_no_event_holds_is_refused(change: dict[str, Any]) -> None:
    changed = words()
    changed[1] |= change
    with pytest.raises(ValueError, match="event 2 of its history"):
        from_words(changed, CaseId(1))
    with pytest.raises(ValueError, match="event 1 of its history is no event"):
        from_words([7], CaseId(1))


def test_brought_events_are_signed_by_whoever_brings_them_and_say_who_acted() -> None:
    here = brought(HISTORY, OLGA)
    assert {(event.actor, event.cause, event.batch) for event in here} == {("olga", BROUGHT, "")}
    assert [event.person for event in here] == ["ada", "bo"]
    assert here[1].detail[AS_WRITTEN] == {"actor": "ada", "on_behalf_of": "bo", "cause": "rule", "batch": "b"}
    assert told(here) == HISTORY == told(HISTORY)


def test_only_what_an_export_brought_is_taken_for_it() -> None:
    forged = an_event(Kind.NOTED, actor=PersonId("eve"), detail={AS_WRITTEN: {"actor": "root"}})
    assert as_written(forged) == forged
    assert forged.person == "eve"


def test_a_link_that_leads_nowhere_is_kept_apart() -> None:
    here = without_link(brought(HISTORY, OLGA), "duplicate_of")
    assert here[1].changes == {}
    assert told(here) == HISTORY
    assert without_link(HISTORY, "duplicate_of")[1].changes == MERGED.changes
    odd = an_event(Kind.NOTED, cause=BROUGHT, detail={AS_WRITTEN: {"actor": "a", "changes": {"x": 1, "y": [1]}}})
    assert as_written(odd).changes == {}


def test_a_seal_is_of_everything_but_itself() -> None:
    record = {"title": "x", "triage": {"id": 1}}
    assert seal(record) == seal({"title": "x", "triage": {"id": 1, "seal": "y"}})
    assert seal(record) != seal({"title": "y", "triage": {"id": 1}})


AT = datetime(2026, 1, 1, tzinfo=UTC).isoformat()
GOOD = (
    ("title", "x"), ("title", None), ("affected", 7), ("impact", 4), ("escalation", 1001), ("tags", ["a"]), ("due", AT),
    ("answers", [None, 0, 3, 1]), ("confidential", True), ("severity", "S1"), ("status", "open"),
    ("escalation.7.state", "sent"), ("escalation.7.state", None), ("escalation.7.target", "2/x"),
    ("escalation.7.brief", ""),
    ("escalation.7.brief", {"issue": "x"}), ("escalation.7.brief", {"issue": "x", "decide_by": AT}),
    ("escalation.7.skipped", [["2", "away"]]),
)  # fmt: skip
BAD: tuple[tuple[str, object], ...] = (
    ("title", 7), ("affected", -1), ("affected", "7"), ("affected", True), ("impact", 5), ("escalation", 0),
    ("tags", "a"),
    ("tags", ["a;b"]), ("tags", [""]), ("due", "soon"), ("due", "2026-01-01"), ("due", 7), ("answers", [1]),
    ("answers", [None, 0, 4, 1]), ("answers", "x"), ("confidential", 1), ("severity", "S5"), ("status", []),
    ("colour", "x"), ("version", 7), ("title", "\udc00"), ("escalation.7", "x"), ("escalation.7.colour", "x"),
    ("escalation.x.state", "sent"), ("escalation.7.state", "sung"), ("escalation.7.target", "x"),
    ("escalation.7.target", 2),
    ("escalation.7.brief", 7), ("escalation.7.brief", {"colour": "x"}),
    ("escalation.7.brief", {"issue": "x", "decide_by": "2026-01-01"}), ("escalation.7.skipped", "x"),
    ("escalation.7.skipped", [["2"]]), ("escalation.7.skipped", [["x", "away"]]), ("escalation.7.acknowledged", [7]),
)  # fmt: skip


@pytest.mark.parametrize(("name", "value"), GOOD)
def test_what_a_field_can_hold(name: str, value: object) -> None:
    assert fits(name, value)


@pytest.mark.parametrize(("name", "value"), BAD)
def test_what_a_field_cannot_hold(name: str, value: object) -> None:
    assert not fits(name, value)


def test_what_json_cannot_hold_here() -> None:
    deep: object = []
    for _ in range(9):
        deep = [deep]
    for value in (0.5, LARGEST + 1, deep, {"x": 0.5}, {"\ud800": 1}, object()):
        with pytest.raises(ValueError):  # noqa: PT011 - any
            must_be_plain(value)
    must_be_plain({"a": [1, True, None, "x", {"b": []}]})
