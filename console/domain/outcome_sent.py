"""What becomes of a case that a rule escalates: by the functions of a person's act, and never without an owner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from console.domain import handing
from console.domain.actions import Action
from console.domain.brief import Brief
from console.domain.case import Case, EscalationId, PersonId
from console.domain.escalation import Escalation, Kind, State
from console.domain.escalation import decided as escalation_decided
from console.domain.events import Plain
from console.domain.facts import Facts
from console.domain.matrix import Route, target
from console.domain.people import Person
from console.domain.policy import Policy
from console.domain.roster import Roster, contact

NUMBERS = 1000
"""How many ids each case has for its escalations."""

AUTOMATIC = "automatic"
"""Why the brief of an escalation by a rule may lack what only a person can know."""

Sent = tuple[Case, tuple[tuple[Escalation | None, Escalation], ...], dict[str, Plain]]
"""The case in the receiving tier, its escalations before and after, and what the event tells."""


def sent_up(facts: Facts, action: Action, policy: Policy, by: PersonId, brief: Brief, now: datetime) -> Sent:
    """Give the case as a rule escalates it. Refused: what a person's escalation would refuse."""
    case = facts.case
    standing = next((each for each in facts.escalations if each.id == case.escalation), None)
    handing.must_be_free(case, standing)
    way = Route(action.target, tuple((target(where), reason) for where, reason in action.absent))
    kind = Kind.HIERARCHICAL if action.source == "ping-pong" else Kind.AUTOMATIC
    owner = next(answering(facts, policy, action, now), None)
    order = handing.Order(brief=brief, incomplete=AUTOMATIC, owner=owner, kind=kind)
    after, made = handing.escalated(case, order, way, policy, by, now)
    made = replace(made, id=next_id(facts))
    after = replace(received(after, made, policy), escalation=made.id)
    return after, (*gone_further(standing, made), (None, made)), sent_told(made)


def next_id(facts: Facts) -> EscalationId:
    """Give the id of the case's next escalation, as the store numbers them."""
    first = facts.case.id * NUMBERS + 1
    return EscalationId(max((each.id + 1 for each in facts.escalations), default=first))


def answering(facts: Facts, policy: Policy, action: Action, now: datetime) -> Iterator[PersonId]:
    """Give who could answer for a case that a rule escalates, the likeliest first.

    Its owner or handler, the manager of its team, then of the team it goes to, then whoever is there in its team, then
    in its tier, then at the target. Nobody whom it is about, and nobody away while anybody else is there.
    """
    case, there = facts.case, Roster(facts.people, now)
    found = [each for each in _candidates(case, policy, action, there) if each not in case.subjects]
    yield from (each for each in found if not there.is_away(each))
    yield from found


def _candidates(case: Case, policy: Policy, action: Action, there: Roster) -> Iterator[PersonId]:
    yield from (each for each in (case.owner, case.handler) if each)
    here = [team for team in policy.teams if team.tier == case.tier and case.team in {"", team.id}]
    yield from (PersonId(team.manager) for team in here if team.manager)
    receiver = contact(action.target, policy) if action.target else None
    yield from (receiver,) if receiver else ()
    places: list[tuple[Person, ...]] = [
        tuple(each for each in there.people if case.team in each.teams),
        tuple(each for each in there.people if each.tier == case.tier),
        there.at(action.target) if action.target else (),
    ]
    yield from (person.id for place in places for person in place)


def received(case: Case, made: Escalation, policy: Policy) -> Case:
    """Give a confidential case with who receives it in its circle: the manager of the team it goes to."""
    receiver = contact(made.target, policy) if case.confidential else None
    return replace(case, circle=tuple(dict.fromkeys([*case.circle, receiver]))) if receiver else case


def sent_told(made: Escalation) -> dict[str, Plain]:
    """Give what the event tells of an escalation, whoever sent it."""
    return {
        "escalation": made.id, "target": str(made.target), "kind": made.kind.value, "incomplete": made.incomplete,
        "skipped": [[str(where), reason] for where, reason in made.skipped],
    }  # fmt: skip


def gone_further(standing: Escalation | None, made: Escalation) -> tuple[tuple[Escalation, Escalation], ...]:
    """Say of an escalation that was accepted here what became of it: it went further up."""
    if standing is None or standing.state not in {State.ACCEPTED, State.DECIDED}:
        return ()
    return ((standing, escalation_decided(standing, f"escalated further to {made.target}")),)
