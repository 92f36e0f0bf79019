"""Following: whether what is shown of a view still stands after cases have changed, told from their events alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from console.domain.case import Case
from console.domain.changes import FIELDS, typed
from console.domain.events import Event, Kind
from console.domain.query.tree import Query
from console.domain.views import Line, Order, View, group_of

UNTOLD = ("updated", "has", "advice")
"""Fields of the query language whose value before an event no event tells."""

BY_CHANGE = frozenset({Order.UPDATED, Order.QUIET})
"""Orders in which every event moves its case."""


def stands(
    view: View, parsed: Query, finds: Callable[[Case], bool], lines: Iterable[Line], events: Sequence[Event]
) -> bool:
    """Say whether a view holds the same cases in the same order as before these events; `lines` are the cases now.

    `finds` is the view's query. What cannot be told is taken to have changed.
    """
    if view.order in BY_CHANGE or parsed.finds_text or any(map(parsed.names, UNTOLD)):
        return False
    return all(_stands(view, finds, line.case, [e for e in events if e.case == line.case.id]) for line in lines)


def before(case: Case, events: Iterable[Event]) -> Case:
    """Give a case as it was before its newest events, which are given oldest first."""
    back: dict[str, Any] = {}
    for event in events:
        for name, (old, _) in event.changes.items():
            if name in FIELDS and name not in back:
                back[name] = typed(name, old)
    return replace(case, **back)


def _stands(view: View, finds: Callable[[Case], bool], case: Case, events: Sequence[Event]) -> bool:
    is_new = any(event.kind is Kind.OPENED for event in events)
    was = before(case, events)
    was_in, is_in = not is_new and finds(was), finds(case)
    return was_in == is_in and (not is_in or _key(view, was) == _key(view, case))


def _key(view: View, case: Case) -> tuple[str, int, datetime | None]:
    """Give what places a case in a view besides its id."""
    severity = case.severity if view.order is Order.URGENT else 0
    due = case.due if view.order in {Order.URGENT, Order.DUE} else None
    return group_of(case, view.grouping), severity, due
