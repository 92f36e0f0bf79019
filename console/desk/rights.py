"""Rights at the desk: the access table asked with the people as they are now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from console.desk.desk import Desk
from console.domain.access import Deed, may, must
from console.domain.case import Case
from console.domain.errors import Refused
from console.domain.matrix import Target
from console.domain.people import Actor
from console.domain.roster import Roster, unavailable
from console.store import people
from console.store.engine import Reading


def roster(desk: Desk, tx: Reading) -> Roster:
    """Give the people of the desk as they are now, and who of them is away."""
    return Roster(people.everybody(tx), desk.now())


Barred = Mapping[Target, str]
"""Targets that a case cannot be sent to, each with the reason."""


def closed_to(desk: Desk, tx: Reading, case: Case) -> Barred:
    """Give the targets that a case cannot be sent to now: nobody is there, or a subject would hear of it."""
    return unavailable(case, desk.policy, roster(desk, tx))


def allow_opening(desk: Desk, tx: Reading, actor: Actor) -> None:
    """Say nothing where the actor may open cases. Refused: otherwise."""
    allow(desk, tx, actor, Deed.OPEN)


def allow(desk: Desk, tx: Reading, actor: Actor, deed: Deed, case: Case | None = None) -> None:
    """Refuse what the actor may not do, naming who could.

    Their role, tier and teams are read anew: a console that is open since yesterday keeps no right that was taken away.
    """
    now = replace(actor, person=people.find(tx, actor.id) or actor.person)
    if not may(now, deed, case):
        try:
            must(now, deed, case, roster(desk, tx))
        except Refused:
            desk.denied(_denial(actor, deed, case))
            raise


def _denial(actor: Actor, deed: Deed, case: Case | None) -> str:
    """Say for the log who was denied what."""
    hand, behalf = actor.signature
    who = f"{hand} (for {behalf})" if behalf else hand
    named = "a confidential case" if case and case.confidential else f"case {case.id}" if case else ""
    what = f"{deed} {named}" if case else f"change {deed}"
    return f"{who} may not {what}"
