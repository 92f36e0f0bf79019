"""Groups of a view: how many cases it has per tier, team, handler and the like."""

from __future__ import annotations

from itertools import chain

from console.domain.case import Severity, Status
from console.domain.views import Grouping
from console.store.codec import split
from console.store.engine import Reading
from console.store.sight import SEEN
from console.store.windows import Selection, rows

FEW = 200
"""How many groups are told: the largest."""

ORDERED = frozenset({Grouping.SEVERITY, Grouping.STATUS, Grouping.TIER})
"""What has an order of its own; all else is told by size."""


def sizes(tx: Reading, selection: Selection, grouping: Grouping) -> tuple[tuple[str, int], ...]:
    """Give the name and the number of cases of each group; an empty name is for cases that have none."""
    sql = (
        f'SELECT c.{grouping}, count(*) FROM "case" c WHERE {selection.where} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {FEW}'
    )
    found = [(name, number) for name, number in rows(tx, selection, sql)]
    if grouping in ORDERED:
        found.sort(key=lambda pair: STATUSES.index(pair[0]) if grouping is Grouping.STATUS else pair[0])
    if grouping is Grouping.SEVERITY:
        found = [(Severity(name).name, number) for name, number in found]
    return tuple((str(name or ""), number) for name, number in found)


def tags(tx: Reading) -> tuple[str, ...]:
    """Give the tags of the newest cases that have any, each once, by name."""
    sql = f"SELECT tags FROM \"case\" c WHERE {SEEN} AND c.tags <> '' ORDER BY c.id DESC LIMIT {NEWEST}"
    return tuple(sorted(set(chain.from_iterable(split(found) for (found,) in tx.rows(sql)))))


def items(tx: Reading) -> tuple[str, ...]:
    """Give the items that the newest cases are about, where they are about any, each once, by name."""
    sql = f"SELECT item FROM \"case\" c WHERE {SEEN} AND c.item <> '' ORDER BY c.id DESC LIMIT {NEWEST}"
    return tuple(sorted({found for (found,) in tx.rows(sql)}, key=str.casefold))


NEWEST = 1_000
"""How many cases are asked for their items and tags."""

STATUSES = [*Status]
