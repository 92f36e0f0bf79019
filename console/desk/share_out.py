"""Sharing out: marked cases spread over the people present, shown as a plan first, done and undone as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from console.desk.act import Act, prepared
from console.desk.batch import Batch, many
from console.desk.desk import Desk
from console.desk.record import Told, person_known
from console.domain import acts
from console.domain.access import Deed
from console.domain.case import Case, CaseId, PersonId
from console.domain.events import Kind
from console.domain.people import Actor, Person, Role
from console.domain.sharing import Load, Share, is_there, loads_then, plan_shares
from console.store import cases, loads, people


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is to take which case, which of these are left out, and what it rests on.

    That is the cases as they were, the people who were there, and how many cases each of them carried.
    """

    shares: tuple[Share, ...]
    cases: Mapping[CaseId, Case]
    people: tuple[Person, ...]
    loads: Mapping[PersonId, int]
    left_out: frozenset[CaseId] = frozenset()

    @property
    def wanted(self) -> tuple[Share, ...]:
        """Give what is to be done: each case that gets another handler and is not left out."""
        return tuple(share for share in self.shares if share.is_new and share.case not in self.left_out)

    @property
    def then(self) -> tuple[Load, ...]:
        """Give what each person carries now and would carry then."""
        return loads_then(self.wanted, self.cases, self.people, self.loads)

    def toggled(self, case: CaseId) -> Plan:
        """Leave a case out, or take it in again."""
        return replace(self, left_out=self.left_out ^ {case})

    def given(self, case: CaseId, person: PersonId) -> Plan:
        """Give a case to somebody else than planned; it is then not left out."""
        shares = tuple(
            replace(share, person=person, why="chosen by hand") if share.case == case else share
            for share in self.shares
        )
        return replace(self, shares=shares, left_out=self.left_out - {case})


def proposed(desk: Desk, actor: Actor, ids: Iterable[CaseId]) -> Plan:
    """Give the plan for these cases; nothing is changed. Where no people are known, everything is the actor's."""
    wanted = dict.fromkeys(ids)
    with desk.read(actor) as tx:
        found = cases.some(tx, wanted)
        everybody = people.everybody(tx) or (actor.person,)
        carried = loads.of_everybody(tx)
    present = [each for each in everybody if each.role is not Role.AUDITOR and is_there(each, desk.now())]
    shares = plan_shares(found, present, carried, desk.policy)
    return Plan(shares, {case.id: case for case in found}, tuple(present), carried)


def share_out(desk: Desk, actor: Actor, plan: Plan) -> Batch:
    """Assign the cases as planned, in one batch. Refused: of these, the ones that have moved on since the plan."""
    to = {share.case: share.person for share in plan.wanted if share.person is not None}
    return many(
        desk,
        actor,
        to,
        lambda tx, case: prepared(desk, tx, actor, _given(desk, to[case]), case, plan.cases[case].version),
    )


def _given(desk: Desk, person: PersonId) -> Act:
    """Give the act of handing somebody their share."""
    told = Told(kind=Kind.ASSIGNED, cause="shared out")
    return Act(Deed.ASSIGN, lambda tx, case: (acts.assigned(case, person_known(tx, person, desk.now())), told))
