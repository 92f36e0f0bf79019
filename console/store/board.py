"""The board's reads: what stands where in one pass over an index, and the cases of one column."""

from __future__ import annotations

from datetime import datetime

from console.domain.board import Axis, Heap, Place
from console.domain.case import PersonId, Status
from console.domain.views import Order
from console.store.codec import EPOCH, instant, micros
from console.store.engine import Reading, RowValues
from console.store.windows import Selection


def heaps(tx: Reading, now: datetime) -> tuple[Heap, ...]:
    """Give the live cases the viewer may see per team, tier, handler and status.

    One pass over the index `case_board`, which is in this order and holds all that is asked: its cost goes by the live
    cases, not by those there ever were.
    """
    sql = (
        "SELECT c.tier, c.team, c.handler, c.status, count(*), sum(c.next_due < :now), min(c.created)"
        f' FROM "case" c INDEXED BY case_board WHERE c.live = 1 AND {tx.sight.seen()}'
        " GROUP BY c.team, c.tier, c.handler, c.status"
    )
    return tuple(map(_heap, tx.rows(sql, {"now": micros(now)})))


def selection(tx: Reading, place: Place) -> Selection:
    """Give the live cases of a place that the viewer may see, the most urgent first; each kind has its own index."""
    person = "c.tier = :tier AND c.handler IS NULL" if place.is_nobody else "c.handler = :person"
    where = {Axis.TIER: "c.tier = :tier", Axis.TEAM: "c.tier = :tier AND c.team = :team", Axis.PERSON: person}
    values = {"tier": place.tier, "team": place.team, "person": place.person}
    return Selection(f"c.live = 1 AND {where[place.axis]} AND {tx.sight.seen()}", values, Order.URGENT)


def _heap(row: RowValues) -> Heap:
    """Read a heap; what waits is in nobody's hand."""
    tier, team, handler, status, count, overdue, oldest = row
    is_waiting = status == Status.WAITING
    return Heap(
        tier=tier,
        team=team,
        handler=None if handler is None else PersonId(handler),
        count=count,
        late=overdue or 0,
        carried=0 if is_waiting else count,
        oldest=instant(oldest) or EPOCH,
    )
