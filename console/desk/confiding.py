"""Confidential cases: who is let into their circle, whom they are about, and what a change of that comes to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from console.desk.act import Act, Made, do
from console.desk.desk import Desk
from console.desk.record import Done, Told
from console.desk.rights import allow, roster
from console.desk.secrecy import kept
from console.domain import circle
from console.domain.access import Deed
from console.domain.case import Case, CaseId, PersonId
from console.domain.errors import RefusalCode, Refused
from console.domain.events import Kind
from console.domain.people import Actor
from console.domain.roster import above
from console.store import cases, events, people
from console.store.engine import Reading, Tx


class Step(StrEnum):
    """What can be done to the circle of a case."""

    HIDE = "hide"
    OPEN_UP = "open up"
    LET_IN = "let in"
    LET_OUT = "let out"
    MARK = "mark"
    CLEAR = "clear"


@dataclass(frozen=True, slots=True)
class Change:
    """A step on one case; `person` is whom it is about, where it is about one."""

    case: CaseId
    step: Step
    person: str = ""


def let_in(desk: Desk, actor: Actor, case_id: CaseId, person: str) -> Done:
    """Let a person into the circle of a confidential case, by name. Refused: a subject, somebody nobody knows."""
    return change_circle(desk, actor, Change(case_id, Step.LET_IN, person))


def let_out(desk: Desk, actor: Actor, case_id: CaseId, person: str) -> Done:
    """Take a person out of the circle of a case. Refused: who works on it, who is not in it, the last one."""
    return change_circle(desk, actor, Change(case_id, Step.LET_OUT, person))


def mark(desk: Desk, actor: Actor, case_id: CaseId, person: str) -> Done:
    """Mark a person as a subject: the case no longer exists for them, nor for those above them who were not named.

    Refused: a case that is not confidential, oneself, somebody nobody knows.
    """
    return change_circle(desk, actor, Change(case_id, Step.MARK, person))


def clear(desk: Desk, actor: Actor, case_id: CaseId, person: str) -> Done:
    """Take the mark of a subject from a person. Refused: somebody who is not marked."""
    return change_circle(desk, actor, Change(case_id, Step.CLEAR, person))


def change_circle(desk: Desk, actor: Actor, change: Change) -> Done:
    """Do one step. Refused: as the step says, anybody but the owner, a lead or an admin who sees the case."""

    def make(tx: Tx, case: Case) -> Made:
        return _changed(desk, tx, actor, change, case), Told(kind=Kind.CHANGED)

    return do(desk, actor, Act(Deed.CONFIDE, make), change.case)


def is_in_a_circle(desk: Desk, actor: Actor) -> bool:
    """Say whether there is any confidential case for this person."""
    with desk.read(actor) as tx:
        return cases.in_a_circle(tx)


def foretold(desk: Desk, actor: Actor, change: Change) -> tuple[str, ...]:
    """Say in sentences what a step would come to; nothing is changed. Refused: whatever the step itself is."""
    with desk.read(actor) as tx:
        before = cases.get(tx, change.case)
        allow(desk, tx, actor, Deed.CONFIDE, before)
        after = kept(desk, tx, before, _changed(desk, tx, actor, change, before))
        there = roster(desk, tx)
    barred = above(after.subjects, desk.policy, there)
    return tuple(filter(None, circle.foretold(before, after, (each.id for each in there.people), barred)))


def confided(tx: Reading, actor: Actor, case: Case, *, is_confidential: bool) -> Case:
    """Give the case as confidential, for whoever opened it, works on it and says so; or as open to everybody again."""
    if case.confidential == is_confidential:
        return case
    if not is_confidential:
        return circle.opened_up(case)
    first = events.of_case(tx, case.id)[0]
    openers = [each for each in (first.actor, first.on_behalf_of) if each]
    return circle.confided(case, [*openers, actor.id])


def _changed(desk: Desk, tx: Reading, actor: Actor, change: Change, case: Case) -> Case:
    """Give the case as a step leaves it."""
    person = PersonId(change.person)

    def marked() -> Case:
        found = _known(tx, person)
        return circle.marked(case, found, above((*case.subjects, found), desk.policy, roster(desk, tx)), actor.id)

    made: Mapping[Step, Callable[[], Case]] = {
        Step.HIDE: lambda: confided(tx, actor, case, is_confidential=True),
        Step.OPEN_UP: lambda: confided(tx, actor, case, is_confidential=False),
        Step.LET_IN: lambda: circle.let_in(case, _known(tx, person)),
        Step.LET_OUT: lambda: circle.let_out(case, person),
        Step.MARK: marked,
        Step.CLEAR: lambda: circle.cleared(case, person),
    }
    after = made[change.step]()
    if after == case:
        raise Refused(f"Case {case.id} is {'' if case.confidential else 'not '}confidential already.")
    return after


def _known(tx: Reading, name: str) -> PersonId:
    """Give the id of a person. Refused: one nobody knows, where people are known at all."""
    known = [person.id for person in people.everybody(tx)]
    if known and name not in known:
        told = f"Nobody is called '{name}'; people are {', '.join(known[:12])}. `triage people add` adds one."
        raise Refused(told, RefusalCode.NOT_FOUND)
    return PersonId(name)
