"""A replay: when a policy would have sent a case up, and to whom, had it been in force; against what happened.

The recommendation and the plan are those that live runs go by. What people did until the case went up is taken as it
was; from then on it is as if nobody had, to see whether the policy would have sent it up later by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from console.domain.case import Case, CaseId, altered
from console.domain.clock import pressed
from console.domain.facts import Facts
from console.domain.happened import Happened
from console.domain.matrix import Target
from console.domain.policy import GuardKind, Policy
from console.domain.recommendation import Advice, Verdict, advise
from console.domain.replay_rules import Glance, first_by_rule, only_sending
from console.domain.stages import Stage, stages

MOMENT = timedelta(microseconds=1)
CHECKLIST = "checklist"

Advise = Callable[[Case, Policy, datetime], Advice]
"""What recommends for a case as it stood at a time, from what was known then."""


class Result(StrEnum):
    """How what a policy would have done compares with what happened; `unsettled` is where that is not known yet."""

    FOUND = "found"
    LATE = "late"
    MISSED = "missed"
    UNNECESSARY = "unnecessary"
    SPARED = "spared"
    UNSETTLED = "unsettled"


@dataclass(frozen=True, slots=True)
class Judged:
    """A recommendation, when it was given, and the case as it stood then."""

    at: datetime
    advice: Advice
    case: Case

    @property
    def score(self) -> float:
        """Give the middle of what the score can be."""
        return (self.advice.low + self.advice.high) / 2


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
        if self.would is None or self.past.rise is None:
            return timedelta(0)
        return self.past.rise.at - self.would.at


class Trial:
    """A policy that is tried on cases: made once, since some of it is the same for all of them."""

    def __init__(self, policy: Policy, recommend: Advise = advise) -> None:
        """Keep what is tried, as if it had always been in force, and what recommends under it."""
        policy = replace(policy, timing=replace(policy.timing, since=None))
        self.policy, self.recommend = policy, recommend
        self.glance = Glance(only_sending(policy))
        self.has_targets = bool(policy.timing.targets)
        self.holds = [each.within for each in policy.guards if each.kind is GuardKind.RETURNED]

    @property
    def reads_text(self) -> bool:
        """Say whether any rule that sends cases up looks at their text."""
        return self.glance.reads_text

    def of(self, facts: Facts, past: Happened, now: datetime) -> Replay:
        """Replay one case until it was sent up for good, or until it ended."""
        end = now if facts.case.status.is_live else max(facts.history[-1].at, facts.case.created)
        until = past.rise.at if past.needed and past.rise else end + MOMENT
        stood = [*stages(facts, until, end)]
        judged: list[Judged] = []
        for each in self._judged(facts, stood):
            judged = [*judged[:1], each]
            if each.advice.verdict is Verdict.ESCALATE:
                break
        newest, would = judged[-1], None
        if newest.advice.verdict is Verdict.ESCALATE:
            would = Would(newest.at, newest.advice.target)
        if self.glance.may_send(facts.history, (stage.case for stage in stood)):
            found = first_by_rule(facts, self.glance, until, min(end, would.at) if would else end)
            would = Would(*found) if found else would
        return Replay(facts.case.id, self.policy.version, judged[0], newest, would, past)

    def _judged(self, facts: Facts, stood: Sequence[Stage]) -> Iterator[Judged]:
        """Give each recommendation that may differ from the one before it; none for a case that is over."""
        may_matter = True
        for place, stage in enumerate(stood):
            if place and not stage.case.status.is_live:
                continue
            if stage.is_new:
                plain = self._at(stage.case, stage.start)
                may_matter = self._matters(stage, plain)
            elif not may_matter:
                continue
            if may_matter:
                case = self._timed(stage, facts)
                yield self._at(case, stage.start)
                yield from self._later(stage, case)
            else:
                yield plain
                yield from self._later(stage, stage.case)

    def _at(self, case: Case, at: datetime) -> Judged:
        return Judged(at, self.recommend(case, self.policy, at), case)

    def _later(self, stage: Stage, case: Case) -> Iterator[Judged]:
        """Give what time alone may have changed: past a due time, past a promise, a while after a return."""
        moments = [at + MOMENT for at in (case.next_due, case.promised_at) if at is not None]
        if case.returned_at is not None:
            moments += [case.returned_at + within for within in self.holds]
        yield from (self._at(case, at) for at in sorted(moments) if stage.start < at < stage.end)

    def _matters(self, stage: Stage, plain: Judged) -> bool:
        """Say whether being past its due time would change what is recommended; if not, no clock is worked out."""
        if not (self.has_targets or stage.case.due) or plain.advice.standing:
            return False
        late = altered(stage.case, next_due=stage.start - MOMENT)
        return self._at(late, stage.start).advice.verdict is not plain.advice.verdict

    def _timed(self, stage: Stage, facts: Facts) -> Case:
        """Give the case with what its clocks came to under this policy."""
        sent = tuple(each for each in facts.escalations if each.sent_at <= stage.start)
        found = pressed(stage.case, facts.history[: stage.events], sent, self.policy)
        return altered(stage.case, next_clock=found.name, next_due=found.due, time_left=found.left)
