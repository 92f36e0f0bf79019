"""Counts per tier and status, kept by triggers, so that a count costs nothing.

The triggers count open cases only; the confidential ones of a person's own circles are counted one by one.
"""

from __future__ import annotations

from collections import Counter

from console.domain.case import LIVE, Status
from console.store.engine import Reading


def per_tier(tx: Reading) -> dict[tuple[int, Status], int]:
    """Give the number of cases of each tier and status that the viewer may see."""
    counts = Counter({(tier, Status(status)): number for tier, status, number in tx.rows("SELECT * FROM tally")})
    own = (
        'SELECT c.tier, c.status, count(*) FROM "case" c WHERE c.confidential AND c.id IN'
        " (SELECT case_id FROM circle WHERE person = :viewer) GROUP BY c.tier, c.status"
    )
    counts.update({(tier, Status(status)): number for tier, status, number in tx.rows(own)})
    return counts


def live(counts: dict[tuple[int, Status], int], tier: int | None = None) -> int:
    """Count the live cases, of one tier where it is named."""
    return sum(number for (of, status), number in counts.items() if status in LIVE and tier in {None, of})


def with_status(counts: dict[tuple[int, Status], int], *statuses: Status) -> int:
    """Count the cases of these statuses."""
    return sum(number for (_, status), number in counts.items() if status in statuses)
