"""A replay: when a policy would have sent a case up, and to whom, had it been in force; against what happened.

The recommendation and the plan are those that live runs go by. What people did until the case went up is taken as it
was; from then on it is as if nobody had, to see whether the policy would have sent it up later by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from console.domain.case import Case, CaseId, altered
from console.domain.clock import pressed
from console.domain.facts import Facts
from console.domain.happened import Happened
from console.domain.matrix import Target
from console.domain.policy import GuardKind, Policy
from console.domain.recommendation import Advice, Verdict, advise
from console.domain.replay_rules import escalates_by_rule, first_by_rule
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
    """A recommendation, and when it was given."""

    at: datetime
    advice: Advice

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


@dataclass(frozen=True, slots=True, kw_only=True)
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


def replay(facts: Facts, policy: Policy, past: Happened, now: datetime, recommend: Advise = advise) -> Replay:
    """Replay one case under a policy until it was sent up for good, or until it ended."""
    end = now if facts.case.status.is_live else max(facts.history[-1].at, facts.case.created)
    until = past.rise.at if past.needed and past.rise else end + MOMENT
    judged: list[Judged] = []
    for each in _judged(facts, policy, (until, end), recommend):
        judged = [*judged[:1], each]
        if each.advice.verdict is Verdict.ESCALATE:
            break
    newest, would = judged[-1], None
    if newest.advice.verdict is Verdict.ESCALATE:
        would = Would(newest.at, newest.advice.target)
    if escalates_by_rule(policy):
        found = first_by_rule(facts, policy, until, min(end, would.at) if would else end)
        would = Would(*found) if found else would
    return Replay(case=facts.case.id, policy=policy.version, began=judged[0], judged=newest, would=would, past=past)


def _judged(facts: Facts, policy: Policy, times: tuple[datetime, datetime], recommend: Advise) -> Iterator[Judged]:
    """Give each recommendation that may differ from the one before it."""
    may_matter = True
    for stage in stages(facts, *times):
        if stage.is_new:
            plain = recommend(stage.case, policy, stage.start)
            may_matter = _matters(stage, plain, policy, recommend)
        elif not may_matter:
            continue
        if not may_matter:
            yield Judged(stage.start, plain)
            yield from _later(stage, stage.case, policy, recommend)
            continue
        case = _timed(stage, facts, policy)
        yield Judged(stage.start, recommend(case, policy, stage.start))
        yield from _later(stage, case, policy, recommend)


def _later(stage: Stage, case: Case, policy: Policy, recommend: Advise) -> Iterator[Judged]:
    """Give the recommendations that time alone may have changed: past a due time, a promise, a while after a return."""
    moments = [at + MOMENT for at in (case.next_due, case.promised_at) if at is not None]
    if case.returned_at is not None:
        moments += [case.returned_at + each.within for each in policy.guards if each.kind is GuardKind.RETURNED]
    for at in sorted(moments):
        if stage.start < at < stage.end:
            yield Judged(at, recommend(case, policy, at))


def _matters(stage: Stage, plain: Advice, policy: Policy, recommend: Advise) -> bool:
    """Say whether being past its due time would change what is recommended; if not, no clock need be worked out."""
    if not stage.case.status.is_live or not (policy.timing.targets or stage.case.due):
        return False
    late = altered(stage.case, next_due=stage.start - MOMENT)
    return recommend(late, policy, stage.start).verdict is not plain.verdict


def _timed(stage: Stage, facts: Facts, policy: Policy) -> Case:
    """Give the case with what its clocks came to under this policy."""
    sent = tuple(each for each in facts.escalations if each.sent_at <= stage.start)
    found = pressed(stage.case, facts.history[: stage.events], sent, policy)
    return altered(stage.case, next_clock=found.name, next_due=found.due, time_left=found.left)
