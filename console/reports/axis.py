"""The axis of a plot: round numbers from nothing to just beyond the greatest value, few enough to be read."""

from __future__ import annotations

from datetime import timedelta
from math import ceil

from console.reports.report import Holds

MOST = 6
"""How many steps an axis has at most."""
SPANS = tuple(
    timedelta(minutes=minutes).total_seconds()
    for minutes in (1, 5, 15, 30, 60, 240, 720, *(1_440 * days for days in (1, 2, 7, 30, 90, 365, 3_650)))
)
"""The steps of lengths of time, in seconds."""


def ticks(most: float, holds: Holds) -> tuple[float, ...]:
    """Give where the axis is marked, from 0 on; the last mark is not below the greatest value."""
    step = next(each for each in _steps(holds) if each * MOST >= most)
    return tuple(place * step for place in range(max(ceil(round(most / step, 6)), 1) + 1))


def _steps(holds: Holds) -> list[float]:
    """Give the steps an axis may have, the smallest first."""
    if holds is Holds.SPAN:
        return [*SPANS, *(SPANS[-1] * 10**power for power in range(1, 9))]
    least = 0.01 if holds is Holds.SHARE else 1.0
    return [least * nice * 10**power for power in range(20) for nice in (1, 2, 5)]
