"""What the groups of a view are sorted by: a column as SQL, and the value that one case has in it.

Severities, statuses and tiers stand in their own order, all others by name; cases that have none come first.
"""

from __future__ import annotations

from console.domain.case import Case, Status
from console.domain.views import Grouping, Order
from console.store.codec import case_values

STATUSES = tuple(Status)
PLACES = " ".join(f"WHEN '{status}' THEN {place}" for place, status in enumerate(STATUSES))


def is_sorted_anyhow(grouping: Grouping, order: Order) -> bool:
    """Say whether an order keeps the cases of each group together by itself, so that its index serves."""
    return grouping is Grouping.NONE or (grouping is Grouping.SEVERITY and order is Order.URGENT)


def column(grouping: Grouping) -> str:
    """Give what the groups are sorted by, over the alias `c`; it is never NULL."""
    match grouping:
        case Grouping.STATUS:
            return f"CASE c.status {PLACES} END"
        case Grouping.HANDLER:
            return "ifnull(c.handler, '')"
        case _:
            return f"c.{grouping}"


def value(case: Case, grouping: Grouping) -> object:
    """Give the value a case has in that column."""
    if grouping is Grouping.STATUS:
        return STATUSES.index(case.status)
    found = case_values(case)[grouping]
    return "" if found is None else found
