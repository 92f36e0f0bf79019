"""Figures: facts counted in the database, and the cases behind them; only of cases that the viewer may see.

A subject is one FROM and WHERE over the case `c`. What was undone is no fact. Counting keeps no fact in memory: the
database sorts what it needs in order, and gives one row for each figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from console.domain.case import CaseId
from console.domain.figures import Dimension, Figure, Name, Sought
from console.store.codec import MICROSECOND, micros
from console.store.engine import Reading, RowValues
from console.store.facts import FACTS, NO_LENGTH, Facts
from console.store.windows import Selection, rows

EVER = -(2**62)
"""Stands for a period that has always begun."""

OF_THE_CASE = frozenset(
    {
        Dimension.TIER,
        Dimension.TEAM,
        Dimension.SEVERITY,
        Dimension.CATEGORY,
        Dimension.ITEM,
        Dimension.HANDLER,
    }
)


def told(tx: Reading, selection: Selection, sought: Sought) -> tuple[Figure, ...]:
    """Give the figures of the facts on some cases, by what they are told apart by."""
    facts, values = _facts(selection, sought)
    return tuple(_figure(row, len(sought.by)) for row in rows(tx, selection, _counted(sought, f"({facts})"), values))


def summed(tx: Reading, selection: Selection, sought: Sought) -> tuple[tuple[Figure, ...], Figure]:
    """Give the figures as `told` does, and how many facts there are in all and of how many cases, reading them once."""
    facts, values = _facts(selection, sought)
    width = len(sought.by)
    sql = (
        f"WITH fact AS MATERIALIZED ({facts}) SELECT 0, * FROM ({_counted(sought, 'fact')}) UNION ALL"
        f" SELECT 1, {'NULL, ' * width}count(*), count(DISTINCT id), NULL, NULL, NULL FROM fact"
        f" ORDER BY {', '.join(map(str, range(1, width + 2)))}"
    )
    *each, whole = rows(tx, selection, sql, values)
    return tuple(_figure(row[1:], width) for row in each), _figure(whole[1 + width :], 0)


def cases(tx: Reading, selection: Selection, sought: Sought, names: Sequence[Name]) -> list[CaseId]:
    """Give the ids of the cases behind one figure, oldest first; they are sorted once they are found."""
    facts, values = _facts(selection, sought)
    alike = [f"g{place} IS :figure_name{place}" for place in range(len(names))]
    sql = f"SELECT DISTINCT id FROM ({facts}) WHERE {' AND '.join(alike) or '1'} ORDER BY +id"
    values |= {f"figure_name{place}": name for place, name in enumerate(names)}
    return [CaseId(found) for (found,) in rows(tx, selection, sql, values)]


def _counted(sought: Sought, facts: str) -> str:
    """Write the figures of some facts, a row for each."""
    names = [f"g{place}" for place in range(len(sought.by))]
    each = "".join(f"{name}, " for name in names)
    if FACTS[sought.subject].length == NO_LENGTH:
        sql = f"SELECT {each}count(*), count(DISTINCT id), NULL, NULL, NULL FROM {facts}"
    else:
        apart = f"PARTITION BY {', '.join(names)}" if names else ""
        sql = (
            f"SELECT {each}count(*), count(DISTINCT id), min(CASE WHEN 2 * place >= most THEN length END),"
            " min(CASE WHEN 10 * place >= 9 * most THEN length END), max(length)"
            f" FROM (SELECT *, row_number() OVER (w ORDER BY length) AS place, count(*) OVER w AS most FROM {facts}"
            f" WINDOW w AS ({apart}))"
        )
    return f"{sql} GROUP BY {', '.join(names)} ORDER BY {', '.join(names)}" if names else sql


def _facts(selection: Selection, sought: Sought) -> tuple[str, dict[str, Any]]:
    """Write the facts as rows of the case's id, their length and their dimensions, and give the values named in it.

    The period comes first: it costs least to look at.
    """
    facts = FACTS[sought.subject]
    columns = "".join(f", {_dimension(facts, sought, each)} AS g{place}" for place, each in enumerate(sought.by))
    where = []
    values = {"figure_now": micros(sought.now), "figure_since": EVER, **_steps(sought)}
    for name, sign, at in (("since", ">=", sought.since), ("until", "<", sought.until)):
        if at is not None:
            where.append(f"{facts.at} {sign} :figure_{name}")
            values[f"figure_{name}"] = micros(at)
    where += [facts.where, facts.of, f"({selection.where})"]
    sql = f"SELECT c.id AS id, {facts.length} AS length{columns} FROM {facts.source} WHERE {' AND '.join(where)}"
    return sql, values


def _dimension(facts: Facts, sought: Sought, dimension: Dimension) -> str:
    """Write what a fact has in a dimension."""
    if dimension in facts.of_its_own:
        return facts.of_its_own[dimension]
    if dimension in OF_THE_CASE:
        return f"c.{dimension}"
    if dimension is Dimension.WHEN:
        return _step(facts.at, "time", len(sought.times))
    if dimension is Dimension.LENGTH:
        return _step(f"({facts.length})", "length", len(sought.lengths))
    message = f"facts of {sought.subject} have no {dimension}"
    raise ValueError(message)


def _step(value: str, name: str, count: int) -> str:
    """Write in which step a value is: 0 before the first bound, and so on."""
    whens = "".join(f" WHEN {value} < :figure_{name}{place} THEN {place}" for place in range(count))
    return f"CASE{whens} ELSE {count} END" if whens else "0"


def _steps(sought: Sought) -> dict[str, Any]:
    """Give the bounds of the steps as values."""
    times = {f"figure_time{place}": micros(at) for place, at in enumerate(sought.times)}
    return times | {f"figure_length{place}": each // MICROSECOND for place, each in enumerate(sought.lengths)}


def _figure(row: RowValues, width: int) -> Figure:
    """Read a figure."""
    count, cases_of, *lengths = row[width:]
    median, ninth, longest = (None if each is None else timedelta(microseconds=each) for each in lengths)
    return Figure(tuple(row[:width]), count, cases_of, median, ninth, longest)
