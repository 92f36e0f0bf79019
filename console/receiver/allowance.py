"""Allowances: how often somebody may come, as buckets of tokens that fill again by and by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

MOST = 10_000
"""How many are remembered; who came longest ago is forgotten first."""
MINUTE = 60.0


@dataclass
class Allowances:
    """One bucket for each name; `clock` gives seconds that never go back."""

    clock: Callable[[], float]
    buckets: dict[str, tuple[float, float]] = field(default_factory=dict)

    def spend(self, name: str, rate: int) -> float:
        """Take one of so many a minute; give 0 where there was one, else in how many seconds there will be."""
        now = self.clock()
        left, at = self.buckets.pop(name, (float(rate), now))
        left = min(float(rate), left + (now - at) * rate / MINUTE)
        is_there = left >= 1
        self.buckets[name] = (left - is_there, now)
        if len(self.buckets) > MOST:
            del self.buckets[next(iter(self.buckets))]
        return 0.0 if is_there else (1 - left) * MINUTE / rate
