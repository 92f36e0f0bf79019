"""Events: chained, and annulled by later ones."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta, timezone
from typing import Any

import pytest

from console.domain.case import CaseId, PersonId
from console.domain.events import Event, Kind, annulled, fingerprint
from tests.builders import BO, MORNING, an_event, at

OTHERS: dict[str, Any] = {
    "case": CaseId(8), "version": 3, "at": at(minutes=1), "actor": BO, "on_behalf_of": BO, "kind": Kind.RELEASED,
    "changes": {"tier": (1, 3)}, "detail": {"text": "b"}, "cause": "rule", "reason": "r", "reason_text": "t",
    "batch": "b", "annuls": 1,
}  # fmt: skip
EVENT = an_event(Kind.CLAIMED, changes={"tier": (1, 2)}, detail={"text": "a"})


@pytest.mark.parametrize("name", [each.name for each in fields(Event) if each.name not in {"seq", "hash"}])
def test_a_change_of_any_field_breaks_the_chain(name: str) -> None:
    changed = replace(EVENT, **{name: OTHERS[name]})
    assert fingerprint(changed, "before") != fingerprint(EVENT, "before")


def test_a_change_of_an_earlier_event_breaks_the_chain_after_it() -> None:
    assert fingerprint(EVENT, "before") != fingerprint(EVENT, "other")


def test_the_place_in_the_database_and_the_zone_a_time_is_written_in_do_not_matter() -> None:
    berlin = timezone(timedelta(hours=1))
    same = replace(EVENT, seq=99, hash="x", at=MORNING.astimezone(berlin))
    assert fingerprint(same, "") == fingerprint(EVENT, "")


def test_an_undone_event_is_annulled_until_the_undo_is_undone() -> None:
    claimed = an_event(Kind.CLAIMED, version=2)
    undo = an_event(Kind.UNDONE, version=3, annuls=2)
    redo = an_event(Kind.UNDONE, version=4, annuls=3, actor=PersonId("bo"))
    assert annulled((claimed,)) == frozenset()
    assert annulled((claimed, undo)) == {2}
    assert annulled((redo, claimed, undo)) == {3}
