"""The circle of a confidential case: who may know that it exists, and whom it is about.

A case that is confidential is for its `circle` only. Whoever opened, owns, handles or escalated it is in by what they
do; `named` are those whom somebody let in by name. `subjects` are the people it is about: they are never in, and those
above them (the managers of their teams) come in by name only, since through them it would leak (domain section 4). No
role opens a circle: an admin or auditor who is not in it does not know of the case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from console.domain.case import Case, PersonId
from console.domain.errors import RefusalCode, Refused
from console.domain.people import is_rule
from console.domain.words import counted, listed


def sees(person: PersonId, case: Case) -> bool:
    """Say whether a person may know of a case."""
    return not case.confidential or (person in case.circle and person not in case.subjects)


def confided(case: Case, insiders: Iterable[PersonId]) -> Case:
    """Give the case as confidential, for these people and those who work on it. Refused: one that is already."""
    if case.confidential:
        raise Refused(f"Case {case.id} is confidential already; `circle` says who sees it.")
    return in_step(replace(case, confidential=True, circle=tuple(dict.fromkeys(insiders))))


def confided_as(case: Case, other: Case) -> Case:
    """Give a case as confidential as the one that it goes on from: for the same people, and about the same."""
    return in_step(replace(case, confidential=True, circle=other.circle, named=other.named, subjects=other.subjects))


def opened_up(case: Case) -> Case:
    """Give the case, with its whole history, as open to everybody. Refused: one that is open."""
    _must_be_confidential(case)
    return replace(case, confidential=False, circle=(), named=(), subjects=())


def in_step(case: Case, barred: frozenset[PersonId] = frozenset()) -> Case:
    """Give a confidential case with everybody in its circle who works on it now, and without those who must not know.

    `barred` are those above its subjects: out unless named, or at work on it.
    """
    if not case.confidential:
        return case
    at_work = [each for each in (case.owner, case.handler, case.escalated_by) if each and not is_rule(each)]
    kept = [each for each in case.circle if each not in barred or each in case.named or each in at_work[:2]]
    circle = tuple(each for each in dict.fromkeys([*kept, *at_work]) if each not in case.subjects)
    return replace(case, circle=circle, named=tuple(each for each in case.named if each in circle))


def let_in(case: Case, person: PersonId) -> Case:
    """Give the case with one more person in its circle, by name. Refused: a subject, somebody who was named before."""
    _must_be_confidential(case)
    if person in case.subjects:
        raise Refused(f"{person} is a subject of case {case.id}, and can never be in its circle.")
    if person in case.named:
        raise Refused(f"{person} is in the circle of case {case.id} already.")
    return replace(case, circle=tuple(dict.fromkeys([*case.circle, person])), named=(*case.named, person))


def let_out(case: Case, person: PersonId) -> Case:
    """Give the case without a person in its circle. Refused: who works on it, who is not in, the last one."""
    _must_be_confidential(case)
    if person not in case.circle:
        raise Refused(f"{person} is not in the circle of case {case.id}.")
    for role, holder in (("owns", case.owner), ("handles", case.handler), ("escalated", case.escalated_by)):
        if person == holder:
            raise Refused(f"{person} {role} case {case.id}, and so is in its circle as long as that lasts.")
    if len(case.circle) == 1:
        raise Refused(f"{person} is the last one in the circle of case {case.id}; let somebody else in first.")
    return replace(
        case, circle=tuple(each for each in case.circle if each != person), named=_without(case.named, person)
    )


def marked(case: Case, person: PersonId, above: frozenset[PersonId], by: PersonId) -> Case:
    """Give the case with a person marked as a subject: out of its circle, with those above them who were not named.

    A subject handles it no longer; who marks the owner owns it from then on, so that somebody always answers for it.
    Whoever marks somebody below them knows of the case anyhow and stays in, by name.
    Refused: a case that is not confidential, oneself, somebody who is marked.
    """
    _must_be_confidential(case)
    if person in case.subjects:
        raise Refused(f"{person} is marked as a subject of case {case.id} already.")
    if person == by:
        raise Refused(f"You cannot mark yourself as a subject of case {case.id}; ask somebody else of its circle.")
    handler = None if case.handler == person else case.handler
    owner = by if case.owner == person else case.owner
    named = (*case.named, by) if by in above and by not in case.named else case.named
    after = replace(case, subjects=(*case.subjects, person), named=named, handler=handler, owner=owner)
    return in_step(replace(after, circle=tuple(each for each in after.circle if each != person)), above - {by})


def cleared(case: Case, person: PersonId) -> Case:
    """Give the case with a person no longer marked; that alone lets them not in. Refused: somebody not marked."""
    if person not in case.subjects:
        raise Refused(f"{person} is not a subject of case {case.id}.")
    return replace(case, subjects=_without(case.subjects, person))


def must_not_reach(case: Case, person: PersonId, barred: frozenset[PersonId]) -> None:
    """Refuse to give a confidential case to one of its subjects, or to somebody above them who was not named."""
    if person in case.subjects:
        raise Refused(f"{person} is a subject of case {case.id}; choose somebody else.")
    if case.confidential and person in barred and person not in case.named:
        raise Refused(
            f"{person} is above a subject of case {case.id}; choose somebody else, or name them first with"
            f" `triage circle {case.id} add {person}`."
        )


def foretold(before: Case, after: Case, known: Iterable[PersonId], above: Iterable[PersonId]) -> Iterator[str]:
    """Tell in sentences what a change of a circle would come to, before it is made.

    `known` are the people of the desk, `above` those through whom the case would reach its subjects.
    """
    if before.confidential and not after.confidential:
        yield f"Everybody will see case {after.id} and its whole history: who was in its circle, and whom it was about."
        return
    if not before.confidential:
        yield f"Only {listed(after.circle)} will see case {after.id}."
        others = len({*known} - {*after.circle})
        yield f"For {counted(others, 'other')} it no longer exists." if others else ""
    yield from _foretold_of_subjects(before, after, {*above})
    if before.confidential and before.subjects == after.subjects:
        yield from (f"{each} will see case {after.id} and its whole history." for each in _more(before, after))
        yield from (f"{each} will no longer see case {after.id}." for each in _more(after, before))


def _foretold_of_subjects(before: Case, after: Case, above: set[PersonId]) -> Iterator[str]:
    for person in (each for each in after.subjects if each not in before.subjects):
        yield f"Case {after.id} no longer exists for {person}, and its escalations go round them."
    for person in (each for each in before.subjects if each not in after.subjects):
        yield f"{person} is no longer a subject of case {after.id}; they see it once somebody lets them in by name."
    leaving = [each for each in _more(after, before) if each in above]
    if leaving:
        yield f"Nor for {listed(leaving)}, above them and not let in by name."
    if before.handler != after.handler:
        yield f"{before.handler} handles it no longer; nobody does."
    if before.owner != after.owner:
        yield f"{after.owner} owns it instead of {before.owner}."


def _more(less: Case, more: Case) -> Iterator[PersonId]:
    """Give those who are in one circle and not in the other."""
    return (each for each in more.circle if each not in less.circle)


def _must_be_confidential(case: Case) -> None:
    if not case.confidential:
        raise Refused(
            f"Case {case.id} is not confidential; `triage change {case.id} confidential=yes` makes it so.",
            RefusalCode.RULE,
        )


def _without(people: tuple[PersonId, ...], person: PersonId) -> tuple[PersonId, ...]:
    return tuple(each for each in people if each != person)
