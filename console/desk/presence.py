"""Presence: who is here, and who looks at or edits which case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from console.desk.desk import Desk
from console.domain.case import CaseId, PersonId
from console.domain.people import Actor
from console.store import presence

SAID = timedelta(seconds=10)
"""How often a console says again what it shows, while that stays the same."""

STALE = timedelta(seconds=30)
"""How long what a console said is believed."""

FORGOTTEN = timedelta(hours=1)
"""After how long the row of a console that died is dropped."""


class Doing(StrEnum):
    """What somebody does with a case that is open in front of them."""

    LOOKING = "looking"
    EDITING = "editing"


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody at a console, and what it shows: a case and what they do with it, or None."""

    person: PersonId
    session: str
    case: CaseId | None
    doing: Doing
    at: datetime | None


def see(desk: Desk, actor: Actor, session: str, case_id: CaseId | None = None, doing: Doing = Doing.LOOKING) -> bool:
    """Say what a console shows; give whether it was written: the same again within ten seconds is not."""
    now = desk.now()
    with desk.read(actor) as look:
        last = presence.of(look, session)
    if last is not None and last[1:4] == (actor.id, case_id, doing) and last[4] is not None and now - last[4] < SAID:
        return False
    with desk.write(actor) as tx:
        presence.put(tx, (session, actor.id, case_id, doing.value, now), now - FORGOTTEN)
    return True


def leave(desk: Desk, session: str) -> None:
    """Say that a console closes."""
    with desk.write() as tx:
        presence.drop(tx, session)


def here(desk: Desk, actor: Actor) -> tuple[Here, ...]:
    """Give everybody at a console, by person, one entry for each console."""
    with desk.read(actor) as tx:
        found = presence.since(tx, desk.now() - STALE)
    return tuple(Here(person, session, case, Doing(doing), at) for session, person, case, doing, at in found)


def who(desk: Desk, actor: Actor, case_id: CaseId) -> tuple[Here, ...]:
    """Give those who have this case in front of them."""
    return tuple(each for each in here(desk, actor) if each.case == case_id)
