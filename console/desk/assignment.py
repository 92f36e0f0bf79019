"""Giving work to people and places."""

from __future__ import annotations

from console.desk.act import Act, Made, do
from console.desk.desk import Desk
from console.desk.record import Done, Told, person_known
from console.desk.rights import allow
from console.domain import acts
from console.domain.access import Deed
from console.domain.case import Case, CaseId
from console.domain.errors import RefusalCode, Refused
from console.domain.events import Kind
from console.domain.matrix import Target
from console.domain.people import Actor
from console.domain.ping_pong import must_not_bounce
from console.domain.policy import Policy
from console.store import cases, escalations
from console.store.engine import Tx


def assign(desk: Desk, actor: Actor, case_id: CaseId, person: str, seen: int | None = None) -> Done:
    """Make a person the handler.

    Refused: somebody unknown or absent, a case that is theirs already, oneself in somebody else's place (`take_over`).
    """
    return do(desk, actor, assigning(desk, actor, person), case_id, seen)


def assigning(desk: Desk, actor: Actor, person: str) -> Act:
    """Give the act of making a person the handler."""

    def make(tx: Tx, case: Case) -> Made:
        if person == actor.id and case.handler not in {None, person}:
            told = f"Case {case.id} is {case.handler}'s; taking it over needs a reason:"
            raise Refused(f"{told} `triage claim {case.id} --take-over --reason TEXT`.", RefusalCode.INCOMPLETE)
        return acts.assigned(case, person_known(tx, person, desk.now())), Told(kind=Kind.ASSIGNED)

    return Act(Deed.ASSIGN, make)


def to_take_over(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Give a case that somebody else handles, for who thinks of taking it over.

    Refused: for who may not, naming who could; a case that nobody handles (any more).
    """
    with desk.read(actor) as tx:
        case = cases.get(tx, case_id)
        allow(desk, tx, actor, Deed.TAKE_OVER, case)
    return _handled(case)


def take_over(desk: Desk, actor: Actor, case_id: CaseId, reason: str, seen: int | None = None) -> Done:
    """Take a case out of somebody else's hands into one's own; its owner stays.

    Refused: without a reason, for who is neither a lead of that tier nor covers for an absent handler, a case that
    nobody handles.
    """
    if not reason.strip():
        raise Refused("Taking a case over needs a reason; say why with --reason TEXT.", RefusalCode.INCOMPLETE)

    def make(_: Tx, case: Case) -> Made:
        return acts.assigned(_handled(case), actor.id), Told(kind=Kind.ASSIGNED, reason_text=reason.strip())

    return do(desk, actor, Act(Deed.TAKE_OVER, make), case_id, seen)


def _handled(case: Case) -> Case:
    """Give a case that somebody handles. Refused: any other."""
    if case.handler is None:
        raise Refused(f"Nobody handles case {case.id}; claim it, without taking it over.")
    return case


def move(desk: Desk, actor: Actor, case_id: CaseId, place: tuple[int, str], seen: int | None = None) -> Done:
    """Move a case to a tier and team, sideways or down as well as up, without a brief.

    Refused: a place the policy does not have, one it is in already, one it came back from too often, while an
    escalation waits to be accepted.
    """
    return do(desk, actor, moving(desk, place), case_id, seen)


def moving(desk: Desk, place: tuple[int, str]) -> Act:
    """Give the act of moving a case. Refused: a place the policy does not have."""
    tier, team = place
    _must_have(desk.policy, tier, team)

    def make(tx: Tx, case: Case) -> Made:
        _must_have(desk.policy, tier, team)
        if desk.policy.timing.ping_pong.bounces:
            must_not_bounce(case, Target(tier, team), escalations.of_case(tx, case.id), desk.policy, desk.now())
        return acts.moved(case, tier, team), Told(kind=Kind.MOVED)

    return Act(Deed.MOVE, make)


def _must_have(policy: Policy, tier: int, team: str) -> None:
    """Refuse a place the policy does not have; asked within the transaction too, since another may be in force then."""
    policy.tier(tier)
    if team and policy.team(team).tier != tier:
        raise Refused(f"Team {team} is in tier {policy.team(team).tier}, not in tier {tier}.")
