"""The feed: how one console hears what happened at others."""

from __future__ import annotations

from dataclasses import dataclass

from console.desk.desk import Desk
from console.desk.queues import lines
from console.domain.events import Event
from console.domain.people import Actor
from console.domain.views import Line
from console.store import cases, events

MOST = 200
"""How many events are told at once; a console that is further behind asks again, or loads its view anew."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened up to the event `newest`, and the cases as they stand now; `has_more`: ask again from there."""

    newest: int
    events: tuple[Event, ...] = ()
    cases: tuple[Line, ...] = ()
    has_more: bool = False


def changes_since(desk: Desk, actor: Actor, seq: int, most: int = MOST) -> Changes:
    """Give what happened after an event's sequence number, the oldest first, as far as the actor may see it."""
    with desk.read(actor) as tx:
        found = events.since(tx, seq, most)
        touched = lines(desk, tx, cases.some(tx, {event.case for event in found}))
        newest = events.newest(tx)
    if len(found) == most:
        return Changes(found[-1].seq, found, touched, has_more=found[-1].seq < newest)
    return Changes(newest, found, touched)
