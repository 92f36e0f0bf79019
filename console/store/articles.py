"""What came of knowledge articles: where each was followed, and the sums of that by category and tier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from console.domain.articles import Fix
from console.domain.case import CaseId
from console.domain.tries import Try
from console.store.engine import Reading, Tx

COLUMNS = "case_id, tier, article, category, worked"
ADD = (
    'INSERT INTO solving (category, tier, article, worked, "of") VALUES (?, ?, ?, ?, ?)'
    " ON CONFLICT (category, tier, article)"
    ' DO UPDATE SET worked = worked + excluded.worked, "of" = "of" + excluded."of"'
)
KNOWN = 'SELECT category, tier, article, worked, "of" FROM solving'
Place = tuple[str, int]
"""A category, and a tier."""


@dataclass(frozen=True, slots=True)
class Solving:
    """What came of an article in one category and tier."""

    tier: int
    fix: Fix


def put(tx: Tx, tries: Mapping[CaseId, Iterable[Try]]) -> None:
    """Keep what was tried on cases instead of what was kept of them, and the sums in step."""
    numbers = ", ".join(str(int(case)) for case in tries)
    old = [tuple(row) for row in tx.rows(f"SELECT {COLUMNS} FROM followed WHERE case_id IN ({numbers})")]
    new = [(int(case), *_values(each)) for case, every in tries.items() for each in every]
    gone, come = [row for row in old if row not in new], [row for row in new if row not in old]
    tx.driver.executemany("DELETE FROM followed WHERE case_id = ? AND tier = ? AND article = ?", [r[:3] for r in gone])
    tx.driver.executemany(f"INSERT INTO followed ({COLUMNS}) VALUES (?, ?, ?, ?, ?)", come)
    tx.driver.executemany(
        ADD, [(r[3], r[1], r[2], -r[4], -1) for r in gone] + [(r[3], r[1], r[2], r[4], 1) for r in come]
    )


def known(tx: Reading, places: Iterable[Place]) -> dict[Place, tuple[Fix, ...]]:
    """Give what came of every article in some categories and tiers, in one statement."""
    found: dict[Place, tuple[Fix, ...]] = dict.fromkeys(places, ())
    parts: list[str] = []
    values: dict[str, Any] = {}
    for number, (category, tier) in enumerate(found):
        values |= {f"category{number}": category, f"tier{number}": tier}
        parts.append(f'{KNOWN} WHERE category = :category{number} AND tier = :tier{number} AND "of" > 0')
    for category, tier, article, worked, of in tx.rows(" UNION ALL ".join(parts), values) if parts else ():
        found[category, tier] += (Fix(article, worked, of, category),)
    return found


def every(tx: Reading) -> tuple[Solving, ...]:
    """Give what came of every article, by category, tier and name."""
    rows = tx.rows(f'{KNOWN} WHERE "of" > 0 ORDER BY 1, 2, 3')
    return tuple(
        Solving(tier, Fix(article, worked, number, category)) for category, tier, article, worked, number in rows
    )


def forget(tx: Tx) -> None:
    """Forget everything, to count it anew."""
    tx.rows("DELETE FROM followed")
    tx.rows("DELETE FROM solving")


def _values(tried: Try) -> tuple[int, str, str, int]:
    return tried.tier, tried.article, tried.category, int(tried.has_worked)
