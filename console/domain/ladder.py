"""How far the ladder of an escalation has come: which round, which step was said when, and who has responded.

A ladder engages people one after another until somebody responds (domain section 4). All of it is read from the history
of the case: the escalation's own record says who acknowledged it, and what state it is in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from console.domain.acts import is_requester
from console.domain.case import Case, PersonId, Status
from console.domain.escalation import AWAITING, Escalation, State
from console.domain.events import Event, Kind, annulled
from console.domain.facts import Facts
from console.domain.firings import Firing, firings
from console.domain.policy import Policy
from console.domain.roster import Roster, contact
from console.domain.timing import Ladder, LadderStep

SOURCE = "ladder:"


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a ladder stands.

    `base` is when the round began, which names it; `round` counts them since the escalation was sent, or since its
    question was answered. `step` is the one said last (0: none, or only the gentle reminder) and `again` how often it
    was repeated. `begun` is when the round really began, `since` from when the next wait counts. `asked` were told at
    this step, `engaged` at any of this round. `exhausted` is when it came to its end, `reminded` how often that was
    said again.
    """

    base: datetime
    begun: datetime
    since: datetime
    round: int = 1
    step: int = 0
    again: int = 0
    is_reminded: bool = False
    reached: bool = True
    asked: frozenset[str] = frozenset()
    engaged: frozenset[str] = frozenset()
    acknowledged: datetime | None = None
    exhausted: datetime | None = None
    reminded: int = 0


def awaiting(facts: Facts) -> Escalation | None:
    """Give the open escalation whose receiver still owes an answer; none while it is asked back about."""
    found = next((each for each in facts.escalations if each.id == facts.case.escalation), None)
    return found if found and found.state in AWAITING and not found.question else None


def stands_still(case: Case) -> bool:
    """Say whether ladders stand still, since everything waits for the requester."""
    return case.status is Status.WAITING and is_requester(case.waiting_for, case)


def ladder_of(escalation: Escalation, facts: Facts, policy: Policy) -> tuple[Ladder | None, Policy]:
    """Give the ladder of an escalation and the policy it runs by, which is the one it was sent under.

    The first that fits the case's severity and category counts; one that has begun stays.
    """
    ruling = facts.frozen.get(escalation.policy, policy)
    begun = next((each.source for each in _of(escalation, facts.history)), "")
    ladders = ruling.timing.ladders
    stays = next((each for each in ladders if SOURCE + each.id == begun), None)
    return stays or next((each for each in ladders if fits(each, facts.case)), None), ruling


def fits(ladder: Ladder, case: Case) -> bool:
    """Say whether a ladder holds for a case's severity and category."""
    by_severity = not ladder.severities or case.severity in ladder.severities
    return by_severity and (not ladder.categories or case.category in ladder.categories)


def progress(escalation: Escalation, facts: Facts) -> Progress:
    """Read where the ladder of an escalation stands."""
    gone = annulled(facts.history)
    made = {each.event.version: each for each in _of(escalation, facts.history)}
    stands = _begun(escalation.sent_at)
    for event in facts.history:
        if event.version in made:
            stands = _after_firing(stands, made[event.version])
        elif event.version not in gone:
            stands = _after_act(stands, event, escalation, facts.case)
    return stands


def is_stopped(stands: Progress, step: LadderStep | None, acknowledged: Iterable[PersonId]) -> bool:
    """Say whether a response has stopped the ladder: anybody's, at a step for everyone that of all it reached."""
    responded = frozenset(map(str, acknowledged))
    if step is not None and step.everyone and stands.asked:
        return stands.asked <= responded
    return bool(responded)


def stops_for(escalation: Escalation, facts: Facts, policy: Policy) -> bool:
    """Say whether those who acknowledged an escalation so far have stopped its ladder."""
    ladder, _ = ladder_of(escalation, facts, policy)
    stands = progress(escalation, facts)
    return is_stopped(stands, step_said(ladder, stands), escalation.acknowledged)


def step_said(ladder: Ladder | None, stands: Progress) -> LadderStep | None:
    """Give the step of a ladder that was said last."""
    steps = ladder.steps if ladder else ()
    return steps[stands.step - 1] if 0 < stands.step <= len(steps) else None


def asked(escalation: Escalation, facts: Facts, policy: Policy, now: datetime) -> frozenset[PersonId]:
    """Give who was asked to accept an escalation: the people and the manager of its target, and whom the ladder told.

    Whoever stands in for one of them is asked as well. Where nobody is known at all, that is nobody in particular.
    """
    if not facts.people:
        return frozenset()
    there = Roster(facts.people, now)
    receiver = contact(escalation.target, policy)
    at_target = () if escalation.target.party else there.at(escalation.target)
    found = {person.id for person in at_target} | ({receiver} if receiver else set())
    found |= {PersonId(each) for each in progress(escalation, facts).engaged}
    deputies = {there.stand_in(each) for each in found}
    return frozenset(found | {each for each in deputies if each})


def _begun(at: datetime) -> Progress:
    return Progress(base=at, begun=at, since=at)


def _of(escalation: Escalation, history: Iterable[Event]) -> Iterable[Firing]:
    """Give what the ladder of one escalation has done."""
    return (each for each in firings(history, SOURCE) if each.number("escalation") == escalation.id)


def _after_firing(stands: Progress, firing: Firing) -> Progress:
    """Give where it stands after something that it did."""
    if firing.event.kind is Kind.EXHAUSTED:
        return replace(stands, exhausted=firing.at, since=firing.at)
    if stands.exhausted is not None:
        return replace(stands, reminded=firing.again, since=firing.at)
    if firing.number("round") > stands.round:
        stands = replace(_begun(firing.at), base=firing.deadline, round=firing.number("round"))
    if firing.step == 0:
        return replace(stands, is_reminded=True, since=firing.at, engaged=firing.told)
    return replace(
        stands, step=firing.step, again=firing.again, since=firing.at, reached=firing.reached,
        asked=firing.told, engaged=stands.engaged | firing.told,
    )  # fmt: skip


def _after_act(stands: Progress, event: Event, escalation: Escalation, case: Case) -> Progress:
    """Give where it stands after somebody's act: a reply starts it anew, the end of a wait the time of its step."""
    is_its = event.detail.get("escalation") == escalation.id
    if is_its and event.kind is Kind.REPLIED:
        return _begun(event.at)
    if is_its and event.kind is Kind.ACKNOWLEDGED:
        return replace(stands, acknowledged=event.at)
    old, new = event.changes.get("status", ("", ""))
    whom, _ = event.changes.get("waiting_for", ("", ""))
    was_still = old == Status.WAITING.value != new and is_requester(str(whom), case)
    return replace(stands, since=max(stands.since, event.at)) if was_still else stands


def is_exhausted(escalation: Escalation) -> bool:
    """Say whether its ladder has come to its end without an answer."""
    return escalation.state is State.EXHAUSTED
