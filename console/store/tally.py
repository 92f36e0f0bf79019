"""Counts per tier and status, kept by triggers, so that a count costs nothing."""

from __future__ import annotations

from console.domain.case import LIVE, Status
from console.store.engine import Reading


def per_tier(tx: Reading) -> dict[tuple[int, Status], int]:
    """Give the number of cases of each tier and status."""
    return {(tier, Status(status)): number for tier, status, number in tx.rows("SELECT * FROM tally")}


def live(counts: dict[tuple[int, Status], int], tier: int | None = None) -> int:
    """Count the live cases, of one tier where it is named."""
    return sum(number for (of, status), number in counts.items() if status in LIVE and tier in {None, of})


def with_status(counts: dict[tuple[int, Status], int], *statuses: Status) -> int:
    """Count the cases of these statuses."""
    return sum(number for (_, status), number in counts.items() if status in statuses)
