"""What the ladder of an escalation makes due: the gentle reminder, step after step, round after round, and its end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from console.domain.actions import Action, Does
from console.domain.clock import Clock
from console.domain.escalation import Escalation
from console.domain.events import Plain
from console.domain.ladder import (
    SOURCE,
    Progress,
    awaiting,
    is_exhausted,
    is_stopped,
    ladder_of,
    progress,
    stands_still,
    step_said,
)
from console.domain.look import Coming, Look, later
from console.domain.matrix import Target
from console.domain.policy import Policy
from console.domain.recipients import Recipients
from console.domain.roster import Roster
from console.domain.timing import ClockName, Ladder, LadderStep

DAILY = timedelta(days=1)
"""How often it is said that nobody answered, once a ladder is exhausted."""

NO_WAIT = timedelta(hours=1)
"""How long the last step is waited for, where neither a target of acceptance nor the step itself says it."""

AT_THE_END = ("manager", "up", "escalated-by")
"""Who hears of an exhausted ladder: the manager of the team, whoever the matrix gives above, and who escalated."""


@dataclass(frozen=True, slots=True)
class Climb:
    """One escalation's ladder, as it is looked at."""

    seen: Look
    escalation: Escalation
    ladder: Ladder
    policy: Policy
    stands: Progress

    @property
    def step(self) -> LadderStep | None:
        """Give the step that was said last."""
        return step_said(self.ladder, self.stands)

    @property
    def clock(self) -> Clock | None:
        """Give the acceptance clock of the escalation, while it runs."""
        key = f"escalation.{self.escalation.id}"
        return next((each for each in self.seen.clocks if each.key == key and each.name is ClockName.ACCEPTANCE), None)

    def later(self, at: datetime, span: timedelta, step: LadderStep) -> datetime:
        """Give the time so much later, counted as a step says."""
        return later(at, span, step.count, self.ladder.calendar, self.policy)


def coming_by_ladders(seen: Look) -> Iterator[Coming]:
    """Give what is next on the ladder of the open escalation, unless somebody has responded.

    The next step counts from when the one before was said, the first from the gentle reminder. A step with nobody there
    is passed at once. When the acceptance is out of time, and every step has been said, it starts again from step 1;
    after its last round it is exhausted, and that is said again every day.
    """
    escalation = awaiting(seen.facts)
    if escalation is None or stands_still(seen.case):
        return
    ladder, policy = ladder_of(escalation, seen.facts, seen.policy)
    if ladder is None:
        return
    climb = Climb(seen, escalation, ladder, policy, progress(escalation, seen.facts))
    if is_exhausted(escalation):
        yield _daily(climb)
    elif is_stopped(climb.stands, climb.step, escalation.acknowledged):
        yield from _round_over(climb, is_stopped=True)
    elif (found := _saying(climb)) is not None:
        yield found
    else:
        yield from _round_over(climb, is_stopped=False)


def _saying(climb: Climb) -> Coming | None:
    """Give the gentle reminder, the repetition of the step that was said last, or the next step."""
    stands, steps, step = climb.stands, climb.ladder.steps, climb.step
    if not stands.step and not stands.is_reminded and climb.ladder.gentle and stands.round == 1 and steps:
        at = climb.later(stands.since, climb.ladder.gentle, steps[0])
        return Coming(at, Does.REMIND, partial(_remind, climb, at))
    if step is not None and stands.reached and stands.again < step.repeat:
        at = climb.later(stands.since, step.every, step)
        return Coming(at, Does.ENGAGE, partial(_engage, climb, (stands.step, stands.again + 1), at))
    if stands.step < len(steps):
        following = steps[stands.step]
        wait = following.after if stands.reached else timedelta(0)
        at = climb.later(stands.since, wait, following) if wait else stands.since
        return Coming(at, Does.ENGAGE, partial(_engage, climb, (stands.step + 1, 0), at))
    return None


def _round_over(climb: Climb, *, is_stopped: bool) -> Iterator[Coming]:
    """Give the end of a round: the acceptance is out of time, and nobody accepted.

    Where that was before the last step was said, or no target says it, the last step is waited for once more. Somebody
    who acknowledged is given until then; without a target of acceptance they are trusted.
    """
    stands, clock = climb.stands, climb.clock
    out = _out_of_time(climb, clock)
    since = max(stands.since, stands.acknowledged or stands.since)
    if is_stopped and (out is None or clock is None or clock.within is None):
        return
    if out is None or out <= since:
        out = _once_more(climb, clock if is_stopped else None, since)
    does = Does.AGAIN if stands.round < climb.ladder.rounds and climb.ladder.steps else Does.EXHAUST
    yield Coming(out, does, partial(_again if does is Does.AGAIN else _exhaust, climb, out))


def _out_of_time(climb: Climb, clock: Clock | None) -> datetime | None:
    """Give when the round's acceptance is out of time: at the clock's due time, later rounds as long again."""
    if clock is None:
        return None
    if climb.stands.round == 1 or clock.within is None:
        return clock.due
    return climb.seen.policy.timing.calendar_of(clock.calendar).add(climb.stands.begun, clock.within)


def _once_more(climb: Climb, clock: Clock | None, since: datetime) -> datetime:
    if clock is not None and clock.within is not None:
        return climb.seen.policy.timing.calendar_of(clock.calendar).add(since, clock.within)
    step = climb.step
    if step is None:
        return since + NO_WAIT
    return climb.later(since, step.after or step.every or NO_WAIT, step)


def _daily(climb: Climb) -> Coming:
    at = climb.stands.since + DAILY
    return Coming(at, Does.NOTIFY, partial(_still_exhausted, climb, at))


def _remind(climb: Climb, at: datetime) -> Action:
    people = climb.seen.told(("receiver",), policy=climb.policy)
    says = f"remind whoever was asked to accept case {climb.seen.case.id}"
    why = "nobody has accepted it yet, and a gentle reminder goes first"
    return replace(_action(climb, Does.REMIND, people, at), says=says, why=why)


def _engage(climb: Climb, saying: tuple[int, int], at: datetime) -> Action:
    number, again = saying
    people = _people(climb, climb.ladder.steps[number - 1])
    says = f"engage step {number} of {len(climb.ladder.steps)}{f', said {again + 1} times' if again else ''}"
    why = "nobody has responded" if people.people or people.outside else "nobody of this step is there"
    made = _action(climb, Does.ENGAGE, people, at)
    return replace(made, step=number, again=again, says=says, why=why)


def _again(climb: Climb, at: datetime) -> Action:
    people, number = _people(climb, climb.ladder.steps[0]), climb.stands.round + 1
    made = _action(climb, Does.AGAIN, people, at)
    says = f"start the ladder again at step 1, round {number} of {climb.ladder.rounds}"
    why = "its time to be accepted ran out and nobody has accepted it"
    return replace(
        made, step=1, deadline=at, says=says, why=why, detail={**made.detail, "round": number},
    )  # fmt: skip


def _exhaust(climb: Climb, at: datetime) -> Action:
    people = climb.seen.told(AT_THE_END, policy=climb.policy)
    made = _action(climb, Does.EXHAUST, people, at)
    says = "say that the ladder is exhausted"
    return replace(made, step=made.steps + 1, says=says, why="nobody has responded in any round")


def _still_exhausted(climb: Climb, at: datetime) -> Action:
    people = climb.seen.told(AT_THE_END, policy=climb.policy)
    made = _action(climb, Does.NOTIFY, people, at)
    says = "say again that the ladder is exhausted"
    again = climb.stands.reminded + 1
    return replace(made, step=made.steps + 1, again=again, says=says, why="nobody has answered since it was exhausted")


def _action(climb: Climb, does: Does, people: Recipients, at: datetime) -> Action:
    """Give what all actions of a ladder have in common."""
    detail: dict[str, Plain] = {"round": climb.stands.round, "rounds": climb.ladder.rounds}
    return Action(
        does=does, source=SOURCE + climb.ladder.id, says="", deadline=climb.stands.base, steps=len(climb.ladder.steps),
        due=at, to=people.people, outside=people.outside, absent=people.absent, target=_target(climb),
        escalation=climb.escalation.id, detail=detail, policy=climb.policy.version,
    )  # fmt: skip


def _target(climb: Climb) -> Target:
    return climb.escalation.target


def _people(climb: Climb, step: LadderStep) -> Recipients:
    """Give who is engaged at a step; where it is passed over when they are absent, nobody stands in for them."""
    seen = climb.seen
    if step.skip_if_absent:
        alone = tuple(replace(each, deputy=None) for each in seen.there.people)
        seen = replace(seen, there=Roster(alone, seen.now))
    return seen.told(step.to, policy=climb.policy)
