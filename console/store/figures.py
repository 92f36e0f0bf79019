"""Figures: facts counted in the database, and the cases behind them; only of cases that the viewer may see.

A subject is one FROM and WHERE over the case `c`. What was undone is no fact. Counting keeps no fact in memory: the
database sorts what it needs in order, and gives one row for each figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from console.domain.case import CaseId
from console.domain.figures import Dimension, Figure, Name, Sought, Subject
from console.store.codec import MICROSECOND, micros
from console.store.engine import Reading, RowValues
from console.store.windows import Selection, rows

NO_LENGTH = "NULL"
STANDS = (
    "NOT EXISTS (SELECT 1 FROM event u WHERE u.case_id = e.case_id AND u.annuls = e.version AND NOT EXISTS"
    " (SELECT 1 FROM event v WHERE v.case_id = e.case_id AND v.annuls = u.version))"
)
"""The condition that an event was not undone, or that this was undone in turn."""

WHO = (
    "CASE WHEN e.cause = 'intake triage' THEN coalesce(json_extract(e.detail, '$.as_written.on_behalf_of'),"
    " json_extract(e.detail, '$.as_written.actor'), e.actor) ELSE coalesce(e.on_behalf_of, e.actor) END"
)
"""Whose act an event is, as `domain.events` has it."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a subject: where they are read, when each was, how long it took, and what else it has."""

    source: str
    where: str
    at: str
    length: str = NO_LENGTH
    of_its_own: Mapping[Dimension, str] = field(default_factory=dict)


def _events(kinds: str, length: str = NO_LENGTH, **of_its_own: str) -> Facts:
    """Give the facts that are events of some kinds."""
    return Facts(
        'event e JOIN "case" c ON c.id = e.case_id',
        f"e.kind {kinds} AND {STANDS}",
        "e.at",
        length,
        {Dimension.PERSON: WHO} | {Dimension(name): said for name, said in of_its_own.items()},
    )


ENDS = (
    "IN ('resolved', 'closed', 'merged') AND json_extract(e.changes, '$.status[0]') IN ('new', 'open', 'waiting')"
    " AND json_extract(e.changes, '$.status[1]') IN ('resolved', 'closed')"
)
FIRST_ANSWERS = (
    "(SELECT e.case_id, min(e.at) AS at FROM event e WHERE e.kind = 'noted'"
    f" AND json_extract(e.detail, '$.voice') = 'outbound' AND {STANDS} GROUP BY e.case_id)"
)

FACTS: Mapping[Subject, Facts] = {
    Subject.OPEN: Facts('"case" c', "c.live = 1", "c.created", ":figure_now - c.created"),
    Subject.ARRIVED: Facts('"case" c', "1", "c.created"),
    Subject.FINISHED: _events(ENDS, "e.at - c.created", kind="e.kind"),
    Subject.ANSWERED: Facts(
        f'{FIRST_ANSWERS} e JOIN "case" c ON c.id = e.case_id', "1", "e.at", "max(e.at - c.created, 0)"
    ),
    Subject.REOPENED: _events("= 'reopened'"),
    Subject.ESCALATED: _events("= 'escalated'", kind="json_extract(e.detail, '$.kind')", reason="e.reason"),
    Subject.RETURNED: _events("= 'returned'", reason="e.reason"),
    Subject.BREACHED: _events("= 'breached'", kind="json_extract(e.detail, '$.clock')"),
    Subject.EXHAUSTED: _events("= 'exhausted'"),
}
"""The facts of every subject."""

OF_THE_CASE = frozenset({Dimension.TIER, Dimension.TEAM, Dimension.SEVERITY, Dimension.CATEGORY, Dimension.HANDLER})


def told(tx: Reading, selection: Selection, sought: Sought) -> tuple[Figure, ...]:
    """Give the figures of the facts on some cases, by what they are told apart by."""
    facts, values = _facts(selection, sought)
    names = [f"g{place}" for place in range(len(sought.by))]
    each = "".join(f"{name}, " for name in names)
    if FACTS[sought.subject].length == NO_LENGTH:
        sql = f"SELECT {each}count(*), count(DISTINCT id), NULL, NULL, NULL FROM ({facts})"
    else:
        apart = f"PARTITION BY {', '.join(names)}" if names else ""
        sql = (
            f"SELECT {each}count(*), count(DISTINCT id), min(CASE WHEN 2 * place >= most THEN length END),"
            " min(CASE WHEN 10 * place >= 9 * most THEN length END), max(length)"
            f" FROM (SELECT *, row_number() OVER (w ORDER BY length) AS place, count(*) OVER w AS most FROM ({facts})"
            f" WINDOW w AS ({apart}))"
        )
    if names:
        sql += f" GROUP BY {', '.join(names)} ORDER BY {', '.join(names)}"
    return tuple(_figure(row, len(names)) for row in rows(tx, selection, sql, values))


def cases(tx: Reading, selection: Selection, sought: Sought, names: Sequence[Name]) -> list[CaseId]:
    """Give the ids of the cases behind one figure, oldest first."""
    facts, values = _facts(selection, sought)
    alike = [f"g{place} IS :figure_name{place}" for place in range(len(names))]
    sql = f"SELECT DISTINCT id FROM ({facts}) WHERE {' AND '.join(alike) or '1'} ORDER BY id"
    values |= {f"figure_name{place}": name for place, name in enumerate(names)}
    return [CaseId(found) for (found,) in rows(tx, selection, sql, values)]


def _facts(selection: Selection, sought: Sought) -> tuple[str, dict[str, Any]]:
    """Write the facts as rows of the case's id, their length and their dimensions, and give the values named in it."""
    facts = FACTS[sought.subject]
    columns = "".join(f", {_dimension(facts, sought, each)} AS g{place}" for place, each in enumerate(sought.by))
    where, values = [facts.where, f"({selection.where})"], {"figure_now": micros(sought.now), **_steps(sought)}
    for name, sign, at in (("since", ">=", sought.since), ("until", "<", sought.until)):
        if at is not None:
            where.append(f"{facts.at} {sign} :figure_{name}")
            values[f"figure_{name}"] = micros(at)
    sql = f"SELECT c.id AS id, {facts.length} AS length{columns} FROM {facts.source} WHERE {' AND '.join(where)}"
    return sql, values


def _dimension(facts: Facts, sought: Sought, dimension: Dimension) -> str:
    """Write what a fact has in a dimension."""
    if dimension in OF_THE_CASE:
        return f"c.{dimension}"
    if dimension is Dimension.WHEN:
        return _step(facts.at, "time", len(sought.times))
    if dimension is Dimension.LENGTH:
        return _step(f"({facts.length})", "length", len(sought.lengths))
    return facts.of_its_own[dimension]


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
