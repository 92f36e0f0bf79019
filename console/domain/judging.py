"""Judging: what a policy recommended for a case whenever something happened to it, by what was known then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from console.domain.case import Case, altered
from console.domain.checklist import FACTORS, WORST, Factor, scores
from console.domain.clock import pressed
from console.domain.escalation import AWAITING
from console.domain.evidence import Evidence, evidence_in
from console.domain.facts import Facts
from console.domain.matrix import Target
from console.domain.memory import Memory, Told, own, turns
from console.domain.policy import GuardKind, Policy
from console.domain.recommendation import Advice, Verdict, stop_for
from console.domain.stages import Stage
from console.domain.stays import likes_of

MOMENT = timedelta(microseconds=1)
EXPECTATIONS = FACTORS.index(Factor.EXPECTATIONS)
LATE = WORST - 1
"""What being late scores for what is expected."""

Bars = Callable[[Case, datetime], Mapping[Target, str] | None]
"""Says whom a case could not be sent to at a time, and why."""

Recommend = Callable[[Case, Policy, datetime, Mapping[Target, str] | None, Evidence | None], Advice]
"""What recommends for a case as it stood at a time, from what was known then of it and of earlier cases."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A recommendation, when it was given, and the case as it stood then."""

    at: datetime
    advice: Advice
    case: Case

    @property
    def score(self) -> float:
        """Give the middle of what the score can be, with all that local evidence speaks for; cases are ranked by it."""
        found, middle = self.advice.evidence, (self.advice.low + self.advice.high) / 2
        return middle - found.points + found.pull if found else middle

    @property
    def sends(self) -> bool:
        """Say whether it recommends to send the case up."""
        return self.advice.verdict is Verdict.ESCALATE


def nobody_barred(_case: Case, _at: datetime) -> None:
    """Bar nobody."""


class Judging:
    """What recommends under a policy, from what was known at each minute.

    A recommendation is looked for whenever something happened to a case, and where time alone may have changed it. That
    a due time has passed counts where it may lead to another one; only there the clocks are worked out.
    """

    def __init__(self, policy: Policy, memory: Memory | None, bars: Bars, recommend: Recommend) -> None:
        """Keep what it rests on; without memory there is no local evidence."""
        self.policy, self.memory, self.bars, self.recommend = policy, memory, bars, recommend
        self.most = policy.evidence.most if memory else 0
        self.holds = [each.within for each in policy.guards if each.kind is GuardKind.RETURNED]
        self.shortest = min((target.within for target in policy.timing.targets), default=None)

    def of(self, facts: Facts, stood: Sequence[Stage]) -> tuple[Judged, Judged]:
        """Give the first recommendation, and the first to send the case up, else the last while it was not over."""
        life = _Life(self, facts)
        first = life.at(stood[0].case, stood[0].start)
        lived = [stage for place, stage in enumerate(stood) if not place or stage.case.status.is_live]
        last: Judged | None = None
        for stage in lived:
            last = None
            if self.may_send(stage.case, stage.end, self.most):
                for last in life.judged(stage):
                    if last.sends:
                        return first, last
        if last is None:
            *_, last = life.judged(lived[-1])
        return first, last

    def judged(self, facts: Facts, stage: Stage) -> Iterator[Judged]:
        """Give each recommendation in a stage that may differ from the one before."""
        return _Life(self, facts).judged(stage)

    def may_send(self, case: Case, by: datetime, points: int) -> bool:
        """Say whether a case may be recommended to go up by a time, with so many points of evidence at most."""
        if case.escalation_state in AWAITING:
            return False
        if stop_for(case, self.policy) is not None:
            return True
        checklist = self.policy.checklist
        filled = scores(case, checklist, by)
        low = sum(weight * score for weight, score in zip(checklist.weights, filled, strict=True) if score)
        if case.answers[EXPECTATIONS] is None:
            low += checklist.weights[EXPECTATIONS] * max(LATE - (filled[EXPECTATIONS] or 0), 0)
        return low + points >= checklist.threshold

    def clocks_tell(self, case: Case, by: datetime, told: Advice) -> bool:
        """Say whether a case may be past a due time by a time, and may then be told another thing than it was told."""
        if case.answers[EXPECTATIONS] is not None or told.standing:
            return False
        is_due = case.due is not None and case.due < by
        if self.shortest is None:
            return is_due
        if not is_due and case.created + self.shortest >= by:
            return False
        points = told.evidence.points if told.evidence else 0
        high = told.high - self.policy.checklist.weights[EXPECTATIONS] * (WORST - LATE)
        return self.may_send(case, by, points) or high < told.threshold <= told.high


class _Life:
    """One case that is gone through."""

    def __init__(self, judging: Judging, facts: Facts) -> None:
        self.judging, self.facts = judging, facts

    def at(self, case: Case, at: datetime) -> Judged:
        """Give what is recommended for a case as it stood at a time."""
        judging = self.judging
        absent = judging.bars(case, at)
        return Judged(at, judging.recommend(case, judging.policy, at, absent, self._evidence(case, at)), case)

    def judged(self, stage: Stage) -> Iterator[Judged]:
        """Give what is recommended when a stage begins, and past a due time, past a promise, a while after a return."""
        case, begun = stage.case, self.at(stage.case, stage.start)
        if self.judging.clocks_tell(case, stage.end, begun.advice):
            case = self._timed(stage)
            begun = self.at(case, stage.start)
        yield begun
        moments = [at + MOMENT for at in (case.next_due, case.promised_at) if at is not None]
        if case.returned_at is not None:
            moments += [case.returned_at + within for within in self.judging.holds]
        yield from (self.at(case, at) for at in sorted(moments) if stage.start < at < stage.end)

    def _timed(self, stage: Stage) -> Case:
        """Give the case with what its clocks come to under the policy."""
        sent = tuple(each for each in self.facts.escalations if each.sent_at <= stage.start)
        found = pressed(stage.case, self.facts.history[: stage.events], sent, self.judging.policy)
        return altered(stage.case, next_clock=found.name, next_due=found.due, time_left=found.left)

    def _evidence(self, case: Case, at: datetime) -> Evidence | None:
        memory = self.judging.memory
        if memory is None:
            return None
        local = memory.local(case.tier, likes_of(case), at, own(self._turns, case.tier, at))
        return evidence_in(local, self.judging.policy.evidence)

    @cached_property
    def _turns(self) -> Sequence[tuple[datetime, Told]]:
        memory = self.judging.memory
        return [*turns(self.facts.history, memory.counting)] if memory else []
