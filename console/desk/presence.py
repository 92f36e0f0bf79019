"""Presence: who is here, and who looks at or edits which case."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

from console.desk.desk import Desk
from console.domain.case import CaseId
from console.domain.people import Actor
from console.domain.presence import Doing, Here
from console.store import presence
from console.store.engine import RowValues

SAID = timedelta(seconds=20)
"""How often a console says again what it shows, while that stays the same: each time wakes all others for a moment."""

STALE = timedelta(seconds=90)
"""How long what a console said is believed: three beats of `leases.BEAT`, so that one that is late leaves nobody out.

Consoles that end say so at once; only one that died is still shown for so long.
"""

FORGOTTEN = timedelta(hours=1)
"""After how long the row of a console that died is dropped."""


def see(desk: Desk, actor: Actor, session: str, case_id: CaseId | None = None, doing: Doing = Doing.LOOKING) -> bool:
    """Say what a console shows; give whether it was written: the same again soon after is not."""
    now = desk.now()
    with desk.read(actor) as look:
        last = presence.of(look, session)
    if (
        last is not None
        and last[1:4] == (actor.id, case_id, doing)
        and last[4] is not None
        and now - last[4] < SAID * desk.pace
    ):
        return False
    with desk.jot(actor) as tx:
        presence.put(tx, (session, actor.id, case_id, doing.value, now), now - FORGOTTEN * desk.pace)
    return True


def leave(desk: Desk, session: str) -> None:
    """Say that a console closes."""
    with desk.jot() as tx:
        presence.drop(tx, session)


def here(desk: Desk, actor: Actor) -> tuple[Here, ...]:
    """Give everybody at a console, by person, one entry for each console."""
    with desk.read(actor) as tx:
        found = presence.since(tx, desk.now() - STALE * desk.pace)
    return tuple(Here(person, session, case, Doing(doing), at) for session, person, case, doing, at in found)


def others(desk: Desk, actor: Actor) -> tuple[Here, ...]:
    """Give what other consoles than this desk's show, whenever they said so; the very same as long as it is the same.

    Every console asks whenever any of them has said anything: with many of them, little else is done all day.
    """
    with desk.read(actor) as tx:
        rows = presence.timeless(tx, desk.now() - STALE * desk.pace)
    return _others(rows, desk.session)


@lru_cache(maxsize=4)
def _others(rows: tuple[RowValues, ...], own: str) -> tuple[Here, ...]:
    return tuple(
        Here(person, session, case, Doing(doing), None) for session, person, case, doing in rows if session != own
    )


def who(desk: Desk, actor: Actor, case_id: CaseId) -> tuple[Here, ...]:
    """Give those who have this case in front of them."""
    return tuple(each for each in here(desk, actor) if each.case == case_id)
