"""Cases with a history, for what time makes of them: what people do is written down as the desk writes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from console.domain import acts, handing
from console.domain.actions import Action
from console.domain.case import Case, PersonId
from console.domain.changes import changes
from console.domain.escalation import (
    Escalation,
    ReturnReason,
    acknowledged,
    asked_back,
    replied,
)
from console.domain.escalation_changes import escalation_changes
from console.domain.events import Event, Kind
from console.domain.facts import Facts
from console.domain.forecast import Foreseen, forecast
from console.domain.ladder import asked
from console.domain.matrix import Route, Target
from console.domain.outcome import enacted
from console.domain.outcome_sent import next_id
from console.domain.people import Person, Role
from console.domain.plan import plan
from console.domain.policy import Policy, Team
from console.domain.timing import ClockName, Count, Ladder, LadderStep, Timing
from console.domain.timing import Target as ClockTarget
from tests.builders import MORNING, a_brief, a_case, a_person, a_policy

DATABASE = Target(2, "database")
PEOPLE = (
    a_person("ada"),
    a_person("bo", tier=2, teams=("database",)),
    a_person("kim", tier=2, teams=("database",)),
    a_person("lena", Role.LEAD, tier=2, teams=("database",)),
    a_person("max", Role.LEAD, tier=3, teams=("lab",)),
    a_person("vera", Role.LEAD, tier=4),
)


def minutes(number: float) -> timedelta:
    """Give so many minutes."""
    return timedelta(minutes=number)


def within(clock: ClockName, number: float, **criteria: Any) -> ClockTarget:  # noqa: ANN401 - any criterion
    """Give a target of so many minutes, round the clock."""
    return ClockTarget(clock=clock, within=minutes(number), calendar="always", **criteria)


def a_step(*to: str, after: float = 10, **how: Any) -> LadderStep:  # noqa: ANN401 - any field of a step
    """Give a step that comes so many minutes after the one before."""
    given: dict[str, Any] = {"count": Count.WALL} | how
    return LadderStep(to=to, after=minutes(after), **given)


def a_ladder(*steps: LadderStep, **how: Any) -> Ladder:  # noqa: ANN401 - any field of a ladder
    """Give a ladder of steps that reminds first after ten minutes; by default of bo, kim and lena."""
    given = steps or (a_step("bo"), a_step("kim"), a_step("lena"))
    told: dict[str, Any] = {"gentle": minutes(10), "rounds": 2} | how
    return Ladder(id="standard", steps=given, **told)


def timed(**timing: Any) -> Policy:  # noqa: ANN401 - any field of a timing
    """Give the policy with what it says of time: an hour to accept, and a ladder."""
    usual = a_policy()
    teams = tuple(replace(team, manager="lena") if team.id != "lab" else team for team in usual.teams)
    desk = Team("desk", "Service desk", 1, manager="lena")
    given: dict[str, Any] = {"targets": (within(ClockName.ACCEPTANCE, 60),), "ladders": (a_ladder(),)} | timing
    return replace(usual, teams=(*teams, desk), timing=Timing(**given), brief_requires=())


def facts_of(people: tuple[Person, ...] = PEOPLE, **facts: Any) -> Facts:  # noqa: ANN401 - any field of a case
    """Give a case as it was opened at nine, with nothing done to it yet."""
    case = a_case(**({"requester": "cora"} | facts))
    first = Event(
        case=case.id, version=1, at=case.created, actor=PersonId("ada"), kind=Kind.OPENED, changes=changes(None, case)
    )
    return Facts(case=case, history=(first,), people=people)


def written(
    facts: Facts,
    after: Case,
    kind: Kind,
    at: datetime,
    *,
    by: str = "ada",
    pairs: tuple[tuple[Escalation | None, Escalation], ...] = (),
    **detail: Any,  # noqa: ANN401 - anything JSON holds
) -> Facts:
    """Give the facts after an act of a person."""
    case = replace(after, version=facts.case.version + 1, updated=at)
    noted = dict(changes(facts.case, case))
    for old, new in pairs:
        noted |= escalation_changes(old, new)
    event = Event(
        case=case.id, version=case.version, at=at, actor=PersonId(by), kind=kind, changes=noted, detail=detail
    )
    made = {each.id: each for each in facts.escalations} | {new.id: new for _, new in pairs}
    return replace(facts, case=case, history=(*facts.history, event), escalations=tuple(made.values()))


def open_one(facts: Facts) -> Escalation:
    """Give the open escalation."""
    return next(each for each in facts.escalations if each.id == facts.case.escalation)


def claimed(facts: Facts, at: datetime = MORNING, by: str = "ada") -> Facts:
    """Let somebody claim the case."""
    return written(facts, acts.claimed(facts.case, PersonId(by)), Kind.CLAIMED, at, by=by)


def escalated(
    facts: Facts,
    policy: Policy,
    at: datetime = MORNING,
    to: Target = DATABASE,
    by: str = "ada",
    decide_by: datetime | None = None,
) -> Facts:
    """Let somebody send the case up."""
    if facts.case.escalation is not None:
        handing.must_be_free(facts.case, open_one(facts))
    order = handing.Order(brief=a_brief(decide_by), target=to, incomplete="no time")
    after, made = handing.escalated(facts.case, order, Route(to), policy, PersonId(by), at)
    made = replace(made, id=next_id(facts))
    after = replace(after, escalation=made.id)
    return written(facts, after, Kind.ESCALATED, at, by=by, pairs=((None, made),), escalation=made.id, target=str(to))


def accepted(facts: Facts, at: datetime, by: str = "bo") -> Facts:
    """Let somebody accept the case."""
    before = open_one(facts)
    after, taken = handing.accepted(facts.case, before, PersonId(by), at)
    return written(facts, after, Kind.ACCEPTED, at, by=by, pairs=((before, taken),), escalation=taken.id)


def returned(facts: Facts, at: datetime, by: str = "bo") -> Facts:
    """Let somebody hand the case back."""
    before = open_one(facts)
    why = handing.Return(ReturnReason.SOLVABLE_BELOW)
    after, back = handing.handed_back(facts.case, before, why, PersonId(by), at)
    return written(facts, after, Kind.RETURNED, at, by=by, pairs=((before, back),), escalation=back.id)


def questioned(facts: Facts, at: datetime, by: str = "bo") -> Facts:
    """Let somebody ask back."""
    before = open_one(facts)
    after = asked_back(before, "which region?")
    case = replace(facts.case, escalation_state=after.state)
    return written(facts, case, Kind.ASKED, at, by=by, pairs=((before, after),), escalation=after.id, text="?")


def answered(facts: Facts, at: datetime) -> Facts:
    """Let ada reply to a question."""
    before = open_one(facts)
    pairs = ((before, replied(before)),)
    return written(facts, facts.case, Kind.REPLIED, at, pairs=pairs, escalation=before.id, text="all of them")


def on_it(facts: Facts, policy: Policy, at: datetime, by: str = "bo") -> Facts:
    """Let somebody acknowledge the escalation."""
    before = open_one(facts)
    after = acknowledged(before, PersonId(by), asked(before, facts, policy, at))
    return written(facts, facts.case, Kind.ACKNOWLEDGED, at, by=by, pairs=((before, after),), escalation=after.id)


def waits(facts: Facts, at: datetime, whom: str = "customer", until: datetime | None = None) -> Facts:
    """Let the case wait."""
    return written(facts, acts.waiting(facts.case, whom, until), Kind.WAITING, at)


def resumed(facts: Facts, at: datetime) -> Facts:
    """Let somebody resume the case."""
    return written(facts, acts.resumed(facts.case), Kind.RESUMED, at)


def told(facts: Facts, at: datetime) -> Facts:
    """Let ada write to the requester."""
    return written(facts, acts.worked_on(facts.case), Kind.NOTED, at, text="we are on it", voice="outbound")


def run(facts: Facts, policy: Policy, now: datetime) -> tuple[tuple[Action, ...], Facts]:
    """Make one round: plan, and carry it out."""
    planned = plan(facts, policy, now)
    for action in planned.due:
        facts = enacted(facts, action, policy, now)
    return planned.due, facts


def rounds(facts: Facts, policy: Policy, until: datetime, now: datetime = MORNING) -> Facts:
    """Make a round whenever something is due, until a time."""
    for _ in range(500):
        _, facts = run(facts, policy, now)
        at = plan(facts, policy, now).next_at
        if at is None or at > until:
            return facts
        now = max(at, now)
    message = "rounds without an end"
    raise AssertionError(message)


def foreseen(facts: Facts, policy: Policy, now: datetime = MORNING, most: int = 30) -> Iterator[Foreseen]:
    """Give the first things that are foreseen."""
    return islice(forecast(facts, policy, now), most)


def clock_of(at: datetime) -> str:
    """Write when something happens: minutes since nine, with the day where it is another."""
    return f"{(at - MORNING) // timedelta(minutes=1)}"


def storyline(facts: Facts, policy: Policy, now: datetime = MORNING, most: int = 30) -> list[str]:
    """Tell what is foreseen: minutes after nine, what, which step, and whom it tells."""
    lines = []
    for each in foreseen(facts, policy, now, most):
        action = each.action
        again = f"+{action.again}" if action.again else ""
        step = f" {action.step}{again}" if action.step else ""
        whom = f": {', '.join([*action.to, *action.outside])}" if action.reaches else ""
        lines.append(f"{clock_of(each.at)} {action.does}{step}{whom}")
    return lines
