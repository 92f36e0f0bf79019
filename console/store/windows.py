"""Windows: any stretch of a sorted view, at the same cost however many cases there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from console.domain.case import Case, CaseId
from console.domain.views import Anchor, Grouping, Order
from console.store import grouped, sqlite_search
from console.store.cases import SELECT_CASE
from console.store.codec import case_from, case_values
from console.store.engine import Reading, RowValues
from console.store.verdicts import Judge

KEYS: Mapping[Order, tuple[tuple[str, bool], ...]] = {
    Order.URGENT: (("severity", False), ("due_key", False), ("id", False)),
    Order.DUE: (("due_key", False), ("id", False)),
    Order.NEWEST: (("id", True),),
    Order.OLDEST: (("id", False),),
    Order.UPDATED: (("updated", True), ("id", True)),
    Order.QUIET: (("updated", False), ("id", False)),
}
"""The columns of each order, and whether they descend."""

BY_ID = frozenset({Order.NEWEST, Order.OLDEST})
"""Orders in which the full-text index gives its hits."""

UNKNOWN = 2**62
"""Stands for the number of cases of a view that was not counted to its end."""

FAR = 400
"""How many rows a walk may skip before a jump is cheaper."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which cases a view holds, as SQL over the alias `c` with its values, and in which order.

    Where words are searched for, `words` names the value of their expression and `rest` holds all other conditions.
    `judge` is what `advice(…)` calls. Where there is a grouping, the groups stand one after another, each in the order.
    """

    where: str
    values: Mapping[str, Any]
    order: Order
    rest: str = ""
    words: str = ""
    judge: Judge | None = None
    grouping: Grouping = Grouping.NONE

    @property
    def is_grouped(self) -> bool:
        """Whether the groups must be sorted for themselves."""
        return not grouped.is_sorted_anyhow(self.grouping, self.order)


def total(tx: Reading, selection: Selection, most: int | None = None) -> int:
    """Count the cases of a view, but no more than `most` where that is given."""
    if most is None:
        sql = f'SELECT count(*) FROM "case" c WHERE {selection.where}'
    elif selection.words:
        sql = sqlite_search.counted(selection, most)
    else:
        sql = f'SELECT count(*) FROM (SELECT 1 FROM "case" c WHERE {selection.where} LIMIT {most})'
    return int(rows(tx, selection, sql)[0][0])


def rows(tx: Reading, selection: Selection, sql: str, values: Mapping[str, Any] | None = None) -> list[RowValues]:
    """Give the rows of a statement over a selection; one that asks for `advice(…)` is given the function."""
    if selection.judge is not None and "advice(" in sql:
        tx.driver.create_function("advice", -1, selection.judge, deterministic=True)
    return tx.rows(sql, {**selection.values, **(values or {})})


def rank(tx: Reading, selection: Selection, case: Case) -> int:
    """Count the cases of a view that stand before this one."""
    before, values = _beyond(selection, case, backwards=True)
    sql = f'SELECT count(*) FROM "case" c WHERE {selection.where} AND {before}'
    return int(rows(tx, selection, sql, values)[0][0])


def holds(tx: Reading, selection: Selection, case_id: CaseId) -> bool:
    """Say whether a case is in a view."""
    sql = f'SELECT 1 FROM "case" c WHERE c.id = :this_id AND ({selection.where})'
    return bool(rows(tx, selection, sql, {"this_id": case_id}))


def ids(tx: Reading, selection: Selection) -> list[CaseId]:
    """Give the ids of a view, in its order."""
    sql = f'SELECT c.id FROM "case" c WHERE {selection.where} ORDER BY {_order_by(selection)}'
    return [CaseId(found) for (found,) in rows(tx, selection, sql)]


def first(tx: Reading, selection: Selection, size: int) -> list[Case]:
    """Give the first cases of a view, at most `size`."""
    return _page(tx, selection, (0, size))


def stretch(
    tx: Reading, selection: Selection, index: int, size: int, count: int, anchor: Anchor | None = None
) -> list[Case]:
    """Give the cases from place `index` on, by the shortest way: from the anchor, from the end, or from the start.

    `count` is the number of cases in the view, or `UNKNOWN`. Walking from an anchor never passes the rows before it
    (keyset paging).
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
    beyond = _beyond(selection, case, backwards=False, inclusive=True)
    return _page(tx, _bound(selection, *beyond), (skip, size))


def _walk_back(tx: Reading, selection: Selection, case: Case, skip: int, size: int) -> list[Case]:
    beyond = _beyond(selection, case, backwards=True)
    return _page(tx, _bound(selection, *beyond), (skip, size), backwards=True)[::-1]


def _from_start(tx: Reading, selection: Selection, skip: int, size: int) -> list[Case]:
    return _page(tx, selection, (skip, size))


def _from_end(tx: Reading, selection: Selection, skip: int, size: int) -> list[Case]:
    return _page(tx, selection, (skip, size), backwards=True)[::-1]


def _bound(selection: Selection, condition: str, values: Mapping[str, Any]) -> Selection:
    """Give a selection with one more condition."""
    rest = f"{selection.rest} AND {condition}" if selection.words else ""
    where = f"{selection.where} AND {condition}"
    return replace(selection, where=where, rest=rest, values={**selection.values, **values})


def _page(tx: Reading, selection: Selection, stretch_of: tuple[int, int], *, backwards: bool = False) -> list[Case]:
    """Give a page. Where rows are skipped, the ids are found first on a covering index, so that those are not read."""
    skip, size = stretch_of
    page = {"page_size": size, "page_skip": skip}
    order, where = _order_by(selection, backwards=backwards), selection.where
    if selection.words and not selection.is_grouped:
        if selection.order in BY_ID:
            first = sqlite_search.first_hits(selection, order.removeprefix("c.id "))
            if len(found := _whole(tx, selection, first, order, page)) == size:
                return found
        elif rows(tx, selection, sqlite_search.is_common(selection)):
            where = sqlite_search.walked(selection)
    cut = f"WHERE {where} ORDER BY {order} LIMIT :page_size OFFSET :page_skip"
    if skip:
        return _whole(tx, selection, f'SELECT c.id AS found FROM "case" c {cut}', order, page)
    return [case_from(row) for row in rows(tx, selection, f"{SELECT_CASE} {cut}", page)]


def _whole(tx: Reading, selection: Selection, ids_of: str, order: str, page: Mapping[str, int]) -> list[Case]:
    sql = f"{SELECT_CASE} JOIN ({ids_of}) ON found = c.id ORDER BY {order}"
    return [case_from(row) for row in rows(tx, selection, sql, page)]


def _order_by(selection: Selection, *, backwards: bool = False) -> str:
    groups = [f"{grouped.column(selection.grouping)} {'DESC' if backwards else 'ASC'}"] if selection.is_grouped else []
    keys = [f"c.{name} {'DESC' if descends != backwards else 'ASC'}" for name, descends in KEYS[selection.order]]
    return ", ".join((*groups, *keys))


def _beyond(
    selection: Selection, case: Case, *, backwards: bool, inclusive: bool = False
) -> tuple[str, dict[str, Any]]:
    """Give the condition for standing after a case in a view (before it, backwards), with its values."""
    within, values = _beyond_in_order(selection.order, case, backwards=backwards, inclusive=inclusive)
    if not selection.is_grouped:
        return within, values
    column, sign = grouped.column(selection.grouping), "<" if backwards else ">"
    condition = f"{column} {sign}= :key_group AND ({column} {sign} :key_group OR {within})"
    return condition, values | {"key_group": grouped.value(case, selection.grouping)}


def _beyond_in_order(order: Order, case: Case, *, backwards: bool, inclusive: bool) -> tuple[str, dict[str, Any]]:
    stored = case_values(case)
    names = [name for name, _ in KEYS[order]]
    descends = KEYS[order][0][1]
    sign = "<" if descends != backwards else ">"
    columns = ", ".join(f"c.{name}" for name in names)
    places = ", ".join(f":key_{name}" for name in names)
    return f"({columns}) {sign}{'=' if inclusive else ''} ({places})", {f"key_{name}": stored[name] for name in names}
