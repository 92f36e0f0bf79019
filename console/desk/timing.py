"""Timing: what the clocks of a case come to is kept with it, by whatever act it changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from console.desk.desk import Desk
from console.domain.case import Case, CaseId, Severity, altered
from console.domain.clock import Clock, pressed
from console.domain.clock_marks import breaches_at_once
from console.domain.events import Event
from console.domain.people import Actor
from console.domain.segments import Pressing
from console.store import cases, escalations, events
from console.store.engine import Reading


def is_timed(desk: Desk) -> bool:
    """Say whether the policy gives any clock a target; without, only a due time that was stated counts."""
    return bool(desk.policy.timing.targets)


def timed(desk: Desk, tx: Reading, after: Case, new: Sequence[Event]) -> Case:
    """Give a case with `next_clock`, `next_due` and `time_left` as its history and the new events make them."""
    history = (*events.of_case(tx, after.id), *new) if is_timed(desk) and after.status.is_live else ()
    return timed_by(desk, after, history)


def timed_by(desk: Desk, case: Case, history: Sequence[Event]) -> Case:
    """Give a case with what its clocks come to, by its whole history; escalations tell of themselves in it."""
    return shown(case, pressed(case, history, (), desk.policy))


def shown(case: Case, found: Pressing) -> Case:
    """Give a case with what its clocks come to; the same one where that is what it had."""
    if (case.next_clock, case.next_due, case.time_left) == (found.name, found.due, found.left):
        return case
    return altered(case, next_clock=found.name, next_due=found.due, time_left=found.left)


def would_breach(
    desk: Desk,
    actor: Actor,
    case_id: CaseId,
    *,
    severity: Severity | None = None,
    category: str | None = None,
    due: datetime | None = None,
) -> tuple[Clock, ...]:
    """Give the clocks that would run out at once if these facts of a case were changed, so that it can be said before.

    Each is as it would stand then. Refused: a case that is not there for the actor.
    """
    facts: dict[str, Any] = {"severity": severity, "category": category, "due": due}
    with desk.read(actor) as tx:
        case = cases.get(tx, case_id)
        wanted = replace(case, **{name: value for name, value in facts.items() if value is not None})
        history, moves = events.of_case(tx, case_id), escalations.of_case(tx, case_id)
        return breaches_at_once(case, history, moves, desk.policy, desk.now(), wanted)
