"""Suggested weights: few whole points for each factor, fitted to earlier cases and held against later ones.

Weights are never below nothing, so that a worse answer never speaks for a case being handled. Of those that rank the
earlier cases best the plainest are taken. Nothing changes by itself: a suggestion is a change to the policy's text that
a person may make.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from math import gcd

from console.domain.checklist import WORST, Checklist, Scores, scores
from console.domain.errors import RefusalCode, Refused
from console.domain.measures import Measure, Ranking, share
from console.domain.replay import Replay

MOST = 4
"""The highest weight that is tried; more would pretend to know more than so few answers tell."""

EARLIER = 0.7
"""How much of the history is fitted to; the rest is held back."""

LEAST, LEAST_LATER = 40, 10
"""How many cases of either outcome the earlier part and the later part need: ten for each weight, and for a figure."""

Weights = tuple[int, int, int, int]
Counts = Mapping[tuple[Scores, bool], int]


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights with a threshold, and how they do on cases: AUC, and of those at the threshold or above how many."""

    weights: Weights
    threshold: int
    auc: Measure
    precision: Measure | None
    recall: Measure | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What is in force and what is suggested, both on the later cases; `since` is when those begin.

    `is_better` says whether it ranks them better.
    """

    now: Fit
    then: Fit
    since: date

    @property
    def is_better(self) -> bool:
        """Say whether it ranks the later cases better than what is in force."""
        return self.then.auc.value > self.now.auc.value


@dataclass
class History:
    """First scores of cases whose outcome is known, counted by day, so that memory stays bounded."""

    days: dict[date, Counter[tuple[Scores, bool]]] = field(default_factory=dict)

    def add_case(self, found: Replay, checklist: Checklist) -> None:
        """Count a case by its first scores, where its outcome is known."""
        began, needed = found.began, found.past.needed
        if needed is not None:
            self.add(began.at.date(), scores(began.case, checklist, began.at), needed=needed)

    def add(self, day: date, answers: Scores, *, needed: bool) -> None:
        """Count one case."""
        self.days.setdefault(day, Counter())[answers, needed] += 1

    def suggest(self, checklist: Checklist) -> Suggestion:
        """Suggest weights and a threshold. Refused: too little history, saying how much is needed."""
        since, earlier, later = self._parted()
        _must_be_enough(earlier, LEAST, "earlier")
        _must_be_enough(later, LEAST_LATER, "later")
        weights = _fitted(earlier)
        then = _fit(later, weights, _threshold(earlier, weights))
        return Suggestion(_fit(later, checklist.weights, checklist.threshold), then, since)

    def _parted(self) -> tuple[date, Counts, Counts]:
        """Give when the later part begins, and both parts; a day is never torn."""
        of = sum(each.total() for each in self.days.values())
        earlier: Counter[tuple[Scores, bool]] = Counter()
        later: Counter[tuple[Scores, bool]] = Counter()
        since = date.max
        for day in sorted(self.days):
            if earlier.total() < EARLIER * of:
                earlier += self.days[day]
            else:
                since = min(since, day)
                later += self.days[day]
        return since, earlier, later


def _must_be_enough(counts: Counts, least: int, part: str) -> None:
    """Refuse to fit to so few cases that it would tell of chance alone."""
    up = sum(number for (_, needed), number in counts.items() if needed)
    down = sum(counts.values()) - up
    if min(up, down) < least:
        raise Refused(
            f"There is too little history to suggest weights: the {part} part needs {least} cases that had to go up and"
            f" {least} that had not; it has {up:,} and {down:,}.",
            RefusalCode.INCOMPLETE,
        )


def _fitted(counts: Counts) -> Weights:
    """Give the weights that rank cases best; of those that do so alike the plainest."""
    points = range(MOST + 1)
    tried = [(a, b, c, d) for a, b, c, d in product(points, points, points, points) if gcd(a, b, c, d) == 1]
    return max(tried, key=lambda weights: (round(_auc(counts, weights).value, 4), -sum(weights), weights))


def _threshold(counts: Counts, weights: Weights) -> int:
    """Give the threshold that parts best those that had to go up from the others (Youden); the highest of them."""
    up, down = _above(counts, weights, 0)
    best, found = -1.0, 1
    for threshold in range(1, WORST * sum(weights) + 1):
        found_up, found_down = _above(counts, weights, threshold)
        parts = found_up / up - found_down / down
        if parts >= best:
            best, found = parts, threshold
    return found


def _fit(counts: Counts, weights: Weights, threshold: int) -> Fit:
    up, down = _above(counts, weights, threshold)
    of, _ = _above(counts, weights, 0)
    return Fit(weights, threshold, _auc(counts, weights), share(up, up + down), share(up, of))


def _above(counts: Counts, weights: Weights, threshold: int) -> tuple[int, int]:
    """Give how many of either outcome score so high."""
    above = [(needed, number) for (answers, needed), number in counts.items() if middle(answers, weights) >= threshold]
    up = sum(number for needed, number in above if needed)
    return up, sum(number for _, number in above) - up


def _auc(counts: Counts, weights: Weights) -> Measure:
    ranking = Ranking()
    for (answers, needed), number in counts.items():
        ranking.add(middle(answers, weights), happened=needed, number=number)
    return ranking.auc() or Measure(0.5, 0.0, 1.0, 0)


def middle(answers: Iterable[int | None], weights: Weights) -> float:
    """Give the middle of what the score can be."""
    return sum(weight * (WORST / 2 if score is None else score) for weight, score in zip(weights, answers, strict=True))
