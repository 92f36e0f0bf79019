"""Attainment at the desk: the clocks that ended in a period, worked out from the histories of the cases it touched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from console.desk.desk import Desk
from console.desk.facts import pasts
from console.desk.queues import selection_of
from console.domain.attained import Ended, ends
from console.domain.case import CaseId
from console.domain.clock import clocks
from console.domain.figures import Sought, Subject
from console.domain.people import Actor
from console.domain.views import Order, View
from console.store import cases
from console.store import figures as counting
from console.store.engine import Reading

MOST = 10_000
"""Of how many cases at most the clocks are worked out, which takes a third of a millisecond each."""
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Attained:
    """The ends of clocks, worked out on every case that the period touched, or on every `step`th of so many."""

    ended: tuple[Ended, ...]
    step: int


def attained(desk: Desk, actor: Actor, text: str, since: datetime, until: datetime, most: int = MOST) -> Attained:
    """Give the clocks that ended from `since` on and before `until`, of the cases that a query finds.

    They are those of the policy in force. Refused: a query that cannot be read.
    """
    selection = selection_of(desk, actor, View("", "", text, Order.OLDEST))
    with desk.read(actor) as tx:
        touched = counting.cases(tx, selection, Sought(subject=Subject.TOUCHED, since=since, until=until), ())
        step = max(-(-len(touched) // most), 1)
        every = _ended(desk, tx, touched[::step])
        return Attained(tuple(each for each in every if since <= each.at < until), step)


def _ended(desk: Desk, tx: Reading, ids: list[CaseId]) -> Iterator[Ended]:
    """Give every end of the clocks of some cases."""
    now = desk.now()
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        for facts in pasts(tx, cases.some(tx, some)):
            yield from ends(facts.case, clocks(facts.case, facts.history, facts.escalations, desk.policy, now))
        tx.ahead.forget(some)
