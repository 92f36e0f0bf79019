"""Secrecy: what every act owes a confidential case, whatever else it does."""

from __future__ import annotations

from dataclasses import replace

from console.desk.desk import Desk
from console.desk.rights import roster
from console.domain.case import Case, CaseId, PersonId
from console.domain.circle import in_step, must_not_reach
from console.domain.errors import Refused
from console.domain.matrix import Target
from console.domain.roster import Roster, above, contact
from console.store import cases
from console.store.engine import Reading, Tx


def kept(desk: Desk, tx: Reading, before: Case, after: Case) -> Case:
    """Give a case as an act leaves it, with its circle in step.

    Refused: what would make a confidential case known by an open one that names it, and giving it to a subject.
    """
    if not (before.confidential or after.confidential):
        _must_name_no_secret(tx, before, after)
        return after
    _must_not_be_named(tx, before, after)
    if not after.confidential:
        _must_name_no_secret(tx, before, after)
        return after
    barred = above(after.subjects, desk.policy, roster(desk, tx)) if after.subjects else frozenset()
    if after.handler is not None and after.handler != before.handler:
        must_not_reach(after, after.handler, barred)
    return in_step(after, barred)


def received(desk: Desk, tx: Tx, case: Case, target: Target) -> Case:
    """Give an escalated case with who receives it in its circle: the manager of the team it goes to.

    Refused: a receiver whom it is about, or through whom it would reach its subjects; a place
    where nobody would see it.
    """
    if not case.confidential or target.party:
        return case
    there, receiver = roster(desk, tx), contact(target, desk.policy)
    if receiver is not None:
        must_not_reach(case, receiver, above(case.subjects, desk.policy, there))
        return _with(case, receiver)
    if there.people and not _somebody_sees(case, target, there):
        raise Refused(
            f"Nobody in {desk.policy.place(target)} would see case {case.id}; let somebody in first with"
            f" `triage circle {case.id} add NAME`."
        )
    return case


def _with(case: Case, person: PersonId) -> Case:
    return replace(case, circle=tuple(dict.fromkeys([*case.circle, person])))


def _somebody_sees(case: Case, target: Target, there: Roster) -> bool:
    return any(person.id in case.circle for person in there.at(target))


def _must_not_be_named(tx: Reading, before: Case, after: Case) -> None:
    """Refuse to hide a case that an open one names, and to open one whose reference an open one has."""
    repeats = cases.open_repeats(tx, after.id) if after.confidential and not before.confidential else []
    if repeats:
        told = f"Case {repeats[0]} was merged into case {after.id} and names it;"
        raise Refused(f"{told} make case {repeats[0]} confidential first.")
    actions = cases.open_actions(tx, after.id) if after.confidential and not before.confidential else []
    if actions:
        told = f"Case {actions[0]} is an action of the review of case {after.id} and names it;"
        raise Refused(f"{told} make case {actions[0]} confidential first.")
    twin = cases.open_twin(tx, after) if before.confidential and not after.confidential else None
    if twin is not None:
        raise Refused(f"Case {twin} has the same reference and is open already; merge case {after.id} into it instead.")


def _must_name_no_secret(tx: Reading, before: Case, after: Case) -> None:
    """Refuse to leave an open case that names a confidential one, or whose history does."""
    if before.confidential and cases.secret_survivors(tx, after.id):
        told = f"Case {after.id} was merged into a confidential case and names it;"
        raise Refused(f"{told} it stays confidential as long as the other is.")
    if before.confidential and after.action_of is not None and cases.is_confidential(tx, after.action_of):
        told = f"Case {after.id} is an action of the review of a confidential case and names it;"
        raise Refused(f"{told} it stays confidential as long as the other is.")
    named: CaseId | None = after.duplicate_of
    if named is not None and named != before.duplicate_of and cases.is_confidential(tx, named):
        raise Refused(
            f"Case {named} is confidential and case {after.id} would name it; make case {after.id} confidential first."
        )
