"""The cases that a draft would treat in another way than the policy in force, and whether that is for the better."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from console.domain.backtest import flips
from console.domain.backtest_words import reason, sent
from console.domain.case import Case, CaseId
from console.domain.replay import Replay, Result
from console.domain.words import counted

MOST = 1_000
"""How many cases are kept of each turn; the others are only counted."""

GRADES = {Result.FOUND: 2, Result.LATE: 1, Result.MISSED: 0, Result.SPARED: 1, Result.UNNECESSARY: 0}
"""How good a result is beside the others that the same case can come to."""


class Turn(StrEnum):
    """What the draft makes of a case: closer to what it needed, farther from it, the same by another way."""

    BETTER = "better"
    WORSE = "worse"
    ELSEWHERE = "elsewhere"
    UNSETTLED = "not known yet"


@dataclass(frozen=True, slots=True)
class Way:
    """What one policy would have done with a case, when, and why."""

    says: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Flip:
    """One case that flips: what either policy would have done with it, and what happened."""

    case: CaseId
    title: str
    before: Way
    after: Way
    happened: str
    turn: Turn


@dataclass
class Flips:
    """All that flip, counted by their turn, and as many of each as a person may want to look at."""

    counts: Counter[Turn] = field(default_factory=Counter)
    kept: list[Flip] = field(default_factory=list)

    @property
    def number(self) -> int:
        """Give how many cases flip."""
        return self.counts.total()

    @property
    def says(self) -> str:
        """Say how many cases flip, and which way."""
        if not self.number:
            return "No case would go another way under the draft."
        which = ", ".join(f"{self.counts[turn]:,} {turn}" for turn in Turn if self.counts[turn])
        return f"{counted(self.number, 'case')} would go another way under the draft: {which}."

    def add(self, case: Case, one: Replay, other: Replay) -> None:
        """Count a case if it flips, and keep it as long as there is room."""
        if not flips(one, other):
            return
        turned = turn(one, other)
        self.counts[turned] += 1
        if self.counts[turned] <= MOST:
            self.kept.append(Flip(case.id, case.title, way(one), way(other), other.past.says, turned))

    def keep_only(self, seen: Collection[CaseId]) -> None:
        """Let go, and count no more, what is kept of cases that are not among these."""
        self.counts.subtract(each.turn for each in self.kept if each.case not in seen)
        self.kept = [each for each in self.kept if each.case in seen]


def way(found: Replay) -> Way:
    """Give what a policy would have done with a case."""
    return Way(sent(found), found.would.at if found.would else found.judged.at, reason(found))


def turn(one: Replay, other: Replay) -> Turn:
    """Say what the second policy makes of a case that flips between two; what was needed is as that one counts it."""
    if other.past.needed is None:
        return Turn.UNSETTLED
    before, after = GRADES[replace(one, past=other.past).result], GRADES[other.result]
    if before == after:
        return Turn.ELSEWHERE
    return Turn.BETTER if after > before else Turn.WORSE
