"""Figures for reports: what is counted of the cases a person may see, in one snapshot, and the cases behind each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager

from console.desk.advising import lines
from console.desk.desk import Desk
from console.desk.queues import selection_of
from console.domain.case import CaseId
from console.domain.figures import Figure, Name, Sought
from console.domain.people import Actor
from console.domain.views import Line, Order, View
from console.store import cases
from console.store import figures as counting


def figures(desk: Desk, actor: Actor, text: str, wanted: Iterable[Sought]) -> tuple[tuple[Figure, ...], ...]:
    """Give the figures of each thing sought, on the cases that a query finds; they belong to one moment.

    Refused: a query that cannot be read.
    """
    selection = selection_of(desk, actor, View("", "", text, Order.OLDEST))
    with desk.read(actor) as tx:
        return tuple(counting.told(tx, selection, each) for each in wanted)


def summed(desk: Desk, actor: Actor, text: str, sought: Sought) -> tuple[tuple[Figure, ...], Figure]:
    """Give the figures of one thing sought, and that of all of it. Refused: a query that cannot be read."""
    selection = selection_of(desk, actor, View("", "", text, Order.OLDEST))
    with desk.read(actor) as tx:
        return counting.summed(tx, selection, sought)


def behind(desk: Desk, actor: Actor, text: str, sought: Sought, names: Sequence[Name]) -> tuple[CaseId, ...]:
    """Give the ids of the cases behind one figure, oldest first. Refused: a query that cannot be read."""
    selection = selection_of(desk, actor, View("", "", text, Order.OLDEST))
    with desk.read(actor) as tx:
        return tuple(counting.cases(tx, selection, sought, names))


def while_awaited(desk: Desk, is_over: Callable[[], bool]) -> AbstractContextManager[None]:
    """Let this thread count for as long as somebody waits for it: as soon as `is_over`, what it reads fails."""
    return desk.store.reading_until(is_over)


def listed(desk: Desk, actor: Actor, ids: Iterable[CaseId]) -> tuple[Line, ...]:
    """Give cases with their recommendations, by id, as far as they may be seen."""
    with desk.read(actor) as tx:
        return lines(desk, tx, cases.some(tx, ids))
