"""Belonging: which case an arrival belongs to, by what it follows, who sent it, and what it is about."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from console.desk.desk import Desk
from console.desk.survivors import askers_of, repeats_of, survivor
from console.domain.arrival import Arrival, Message, filled
from console.domain.case import Case, CaseId, CaseText, Status
from console.domain.follow_up import goes_on_with, takes_part
from console.domain.known_as import Names, names_of
from console.domain.mail_address import address_of
from console.domain.opening import on_case
from console.store import cases, deliveries, events, people
from console.store.engine import Reading, Tx

LONGEST_NUMBER = 18
"""How many characters `#4711` can have and still be a case."""

MOST_AWAITED = 20
"""How many absent references of an arrival are remembered, so that what they name joins it when it comes."""

_NOTICE = re.compile(r"([0-9a-f]{32})@[^\s@]+")

Key = tuple[str, str]
"""A source, and a reference in it."""

New = Mapping[CaseId, tuple[Case, CaseText]]
"""Cases that the batch at hand opens, which are not in the store yet."""


@dataclass(frozen=True, slots=True)
class Belongs:
    """The case an arrival belongs to, if any. `is_awaited`: it is what the case's mails reply to, and came later.

    `sees` is a case that it names without joining it. `is_itself`: it is known by a name of its own; `led` is the
    case it was known for, where that was merged into the one it belongs to. `after` is a confidential case that is over
    and that it would belong to otherwise.
    """

    case: CaseId | None = None
    is_awaited: bool = False
    sees: CaseId | None = None
    is_itself: bool = False
    led: CaseId | None = None
    after: Case | None = None


def awaited(ref: str) -> str:
    """Give the reference under which it is remembered that something absent is replied to; no reference has blanks."""
    return f"awaited {ref}"


def awaited_by(arrival: Arrival) -> list[str]:
    """Give what an arrival replies to that is not there, as it is remembered."""
    named = arrival.follows if arrival.envelope is not None else ()
    return [awaited(ref) for ref in named if not ref.startswith("#")][:MOST_AWAITED]


def refs_of(arrival: Arrival) -> list[str]:
    """Give every reference by which an arrival may already be known, the surest first."""
    if arrival.envelope is None and not (arrival.messages or arrival.follows or arrival.about):
        return [arrival.ref] if arrival.ref else []
    named = [arrival.ref, *(message.ref for message in arrival.messages)]
    waited_for = [awaited(ref) for ref in named if ref] if arrival.envelope is not None else []
    return [ref for ref in (*named, *arrival.follows, *waited_for, *awaited_by(arrival), arrival.about) if ref]


def found_by(desk: Desk, tx: Tx, arrival: Arrival, known: Mapping[Key, CaseId], new: New) -> Belongs:
    """Give where an arrival belongs; `known` are the references that are known so far, `new` the batch's own cases."""
    sees: CaseId | None = None
    after: Case | None = None
    for ref in refs_of(arrival):
        found = known.get((arrival.source, ref))
        if ref == arrival.about:
            case, policy = _case(tx, found, new), desk.policy.follow_up
            found = found if case is not None and goes_on_with(case, arrival, policy, desk.now()) else None
            after = case if found is None and _was_about(case, arrival, desk) else None
        elif found is None and ref in arrival.follows:
            found, named = _named(tx, arrival, ref)
            sees = sees or named
        if found is not None:
            last = found if found in new else _led(tx, found)
            return Belongs(
                last, ref == awaited(arrival.ref), _other(tx, arrival, last, known, new),
                is_itself=ref in arrival.names, led=None if last == found else found,
            )  # fmt: skip
    return Belongs(sees=sees, after=after)


def _was_about(case: Case | None, arrival: Arrival, desk: Desk) -> bool:
    """Say whether a confidential case would be about the same, were it not over."""
    if case is None or not case.confidential or case.status.is_live:
        return False
    return goes_on_with(replace(case, status=Status.OPEN), arrival, desk.policy.follow_up, desk.now())


def _other(tx: Tx, arrival: Arrival, case_id: CaseId, known: Mapping[Key, CaseId], new: New) -> CaseId | None:
    """Give another case that a mail replies to as well as the one it joins, or None."""
    for ref in arrival.follows if arrival.envelope is not None else ():
        found = known.get((arrival.source, ref)) or (_named(tx, arrival, ref)[0] if ref.startswith("#") else None)
        other = found if found is None or found in new else _led(tx, found)
        if other not in {None, case_id} and not cases.is_confidential(tx, CaseId(other or 0)):
            return other
    return None


def staff_addresses(tx: Reading) -> frozenset[str]:
    """Give the addresses of the desk's people."""
    return frozenset(filter(None, (address_of(person.mail) for person in people.everybody(tx))))


def acquainted(tx: Reading, arrivals: Iterable[Arrival]) -> list[Arrival]:
    """Give arrivals in which people of the desk who answer for a case, or have it, are named by their ids."""
    names = names_of(people.everybody(tx))
    return [_named_so(arrival, names) for arrival in arrivals]


def _named_so(arrival: Arrival, names: Names) -> Arrival:
    """Give an arrival with the ids of people; what this program wrote names them so already."""
    owner, handler = (names.id_of(name) for name in (arrival.owner, arrival.handler))
    is_so = arrival.own is not None or (owner, handler) == (arrival.owner, arrival.handler)
    return arrival if is_so else filled(arrival, owner=owner, handler=handler)


def counted(tx: Tx, case: Case, arrival: Arrival, messages: Iterable[Message], staff: Collection[str]) -> list[Message]:
    """Give messages as they count on the case in the store that they join, and on those merged into it."""
    askers = askers_of(tx, case.id)
    return [on_case(message, arrival, case, staff, askers) for message in messages]


def _led(tx: Tx, case_id: CaseId) -> CaseId:
    """Give the case that one leads to, which is itself for most; see `survivor`."""
    known = tx.ahead.cases.get(case_id)
    return case_id if known is not None and known.duplicate_of is None else survivor(tx, case_id)


def _named(tx: Tx, arrival: Arrival, ref: str) -> tuple[CaseId | None, CaseId | None]:
    """Give the case that a reply names by a notice of ours or as `#4711`: one it joins, or one it only names.

    Of a confidential one a case that has nothing to do with it says nothing.
    """
    if notice := _NOTICE.fullmatch(ref):
        return deliveries.cases_of(tx, [notice[1]]).get(notice[1]), None
    if not (ref.startswith("#") and ref[1:].isdecimal() and len(ref) <= LONGEST_NUMBER):
        return None, None
    for case in cases.some(tx, [CaseId(int(ref[1:]))]):
        staff = staff_addresses(tx)
        for each in (case, *cases.some(tx, repeats_of(tx, case.id))):
            if takes_part(arrival.requester, each, events.of_case(tx, each.id), staff):
                return case.id, None
        return None, None if case.confidential else case.id
    return None, None


def _case(tx: Tx, case_id: CaseId | None, new: New) -> Case | None:
    """Give a case of the batch, else of the store as far as it may be seen."""
    if case_id is None:
        return None
    case_id = case_id if case_id in new else _led(tx, case_id)
    return new[case_id][0] if case_id in new else next(iter(cases.some(tx, [case_id])), None)
