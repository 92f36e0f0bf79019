"""The feed: how one console hears what happened at others."""

from __future__ import annotations

from dataclasses import dataclass

from console.desk.advising import lines
from console.desk.desk import Desk
from console.domain.events import Event
from console.domain.people import Actor
from console.domain.views import Line
from console.store import cases, events

MOST = 200
"""How many events are told at once; a console that is further behind asks again, or loads its view anew."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened up to the event `newest`, and the cases as they stand now; `has_more`: ask again from there.

    `is_partial`: something happened to cases that the person may not see, perhaps no longer.
    """

    newest: int
    events: tuple[Event, ...] = ()
    cases: tuple[Line, ...] = ()
    has_more: bool = False
    is_partial: bool = False


def changes_since(desk: Desk, actor: Actor, seq: int, most: int = MOST) -> Changes:
    """Give what happened after an event's sequence number, the oldest first, as far as the actor may see it."""
    with desk.read(actor) as tx:
        newest = events.newest(tx)
        found = events.since(tx, seq, most) if newest > seq else ()
        touched = lines(desk, tx, cases.some(tx, {event.case for event in found})) if found else ()
    reached = found[-1].seq if len(found) == most else newest
    return Changes(reached, found, touched, reached < newest, reached - seq > len(found))
