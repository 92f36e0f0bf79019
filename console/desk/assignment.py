"""Giving work to people and places."""

from __future__ import annotations

from console.desk.desk import Desk
from console.desk.record import Done, Told, person_known, record, take
from console.domain import acts
from console.domain.access import Deed, must
from console.domain.case import CaseId
from console.domain.errors import Refused
from console.domain.events import Kind
from console.domain.people import Actor


def assign(desk: Desk, actor: Actor, case_id: CaseId, person: str, seen: int | None = None) -> Done:
    """Make a person the handler. Refused: somebody unknown or absent, a case that is theirs already."""
    with desk.store.write() as tx:
        case = take(tx, case_id, seen, by=actor.id)
        must(actor, Deed.ASSIGN, case)
        after = acts.assigned(case, person_known(tx, person))
        return record(desk, tx, actor, (case, after), Told(kind=Kind.ASSIGNED))


def move(desk: Desk, actor: Actor, case_id: CaseId, place: tuple[int, str], seen: int | None = None) -> Done:
    """Move a case to a tier and team, sideways or down as well as up, without a brief.

    Refused: a place the policy does not have, one it is in already, while an escalation waits to be accepted.
    """
    tier, team = place
    desk.policy.tier(tier)
    if team and desk.policy.team(team).tier != tier:
        raise Refused(f"Team {team} is in tier {desk.policy.team(team).tier}, not in tier {tier}.")
    with desk.store.write() as tx:
        case = take(tx, case_id, seen, by=actor.id)
        must(actor, Deed.MOVE, case)
        return record(desk, tx, actor, (case, acts.moved(case, tier, team)), Told(kind=Kind.MOVED))
