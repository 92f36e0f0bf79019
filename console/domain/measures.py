"""Measures with their uncertainty: a share of counts, and how well a score ranks what happened above what did not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from math import sqrt

from console.domain.words import percent

SURE = 1.959963984540054
"""How many standard errors reach either way in an interval that holds the truth 19 times of 20."""

STEPS = 1_000
"""To what part of a point a score is told apart; coarser than that nothing is ranked, so that memory stays bounded."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure with the interval that holds the truth 19 times of 20, and on how many cases it rests."""

    value: float
    low: float
    high: float
    of: int


def share(hits: int, of: int) -> Measure | None:
    """Give a share with its Wilson interval, which holds for few cases and at either end; None where there are none."""
    if not of:
        return None
    low, high = _wilson(hits / of, of)
    return Measure(hits / of, low, high, of)


def ranged(measure: Measure | None) -> str:
    """Write a share with its interval: `42 % (37-48)`."""
    return f"{percent(measure.value)} ({100 * measure.low:.0f}-{100 * measure.high:.0f})" if measure else "-"


def area(measure: Measure | None) -> str:
    """Write an AUC with its interval: `0.83 (0.79-0.87)`."""
    return f"{measure.value:.2f} ({measure.low:.2f}-{measure.high:.2f})" if measure else "-"


@dataclass
class Ranking:
    """Scores of cases for which something happened, and of those for which it did not, counted by score."""

    happened: Counter[int] = field(default_factory=Counter)
    others: Counter[int] = field(default_factory=Counter)

    def add(self, score: float, *, happened: bool, number: int = 1) -> None:
        """Count one case, or so many."""
        (self.happened if happened else self.others)[round(score * STEPS)] += number

    def auc(self) -> Measure | None:
        """Give the chance that a case for which it happened scores above one for which it did not; a tie is a half.

        The interval is DeLong's; where the scores part the two without one exception it is that of a share of so many
        pairs as the smaller side has. None where one side has no case.
        """
        return _Placed(self.happened, self.others).auc()


class _Placed:
    """Where the scores of either side stand among those of the other (DeLong 1988, worked out from the counts)."""

    def __init__(self, happened: Counter[int], others: Counter[int]) -> None:
        self.happened, self.others = happened, others
        self.up, self.down = happened.total(), others.total()

    @cached_property
    def places(self) -> list[tuple[int, int, int, int]]:
        """Give, for each score from the lowest, how many of either side have it, and how many of either lie below."""
        found, ups, downs = [], 0, 0
        for score in sorted(self.happened.keys() | self.others.keys()):
            here_up, here_down = self.happened[score], self.others[score]
            found.append((here_up, here_down, ups, downs))
            ups, downs = ups + here_up, downs + here_down
        return found

    def auc(self) -> Measure | None:
        up, down, of = self.up, self.down, self.up + self.down
        if not up or not down:
            return None
        value = sum(ups * (below + same / 2) for ups, same, _, below in self.places) / (up * down)
        error = sqrt(self._variance(value))
        if value in {0.0, 1.0} or min(up, down) == 1:
            return Measure(value, *_wilson(value, min(up, down)), of)
        return Measure(value, max(value - SURE * error, 0.0), min(value + SURE * error, 1.0), of)

    def _variance(self, value: float) -> float:
        """Give the variance of the figure: that of the share each case beats, on either side, by their numbers."""
        up, down = self.up, self.down
        beats = sum(ups * ((below + same / 2) / down - value) ** 2 for ups, same, _, below in self.places)
        beaten = sum(downs * ((up - below - same / 2) / up - value) ** 2 for same, downs, below, _ in self.places)
        return beats / (up * max(up - 1, 1)) + beaten / (down * max(down - 1, 1))


def _wilson(value: float, of: int) -> tuple[float, float]:
    """Give the Wilson interval of a share of so many."""
    square = SURE * SURE
    middle = (value + square / (2 * of)) / (1 + square / of)
    reach = SURE * sqrt(value * (1 - value) / of + square / (4 * of * of)) / (1 + square / of)
    return min(max(middle - reach, 0.0), value), max(min(middle + reach, 1.0), value)
