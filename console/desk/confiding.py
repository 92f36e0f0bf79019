"""Confidential cases: who is let into their circle, and whom they are about."""

from __future__ import annotations

from collections.abc import Callable

from console.desk.act import Act, Made, do
from console.desk.desk import Desk
from console.desk.record import Done, Told
from console.desk.rights import roster
from console.domain import circle
from console.domain.access import Deed
from console.domain.case import Case, CaseId, PersonId
from console.domain.errors import RefusalCode, Refused
from console.domain.events import Kind
from console.domain.people import Actor
from console.domain.roster import above
from console.store import events, people
from console.store.engine import Tx


def let_in(desk: Desk, actor: Actor, case_id: CaseId, person: str) -> Done:
    """Let a person into the circle of a confidential case, by name. Refused: a subject, somebody nobody knows."""
    return _changing(desk, actor, case_id, lambda tx, case: circle.let_in(case, _known(tx, person)))


def let_out(desk: Desk, actor: Actor, case_id: CaseId, person: str) -> Done:
    """Take a person out of the circle of a case. Refused: who works on it, who is not in it, the last one."""
    return _changing(desk, actor, case_id, lambda _, case: circle.let_out(case, PersonId(person)))


def mark(desk: Desk, actor: Actor, case_id: CaseId, person: str) -> Done:
    """Mark a person as a subject: the case no longer exists for them, nor for those above them who were not named.

    Refused: a case that is not confidential, oneself, somebody nobody knows.
    """

    def make(tx: Tx, case: Case) -> Case:
        found = _known(tx, person)
        return circle.marked(case, found, above((*case.subjects, found), desk.policy, roster(desk, tx)), actor.id)

    return _changing(desk, actor, case_id, make)


def clear(desk: Desk, actor: Actor, case_id: CaseId, person: str) -> Done:
    """Take the mark of a subject from a person. Refused: somebody who is not marked."""
    return _changing(desk, actor, case_id, lambda _, case: circle.cleared(case, PersonId(person)))


def confided(tx: Tx, actor: Actor, case: Case, *, is_confidential: bool) -> Case:
    """Give the case as confidential, for whoever opened it, works on it and says so; or as open to everybody again."""
    if case.confidential == is_confidential:
        return case
    if not is_confidential:
        return circle.opened_up(case)
    first = events.of_case(tx, case.id)[0]
    openers = [each for each in (first.actor, first.on_behalf_of) if each]
    return circle.confided(case, [*openers, actor.id])


def _changing(desk: Desk, actor: Actor, case_id: CaseId, change: Callable[[Tx, Case], Case]) -> Done:
    def make(tx: Tx, case: Case) -> Made:
        return change(tx, case), Told(kind=Kind.CHANGED)

    return do(desk, actor, Act(Deed.CONFIDE, make), case_id)


def _known(tx: Tx, name: str) -> PersonId:
    """Give the id of a person. Refused: one nobody knows, where people are known at all."""
    known = [person.id for person in people.everybody(tx)]
    if known and name not in known:
        told = f"Nobody is called '{name}'; people are {', '.join(known[:12])}. `triage people add` adds one."
        raise Refused(told, RefusalCode.NOT_FOUND)
    return PersonId(name)
