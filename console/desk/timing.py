"""Timing: what the clocks of a case come to is kept with it, by whatever act it changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from console.desk.desk import Desk
from console.domain.case import Case, CaseId, Severity
from console.domain.clock import Clock, clocks, pressed
from console.domain.clock_marks import breaches_at_once
from console.domain.events import Event
from console.domain.people import Actor
from console.store import cases, escalations, events
from console.store.engine import Tx
from console.store.sight import WHOLE

AT_ONCE = 250
"""How many cases are worked out anew in one transaction, so that nobody's key waits for it."""


def is_timed(desk: Desk) -> bool:
    """Say whether the policy gives any clock a target; without, only a due time that was stated counts."""
    return bool(desk.policy.timing.targets)


def timed(desk: Desk, tx: Tx, after: Case, new: Sequence[Event]) -> Case:
    """Give a case with `next_clock`, `next_due` and `time_left` as its history and the new events make them."""
    history = (*events.of_case(tx, after.id), *new) if is_timed(desk) and after.status.is_live else ()
    return timed_by(desk, after, history)


def timed_by(desk: Desk, case: Case, history: Sequence[Event]) -> Case:
    """Give a case with what its clocks come to, by its whole history; escalations tell of themselves in it."""
    found = pressed(case, history, (), desk.policy)
    if (case.next_clock, case.next_due, case.time_left) == (found.name, found.due, found.left):
        return case
    return replace(case, next_clock=found.name, next_due=found.due, time_left=found.left)


def clocks_of(desk: Desk, actor: Actor, case_id: CaseId) -> tuple[Clock, ...]:
    """Give every clock of a case as it stands now, oldest first. Refused: a case that is not there for the actor."""
    with desk.read(actor) as tx:
        case = cases.get(tx, case_id)
        return clocks(case, events.of_case(tx, case_id), escalations.of_case(tx, case_id), desk.policy, desk.now())


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


def renew(desk: Desk, ids: Iterable[CaseId]) -> int:
    """Work out anew what the clocks of cases come to, as after a change of the policy; give how many differed.

    No act is done to them: their version stays, since nothing happened to them.
    """
    wanted, changed = tuple(ids), 0
    for start in range(0, len(wanted), AT_ONCE):
        with desk.store.write(WHOLE) as tx:
            part = cases.some(tx, wanted[start : start + AT_ONCE])
            changed += len(renewed(desk, tx, part))
    return changed


def renewed(desk: Desk, tx: Tx, part: Sequence[Case]) -> tuple[Case, ...]:
    """Work out what the clocks of cases come to in the transaction at hand; give those that differed, as they are now.

    Its sight must be that of the whole desk.
    """
    if is_timed(desk):
        events.read_histories_ahead(tx, [case.id for case in part])
    pairs = [(case, timed_by(desk, case, events.of_case(tx, case.id) if is_timed(desk) else ())) for case in part]
    moved = [after for before, after in pairs if before is not after]
    cases.save_timing(tx, moved)
    return tuple(moved)
