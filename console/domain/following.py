"""Following: whether what is shown of a view still stands after cases have changed, told from their events alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from console.domain.case import Case, Status, altered
from console.domain.changes import FIELDS, typed
from console.domain.clock_fold import may_move
from console.domain.events import Event, Kind
from console.domain.query.tree import Query
from console.domain.views import Line, Order, View, group_of

UNTOLD = ("updated", "has", "advice")
"""Fields of the query language whose value before an event no event tells."""

BY_DUE = frozenset({Order.URGENT, Order.DUE})
"""Orders by what the clocks of a case come to, which no event tells."""

ON_TIME = ("due", "late", "clock")
"""Fields of the query language that go by the clocks."""

BY_CHANGE = frozenset({Order.UPDATED, Order.QUIET})
"""Orders in which every event moves its case."""


def stands(
    view: View,
    parsed: Query,
    finds: Callable[[Case], bool],
    lines: Iterable[Line],
    events: Sequence[Event],
    *,
    is_timed: bool = True,
) -> bool:
    """Say whether a view holds the same cases in the same order as before these events; `lines` are the cases now.

    `finds` is the view's query. What cannot be told is taken to have changed: what the clocks of a case came to before,
    unless they are not timed (`is_timed`), so that only a stated due time counts.
    """
    if view.order in BY_CHANGE or parsed.finds_text or any(map(parsed.names, UNTOLD)):
        return False
    goes_by_time = is_timed and (view.order in BY_DUE or any(map(parsed.names, ON_TIME)))
    for line in lines:
        own = [event for event in events if event.case == line.case.id]
        if goes_by_time and any(may_move(event, line.case) for event in own):
            return False
        if not _stands(view, finds, line.case, own, is_timed=is_timed):
            return False
    return True


def before(case: Case, events: Iterable[Event], **clocks: Any) -> Case:  # noqa: ANN401 - of fields of a case
    """Give a case as it was before its newest events, which are given oldest first; but with the clocks of now.

    Where `clocks` are given, it has those.
    """
    back = clocks
    for event in events:
        for name, (old, _) in event.changes.items():
            if name in FIELDS and name not in back:
                back[name] = typed(name, old)
    return altered(case, **back) if back else case


def _stands(view: View, finds: Callable[[Case], bool], case: Case, events: Sequence[Event], *, is_timed: bool) -> bool:
    is_new = any(event.kind is Kind.OPENED for event in events)
    was = before(case, events)
    if not is_timed:
        was = replace(was, next_due=was.due if was.status in {Status.NEW, Status.OPEN} else None)
    was_in, is_in = not is_new and finds(was), finds(case)
    return was_in == is_in and (not is_in or _key(view, was) == _key(view, case))


def _key(view: View, case: Case) -> tuple[str, int, datetime | None]:
    """Give what places a case in a view besides its id."""
    severity = case.severity if view.order is Order.URGENT else 0
    return group_of(case, view.grouping), severity, case.next_due if view.order in BY_DUE else None
