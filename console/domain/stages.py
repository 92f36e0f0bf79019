"""Stages: a case from event to event as a virtual clock meets them, oldest first, as it was known then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from console.domain.as_of import written_at
from console.domain.case import Case, altered
from console.domain.changes import FIELDS, typed
from console.domain.events import Event
from console.domain.facts import Facts
from console.domain.following import before

WEIGHED = frozenset(
    {
        "category", "severity", "severity_from", "affected", "status", "tier", "due", "promised_at", "answers", "stops",
        "attempts", "tried_below", "manager_asks", "reopened", "known_fix", "articles", "duplicate_of",
        "action_of", "escalation_state", "returned_at", "returned_facts", "subjects", "item", "organisation", "team",
    }
)  # fmt: skip
"""Fields that a recommendation may rest on; an event that changes none of them changes no recommendation by itself."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A case as it stood after so many of its events, until `end`; `is_new` where what is weighed has changed.

    What its clocks come to is left out: that is a matter of the policy it is seen under.
    """

    case: Case
    events: int
    start: datetime
    end: datetime
    is_new: bool


def stages(facts: Facts, until: datetime, end: datetime) -> Iterator[Stage]:
    """Give how a case stood from each event to the next, of those written down before `until`; the last lasts to `end`.

    Nobody acts any more then: what comes after `until` is what would have been. A case that was not there before
    `until` has one stage, of no length.
    """
    history = facts.history
    case = altered(before(facts.case, history[1:]), next_clock="", next_due=None, time_left=None)
    start, is_new = written_at(history[0]), True
    for place, event in enumerate(history[1:], 1):
        at = max(written_at(event), start)
        if at >= until:
            yield Stage(case, place, start, max(end, start), is_new)
            return
        yield Stage(case, place, start, at, is_new)
        case, start, is_new = after(case, event), at, not WEIGHED.isdisjoint(event.changes)
    yield Stage(case, len(history), start, max(end, start), is_new)


def after(case: Case, event: Event) -> Case:
    """Give a case as an event left it."""
    told: dict[str, Any] = {name: typed(name, new) for name, (_, new) in event.changes.items() if name in FIELDS}
    return altered(case, **told) if told else case
