"""Judging: what a policy recommended for a case whenever something happened to it, by what was known then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import inf

from console.domain.case import Case, altered
from console.domain.checklist import FACTORS, WORST, Factor, scores
from console.domain.clock import pressed
from console.domain.escalation import AWAITING
from console.domain.evidence import Evidence, evidence_in
from console.domain.lived import MOMENT, Lived
from console.domain.matrix import Target
from console.domain.memory import Memory, own
from console.domain.policy import GuardKind, Policy
from console.domain.recommendation import Advice, Verdict, stop_for
from console.domain.stages import Stage
from console.domain.stays import likes_of

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
        self.weights, self.threshold = policy.checklist.weights, policy.checklist.threshold
        self.most = policy.evidence.most if memory else 0
        self.holds = [each.within for each in policy.guards if each.kind is GuardKind.RETURNED]
        self.shortest = min((target.within for target in policy.timing.targets), default=None)

    def of(self, lived: Lived) -> tuple[Judged, Judged]:
        """Give the first recommendation, and the first to send the case up, else the last while it was not over."""
        life, begins = _Life(self, lived), lived.stood[0]
        first = life.begun(begins)
        live = [stage for stage in lived.stood if stage is begins or stage.case.status.is_live]
        last: Judged | None = None
        for stage in live:
            last = None
            if life.may_send(stage):
                for last in life.judged(stage):
                    if last.sends:
                        return first, last
        if last is None:
            *_, last = life.judged(live[-1])
        return first, last

    def judged(self, lived: Lived, stage: Stage) -> Iterator[Judged]:
        """Give each recommendation in a stage that may differ from the one before."""
        return _Life(self, lived).judged(stage)

    def may_send(self, case: Case, by: datetime, points: int) -> bool:
        """Say whether a case may be recommended to go up by a time, with so many points of evidence at most."""
        low, _ = self.span(case, by)
        return low + points >= self.threshold

    def span(self, case: Case, by: datetime) -> tuple[float, float]:
        """Give the least that a case may surely score by a time, late as it may be, and the most that it can.

        Where it waits above the least is less than anything, where a stop condition holds more.
        """
        filled = scores(case, self.policy.checklist, by)
        low = high = 0
        for weight, score in zip(self.weights, filled, strict=True):
            low += weight * (score or 0)
            high += weight * (WORST if score is None else score)
        if case.answers[EXPECTATIONS] is None:
            low += self.weights[EXPECTATIONS] * max(LATE - (filled[EXPECTATIONS] or 0), 0)
        if case.escalation_state in AWAITING:
            return -inf, high
        return low if stop_for(case, self.policy) is None else inf, high

    def clocks_tell(self, case: Case, by: datetime, high: float, *, may_send: bool) -> bool:
        """Say whether a case may be past a due time by a time, and may then be told another thing than before.

        That is so where it may be sent up by then, and where being late decides whether `high`, the most that its score
        can be, reaches the threshold.
        """
        if case.answers[EXPECTATIONS] is not None:
            return False
        is_due = case.due is not None and case.due < by
        if self.shortest is None:
            return is_due
        if not is_due and case.created + self.shortest >= by:
            return False
        return may_send or 0 <= high - self.threshold < self.weights[EXPECTATIONS] * (WORST - LATE)


class _Life:
    """One case that is gone through under a policy; what stages begin with is worked out once, by their events."""

    def __init__(self, judging: Judging, lived: Lived) -> None:
        self.judging, self.lived = judging, lived
        self._known = lived.known.setdefault((judging.memory, judging.policy.evidence), {})
        self._begun: dict[int, Judged] = {}

    def begun(self, stage: Stage) -> Judged:
        """Give what is recommended when a stage begins."""
        if (found := self._begun.get(stage.events)) is None:
            found = self._begun[stage.events] = self._judged(stage.case, stage.start, self._known_at(stage))
        return found

    def may_send(self, stage: Stage) -> bool:
        """Say whether it may be recommended in a stage to send the case up, by the evidence where that decides it.

        Where a promise or a return may turn something in the course of a stage, the evidence may be another by then.
        """
        judging, case = self.judging, stage.case
        low, high = judging.span(case, stage.end)
        if low + judging.most < judging.threshold:
            return False
        if case.promised_at is not None or case.returned_at is not None:
            return True
        points = _points(self._known_at(stage))
        return low + points >= judging.threshold or judging.clocks_tell(case, stage.end, high + points, may_send=False)

    def judged(self, stage: Stage) -> Iterator[Judged]:
        """Give what is recommended when a stage begins, past a due time, past a promise, a while after a return."""
        judging, case, begun = self.judging, stage.case, self.begun(stage)
        advice = begun.advice
        if not advice.standing:
            may_send = judging.may_send(case, stage.end, _points(advice.evidence))
            if judging.clocks_tell(case, stage.end, advice.high, may_send=may_send):
                case = self._timed(stage)
                begun = self._judged(case, stage.start, self._known_at(stage))
        yield begun
        for at in self._turning(stage, case):
            yield self._judged(case, at, self._known_of(case, at))

    def _judged(self, case: Case, at: datetime, known: Evidence | None) -> Judged:
        """Give what is recommended for a case as it stood at a time."""
        judging = self.judging
        return Judged(at, judging.recommend(case, judging.policy, at, judging.bars(case, at), known), case)

    def _turning(self, stage: Stage, case: Case) -> list[datetime]:
        """Give when in the course of a stage time alone may turn what is recommended."""
        moments = [at + MOMENT for at in (case.next_due, case.promised_at) if at is not None]
        if case.returned_at is not None:
            moments += [case.returned_at + within for within in self.judging.holds]
        return sorted(at for at in moments if stage.start < at < stage.end)

    def _timed(self, stage: Stage) -> Case:
        """Give the case with what its clocks come to under the policy."""
        facts = self.lived.facts
        sent = tuple(each for each in facts.escalations if each.sent_at <= stage.start)
        found = pressed(stage.case, facts.history[: stage.events], sent, self.judging.policy)
        return altered(stage.case, next_clock=found.name, next_due=found.due, time_left=found.left)

    def _known_at(self, stage: Stage) -> Evidence | None:
        """Give what was known of earlier cases when a stage began."""
        if stage.events not in self._known:
            self._known[stage.events] = self._known_of(stage.case, stage.start)
        return self._known[stage.events]

    def _known_of(self, case: Case, at: datetime) -> Evidence | None:
        memory = self.judging.memory
        if memory is None:
            return None
        mine = own(self.lived.turns, case.tier, at)
        return evidence_in(memory.local(case.tier, likes_of(case), at, mine), self.judging.policy.evidence)


def _points(found: Evidence | None) -> int:
    return found.points if found else 0
