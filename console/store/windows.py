"""Windows: any stretch of a sorted view, at the same cost however many cases there are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from console.domain.case import Case, CaseId
from console.domain.views import Anchor, Grouping, Order
from console.store import grouped, sqlite_search, walk
from console.store.cases import COLUMNS, SELECT_CASE
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

AMONG = "c.id IN (SELECT value FROM json_each(:only))"
"""The condition that a case is one of those that are given by their numbers."""

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

    def among(self, ids: Iterable[CaseId] | None) -> Selection:
        """Give the selection of no other cases than these; None stands for all."""
        if ids is None:
            return self
        values = {**self.values, "only": json.dumps(list(ids))}
        where, rest = (f"({each} AND {AMONG})" if each else "" for each in (self.where, self.rest))
        return replace(self, where=where, rest=rest, values=values)


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
    return tx.rows(_judged(tx, selection, sql), {**selection.values, **(values or {})})


def _judged(tx: Reading, selection: Selection, sql: str) -> str:
    """Give a statement back when what it calls is there."""
    if selection.judge is not None and "advice(" in sql:
        tx.driver.create_function("advice", -1, selection.judge(tx), deterministic=True)
    return sql


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
    return [case_from(row) for row in first_rows(tx, selection, size)]


def first_rows(tx: Reading, selection: Selection, size: int) -> list[RowValues]:
    """Give the rows of the first cases of a view, at most `size`."""
    return _page(tx, selection, (0, size))


def stretch(
    tx: Reading, selection: Selection, index: int, size: int, count: int, anchor: Anchor | None = None
) -> list[Case]:
    """Give the cases from place `index` on, by the shortest way: from the anchor, from the end, or from the start.

    `count` is the number of cases in the view, or `UNKNOWN`. Walking from an anchor never passes the rows before it
    (keyset paging).
    """
    size = max(0, min(size, count - index))
    return [case_from(row) for row in _stretch(tx, selection, index, size, count, anchor)] if size else []


def _stretch(
    tx: Reading, selection: Selection, index: int, size: int, count: int, anchor: Anchor | None
) -> list[RowValues]:
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


def _walk(tx: Reading, selection: Selection, case: Case, skip: int, size: int) -> list[RowValues]:
    """Give the cases from this one on, itself first."""
    beyond = _beyond(selection, case, backwards=False, inclusive=True)
    return _page(tx, _bound(selection, *beyond), (skip, size))


def _walk_back(tx: Reading, selection: Selection, case: Case, skip: int, size: int) -> list[RowValues]:
    beyond = _beyond(selection, case, backwards=True)
    return _page(tx, _bound(selection, *beyond), (skip, size), backwards=True)[::-1]


def _from_start(tx: Reading, selection: Selection, skip: int, size: int) -> list[RowValues]:
    return _page(tx, selection, (skip, size))


def _from_end(tx: Reading, selection: Selection, skip: int, size: int) -> list[RowValues]:
    return _page(tx, selection, (skip, size), backwards=True)[::-1]


def _bound(selection: Selection, condition: str, values: Mapping[str, Any]) -> Selection:
    """Give a selection with one more condition; by id it is one of the hits, which are then not read from the start."""
    of_hits = condition.replace("c.id", "s.rowid") if selection.order in BY_ID else condition
    rest = f"{selection.rest} AND {of_hits}" if selection.words else ""
    where = f"{selection.where} AND {condition}"
    return replace(selection, where=where, rest=rest, values={**selection.values, **values})


def _page(
    tx: Reading, selection: Selection, stretch_of: tuple[int, int], *, backwards: bool = False
) -> list[RowValues]:
    """Give a page. Where rows are skipped, the ids are found first on a covering index, so that those are not read.

    The numbers of the page stand in the statement: SQLite plans anew whenever a limit is bound.
    """
    skip, size = stretch_of
    order = _order_by(selection, backwards=backwards)
    cut = f"ORDER BY {order} LIMIT {size:d}{f' OFFSET {skip:d}' if skip else ''}"
    if selection.words and selection.order in BY_ID and not selection.is_grouped:
        if skip:
            return _of_ids(tx, selection, sqlite_search.hits(selection, "c.id AS found", cut), order)
        return rows(tx, selection, sqlite_search.hits(selection, COLUMNS, cut))
    if skip or selection.words:
        is_walked = selection.words and not selection.is_grouped
        is_common = is_walked and rows(tx, selection, sqlite_search.is_common(selection))
        where = sqlite_search.walked(selection) if is_common else selection.where
        return _of_ids(tx, selection, f'SELECT c.id AS found FROM "case" c WHERE {where} {cut}', order)
    if selection.is_grouped:
        return rows(tx, selection, f"{SELECT_CASE} WHERE {selection.where} {cut}")
    sql = _judged(tx, selection, f"{SELECT_CASE} WHERE {selection.where} {cut}")
    found = walk.rows(tx, sql, selection.values, size)
    if found is None:
        return rows(tx, selection, f"{SELECT_CASE} NOT INDEXED WHERE {selection.where} {cut}")
    return found


def _of_ids(tx: Reading, selection: Selection, ids_of: str, order: str) -> list[RowValues]:
    """Give the whole rows of the ids that a statement finds."""
    return rows(tx, selection, f"{SELECT_CASE} JOIN ({ids_of}) ON found = c.id ORDER BY {order}")


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
