"""A replay: when a policy would have sent a case up, and to whom, had it been in force; against what happened.

The recommendation and the plan are those that live runs go by. What people did until the case went up is taken as it
was; from then on it is as if nobody had, to see whether the policy would have sent it up later by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from console.domain.case import CaseId
from console.domain.happened import Happened
from console.domain.judging import Bars, Judged, Judging, Recommend, nobody_barred
from console.domain.lived import MOMENT, Lived
from console.domain.matrix import Target
from console.domain.memory import Memory
from console.domain.policy import Policy
from console.domain.recommendation import Verdict, recommended
from console.domain.replay_rules import Glance, first_by_rule, only_sending
from console.domain.stays import Counting

__all__ = ["CHECKLIST", "MOMENT", "Judged", "Lived", "Replay", "Result", "Trial", "Would"]

CHECKLIST = "checklist"


class Result(StrEnum):
    """How what a policy would have done compares with what happened; `unsettled` is where that is not known yet."""

    FOUND = "found"
    LATE = "late"
    MISSED = "missed"
    UNNECESSARY = "unnecessary"
    SPARED = "spared"
    UNSETTLED = "unsettled"


@dataclass(frozen=True, slots=True)
class Would:
    """That a policy would have sent a case up: when, to whom, and by the checklist or by which rule."""

    at: datetime
    target: Target | None
    by: str = CHECKLIST


@dataclass(frozen=True, slots=True)
class Replay:
    """One case under one policy: the first recommendation and the one that counts, what it would have done.

    `judged` is the recommendation to send it up, where there was one, else the last before the case went up or ended.
    """

    case: CaseId
    policy: str
    began: Judged
    judged: Judged
    would: Would | None
    past: Happened

    @property
    def result(self) -> Result:
        """Compare what it would have done with what happened."""
        if self.past.needed is None:
            return Result.UNSETTLED
        if not self.past.needed:
            return Result.UNNECESSARY if self.would else Result.SPARED
        if self.would is None:
            return Result.MISSED
        return Result.FOUND if self.lead >= timedelta(0) else Result.LATE

    @property
    def lead(self) -> timedelta:
        """Give by how much sooner it would have gone up than it did; less than nothing where later."""
        if self.would is None or self.past.shown is None:
            return timedelta(0)
        return self.past.shown - self.would.at


class Trial:
    """A policy that is tried on cases: made once, since some of it is the same for all of them."""

    def __init__(
        self,
        policy: Policy,
        memory: Memory | None = None,
        bars: Bars = nobody_barred,
        recommend: Recommend = recommended,
    ) -> None:
        """Keep what is tried, as if it had always been in force, what was known when, and what recommends under it."""
        self.policy = replace(policy, timing=replace(policy.timing, since=None))
        self.judging = Judging(self.policy, memory, bars, recommend)
        self.glance = Glance(only_sending(self.policy))

    @property
    def reads_text(self) -> bool:
        """Say whether any rule that sends cases up looks at their text."""
        return self.glance.reads_text

    @property
    def counting(self) -> Counting:
        """Give how the policy counts what came of cases, and so is a case to be told that it is tried on."""
        return self.policy.evidence.counting

    def of(self, lived: Lived) -> Replay:
        """Replay one case until it was shown that it had to go up, or until it ended."""
        facts, end = lived.facts, lived.end
        first, newest = self.judging.of(lived)
        would = None
        if newest.advice.verdict is Verdict.ESCALATE:
            would = Would(newest.at, newest.advice.target)
        if self.glance.may_send(facts.history, (stage.case for stage in lived.stood)):
            found = first_by_rule(facts, self.glance, lived.until, min(end, would.at) if would else end)
            would = Would(*found) if found else would
        return Replay(facts.case.id, self.policy.version, first, newest, would, lived.past)
