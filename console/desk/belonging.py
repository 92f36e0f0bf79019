"""Belonging: which case an arrival belongs to, by what it follows, who sent it, and what it is about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from console.desk.desk import Desk
from console.domain.arrival import Arrival
from console.domain.case import Case, CaseId, CaseText
from console.domain.follow_up import is_about_the_same, takes_part
from console.store import cases, deliveries, events, people
from console.store.engine import Tx

LONGEST_NUMBER = 18
"""How many characters `#4711` can have and still be a case."""

MOST_AWAITED = 20
"""How many absent references of an arrival are remembered, so that what they name joins it when it comes."""

_MOST_MERGES = 20
_NOTICE = re.compile(r"([0-9a-f]{32})@[^\s@]+")

Key = tuple[str, str]
"""A source, and a reference in it."""

New = Mapping[CaseId, tuple[Case, CaseText]]
"""Cases that the batch at hand opens, which are not in the store yet."""


@dataclass(frozen=True, slots=True)
class Belongs:
    """The case an arrival belongs to, if any. `is_awaited`: it is what the case's mails reply to, and came later.

    `sees` is a case that it names without having to do with it.
    """

    case: CaseId | None = None
    is_awaited: bool = False
    sees: CaseId | None = None


def awaited(ref: str) -> str:
    """Give the reference under which it is remembered that something absent is replied to; no reference has blanks."""
    return f"awaited {ref}"


def awaited_by(arrival: Arrival) -> list[str]:
    """Give what an arrival replies to that is not there, as it is remembered."""
    named = arrival.follows if arrival.envelope is not None else ()
    return [awaited(ref) for ref in named if not ref.startswith("#")][:MOST_AWAITED]


def refs_of(arrival: Arrival) -> list[str]:
    """Give every reference by which an arrival may already be known, the surest first."""
    if arrival.envelope is None and not arrival.messages and not arrival.follows:
        return [arrival.ref] if arrival.ref else []
    named = [arrival.ref, *(message.ref for message in arrival.messages)]
    waited_for = [awaited(ref) for ref in named if ref] if arrival.envelope is not None else []
    return [ref for ref in (*named, *arrival.follows, *waited_for, *awaited_by(arrival), arrival.about) if ref]


def found_by(desk: Desk, tx: Tx, arrival: Arrival, known: Mapping[Key, CaseId], new: New) -> Belongs:
    """Give where an arrival belongs; `known` are the references that are known so far, `new` the batch's own cases."""
    sees: CaseId | None = None
    for ref in refs_of(arrival):
        found = known.get((arrival.source, ref))
        if ref == arrival.about:
            case = _case(tx, found, new)
            at, within = arrival.created or desk.now(), desk.policy.follow_up.same_subject
            found = case.id if case is not None and is_about_the_same(case, at, within) else None
        elif found is None and ref in arrival.follows:
            found, named = _named(tx, arrival, ref)
            sees = sees or named
        if found is not None:
            is_awaited = ref == awaited(arrival.ref)
            return Belongs(found if found in new else survivor(tx, found), is_awaited)
    return Belongs(sees=sees)


def survivor(tx: Tx, case_id: CaseId) -> CaseId:
    """Give the case that a merged one went into, as far as the viewer may see it."""
    for _ in range(_MOST_MERGES):
        into = next((case.duplicate_of for case in cases.some(tx, [case_id])), None)
        if into is None or not cases.some(tx, [into]):
            break
        case_id = into
    return case_id


def _named(tx: Tx, arrival: Arrival, ref: str) -> tuple[CaseId | None, CaseId | None]:
    """Give the case that a reply names by a notice of ours or as `#4711`: one it joins, or one it only names."""
    if notice := _NOTICE.fullmatch(ref):
        return deliveries.cases_of(tx, [notice[1]]).get(notice[1]), None
    if not (ref.startswith("#") and ref[1:].isdecimal() and len(ref) <= LONGEST_NUMBER):
        return None, None
    for case in cases.some(tx, [CaseId(int(ref[1:]))]):
        staff = [person.mail for person in people.everybody(tx)]
        if takes_part(arrival.requester, case, events.of_case(tx, case.id), staff):
            return case.id, None
        return None, case.id
    return None, None


def _case(tx: Tx, case_id: CaseId | None, new: New) -> Case | None:
    """Give a case of the batch, else of the store as far as it may be seen."""
    if case_id is None:
        return None
    return new[case_id][0] if case_id in new else next(iter(cases.some(tx, [case_id])), None)
