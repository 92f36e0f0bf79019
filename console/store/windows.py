"""Windows: any stretch of a sorted view, at the same cost however many cases there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from console.domain.case import Case, CaseId
from console.domain.views import Anchor, Order
from console.store.cases import SELECT_CASE
from console.store.codec import case_from, case_values
from console.store.engine import Reading

KEYS: Mapping[Order, tuple[tuple[str, bool], ...]] = {
    Order.URGENT: (("severity", False), ("due_key", False), ("id", False)),
    Order.DUE: (("due_key", False), ("id", False)),
    Order.NEWEST: (("id", True),),
    Order.OLDEST: (("id", False),),
    Order.UPDATED: (("updated", True), ("id", True)),
}
"""The columns of each order, and whether they descend."""

FAR = 400
"""How many rows a walk may skip before a jump is cheaper."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which cases a view holds, as SQL over the alias `c` with its values, and in which order."""

    where: str
    values: Mapping[str, Any]
    order: Order


def total(tx: Reading, selection: Selection) -> int:
    """Count the cases of a view."""
    sql = f'SELECT count(*) FROM "case" c WHERE {selection.where}'
    return int(tx.rows(sql, selection.values)[0][0])


def rank(tx: Reading, selection: Selection, case: Case) -> int:
    """Count the cases of a view that stand before this one."""
    before, values = _beyond(selection.order, case, backwards=True)
    sql = f'SELECT count(*) FROM "case" c WHERE {selection.where} AND {before}'
    return int(tx.rows(sql, {**selection.values, **values})[0][0])


def holds(tx: Reading, selection: Selection, case_id: CaseId) -> bool:
    """Say whether a case is in a view."""
    sql = f'SELECT 1 FROM "case" c WHERE c.id = :this_id AND ({selection.where})'
    return bool(tx.rows(sql, {**selection.values, "this_id": case_id}))


def ids(tx: Reading, selection: Selection) -> list[CaseId]:
    """Give the ids of a view, in its order."""
    sql = f'SELECT c.id FROM "case" c WHERE {selection.where} ORDER BY {_order_by(selection.order)}'
    return [CaseId(found) for (found,) in tx.rows(sql, selection.values)]


def stretch(
    tx: Reading, selection: Selection, index: int, size: int, count: int, anchor: Anchor | None = None
) -> list[Case]:
    """Give the cases from place `index` on, by the shortest way: from the anchor, from the end, or from the start.

    `count` is the number of cases in the view. Walking from an anchor never passes the rows before it (keyset paging).
    """
    size = max(0, min(size, count - index))
    if size == 0:
        return []
    if anchor is not None and 0 <= index - anchor.index <= FAR:
        return _walk(tx, selection, anchor.case, index - anchor.index, size)
    if anchor is not None and 0 < anchor.index - index <= FAR:
        reach = anchor.index - index
        back = _walk_back(tx, selection, anchor.case, max(0, reach - size), min(size, reach))
        return back + (_walk(tx, selection, anchor.case, 0, size - reach) if size > reach else [])
    behind = count - index - size
    if behind < index:
        return _from_end(tx, selection, behind, size)
    return _from_start(tx, selection, index, size)


def _walk(tx: Reading, selection: Selection, case: Case, skip: int, size: int) -> list[Case]:
    """Give the cases from this one on, itself first."""
    beyond, values = _beyond(selection.order, case, backwards=False, inclusive=True)
    where, values = f"{selection.where} AND {beyond}", {**selection.values, **values}
    return _page(tx, where, values, _order_by(selection.order), (skip, size))


def _walk_back(tx: Reading, selection: Selection, case: Case, skip: int, size: int) -> list[Case]:
    beyond, values = _beyond(selection.order, case, backwards=True)
    where, values = f"{selection.where} AND {beyond}", {**selection.values, **values}
    return _page(tx, where, values, _order_by(selection.order, backwards=True), (skip, size))[::-1]


def _from_start(tx: Reading, selection: Selection, skip: int, size: int) -> list[Case]:
    return _page(tx, selection.where, selection.values, _order_by(selection.order), (skip, size))


def _from_end(tx: Reading, selection: Selection, skip: int, size: int) -> list[Case]:
    order = _order_by(selection.order, backwards=True)
    return _page(tx, selection.where, selection.values, order, (skip, size))[::-1]


def _page(tx: Reading, where: str, values: Mapping[str, Any], order: str, stretch_of: tuple[int, int]) -> list[Case]:
    """Find the ids on a covering index first, so that skipped rows are never read whole."""
    skip, size = stretch_of
    sql = (
        f'{SELECT_CASE} JOIN (SELECT c.id AS found FROM "case" c WHERE {where} ORDER BY {order}'
        " LIMIT :page_size OFFSET :page_skip) ON found = c.id"
        f" ORDER BY {order}"
    )
    return [case_from(row) for row in tx.rows(sql, {**values, "page_size": size, "page_skip": skip})]


def _order_by(order: Order, *, backwards: bool = False) -> str:
    return ", ".join(f"c.{name} {'DESC' if descends != backwards else 'ASC'}" for name, descends in KEYS[order])


def _beyond(order: Order, case: Case, *, backwards: bool, inclusive: bool = False) -> tuple[str, dict[str, Any]]:
    """Give the condition for standing after a case in an order (before it, backwards), with its values."""
    stored = case_values(case)
    names = [name for name, _ in KEYS[order]]
    descends = KEYS[order][0][1]
    sign = "<" if descends != backwards else ">"
    columns = ", ".join(f"c.{name}" for name in names)
    places = ", ".join(f":key_{name}" for name in names)
    return f"({columns}) {sign}{'=' if inclusive else ''} ({places})", {f"key_{name}": stored[name] for name in names}
