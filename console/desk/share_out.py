"""Sharing out: marked cases spread over the people present, shown as a plan first, done and undone as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from console.desk.act import Act, prepared
from console.desk.batch import Batch, many
from console.desk.desk import Desk
from console.desk.record import Told, person_known
from console.domain import acts
from console.domain.access import Deed
from console.domain.case import CaseId, PersonId
from console.domain.events import Kind
from console.domain.people import Actor
from console.domain.sharing import Share, is_there, plan_shares
from console.store import cases, loads, people


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is to take which case, and the version of each case that it rests on."""

    shares: tuple[Share, ...]
    seen: Mapping[CaseId, int]


def proposed(desk: Desk, actor: Actor, ids: Iterable[CaseId]) -> Plan:
    """Give the plan for these cases; nothing is changed. Where no people are known, everything is the actor's."""
    wanted = dict.fromkeys(ids)
    with desk.read(actor) as tx:
        found = cases.some(tx, wanted)
        everybody = people.everybody(tx) or (actor.person,)
        carried = loads.of_everybody(tx)
    present = [person for person in everybody if is_there(person, desk.now())]
    shares = plan_shares(found, present, carried, desk.policy)
    return Plan(shares, {case.id: case.version for case in found})


def share_out(desk: Desk, actor: Actor, plan: Plan) -> Batch:
    """Assign the cases as planned, in one batch. Refused: of these, the ones that have moved on since the plan."""
    to = {share.case: share.person for share in plan.shares if share.person is not None and share.is_new}
    return many(
        desk, actor, to, lambda tx, case: prepared(desk, tx, actor, _given(desk, to[case]), case, plan.seen.get(case))
    )


def _given(desk: Desk, person: PersonId) -> Act:
    """Give the act of handing somebody their share."""
    told = Told(kind=Kind.ASSIGNED, cause="shared out")
    return Act(Deed.ASSIGN, lambda tx, case: (acts.assigned(case, person_known(tx, person, desk.now())), told))
