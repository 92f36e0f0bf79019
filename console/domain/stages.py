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


@dataclass(frozen=True, slots=True)
class Stage:
    """A case as it stood after so many of its events, until `end`.

    What its clocks come to is left out: that is a matter of the policy it is seen under.
    """

    case: Case
    events: int
    start: datetime
    end: datetime


def stages(facts: Facts, until: datetime, end: datetime) -> Iterator[Stage]:
    """Give how a case stood from each event to the next, of those written down before `until`; the last lasts to `end`.

    Nobody acts any more then: what comes after `until` is what would have been. A case that was not there before
    `until` has one stage, of no length.
    """
    history = facts.history
    case = before(facts.case, history[1:], next_clock="", next_due=None, time_left=None)
    start = written_at(history[0])
    for place, event in enumerate(history[1:], 1):
        at = max(written_at(event), start)
        if at >= until:
            yield Stage(case, place, start, max(end, start))
            return
        yield Stage(case, place, start, at)
        case, start = after(case, event), at
    yield Stage(case, len(history), start, max(end, start))


def after(case: Case, event: Event) -> Case:
    """Give a case as an event left it."""
    told: dict[str, Any] = {name: typed(name, new) for name, (_, new) in event.changes.items() if name in FIELDS}
    return altered(case, **told) if told else case
