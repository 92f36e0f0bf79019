"""Leases: a claim made at a console holds while that console lives; when it dies, the case goes back to its queue."""

from __future__ import annotations

from datetime import timedelta

from console.desk.desk import Desk
from console.desk.holding import HELD
from console.desk.record import Change, Done, Told, record_all
from console.domain import acts
from console.domain.case import CaseId, PersonId
from console.domain.events import Kind
from console.domain.people import Actor, Person, Role
from console.store import cases, leases
from console.store.sight import WHOLE

BEAT = timedelta(seconds=30)
"""How often a console says that it lives."""

GRACE = timedelta(minutes=1)
"""How much longer it is waited, so that a console that was stopped for a moment loses nothing."""

MOST = 250
RULE = Actor(Person(id=PersonId("rule:lease"), role=Role.ADMIN))
"""Under whose name a claim is taken back."""


def beat(desk: Desk, actor: Actor, session: str) -> int:
    """Say that a console lives; give how many claims it holds.

    What this person held at a console that has fallen silent passes to this one.
    """
    now = desk.now()
    with desk.read(actor) as look:
        if not leases.has_any(look, (actor.id, session), now):
            return 0
    with desk.jot(actor) as tx:
        return leases.beat(tx, (actor.id, session), now, now + HELD * desk.pace)


def end(desk: Desk, session: str) -> None:
    """Close a console in good order: its claims stay with their person, as those made without a console do."""
    with desk.jot() as tx:
        leases.end(tx, session)


def holder(desk: Desk, actor: Actor, case_id: CaseId) -> tuple[PersonId, str] | None:
    """Give person and session of the lease on a case, or None where it has none."""
    with desk.read(actor) as tx:
        return leases.of(tx, case_id)


def expire(desk: Desk) -> tuple[Done, ...]:
    """Release the claims of consoles that have died, and say so in the history of each case."""
    before = desk.now() - GRACE * desk.pace
    with desk.read(WHOLE) as look:
        if not leases.run_out(look, before, 1):
            return ()
    with desk.write(WHOLE) as tx:
        steps: list[tuple[Change, Told]] = []
        for case_id, person in leases.run_out(tx, before, MOST):
            case = cases.get(tx, case_id)
            cause = f"lease of {person}'s session ran out"
            steps.append(((case, acts.released(case)), Told(kind=Kind.RELEASED, cause=cause)))
        return record_all(desk, tx, RULE, steps)
