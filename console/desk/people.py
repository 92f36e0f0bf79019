"""People: who is known to the desk, what they may do, and who is away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from console.desk.desk import Desk
from console.desk.rights import allow, roster
from console.domain.access import Deed
from console.domain.case import Case, PersonId
from console.domain.circle import must_not_reach
from console.domain.errors import RefusalCode, Refused
from console.domain.hours import hours
from console.domain.people import Actor, Person, Role
from console.domain.policy import Policy
from console.domain.roster import above
from console.domain.sharing import is_there
from console.domain.words import shortened
from console.store import agenda, loads, people
from console.store.engine import Reading

LONGEST_ID = 64


@dataclass(frozen=True, slots=True)
class Absence:
    """When somebody is away, and who stands in for them; without a beginning already, without an end until back."""

    begins: datetime | None = None
    ends: datetime | None = None
    deputy: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Colleague:
    """A person as they stand now: how many cases they carry, and who stands in for them where they are away.

    `is_there`: they are at work at this hour.
    """

    person: Person
    load: int = 0
    is_there: bool = True
    is_away: bool = False
    stand_in: PersonId | None = None

    @property
    def is_full(self) -> bool:
        """Say whether they carry as many as they can."""
        return self.person.capacity is not None and self.load >= self.person.capacity


def colleagues(desk: Desk, actor: Actor) -> tuple[Colleague, ...]:
    """Give how everybody stands, by tier and id; the loads are of cases that the actor may see."""
    with desk.read(actor) as tx:
        return _colleagues(desk, tx)


def _colleagues(desk: Desk, tx: Reading) -> tuple[Colleague, ...]:
    there, carried = roster(desk, tx), loads.of_everybody(tx)
    return tuple(
        Colleague(
            person, carried.get(person.id, 0), is_there(person, desk.now()), there.is_away(person.id),
            there.stand_in(person.id),
        )
        for person in there.people
    )  # fmt: skip


def everybody(desk: Desk) -> tuple[Person, ...]:
    """Give all people, by tier and id."""
    with desk.read() as tx:
        return people.everybody(tx)


def assignable(desk: Desk, actor: Actor, case: Case | None = None) -> tuple[Colleague, ...]:
    """Give everybody who works on cases, or could be given this one, with their load; who is away is there too."""
    with desk.read(actor) as tx:
        there, found = roster(desk, tx), _colleagues(desk, tx)
    barred = above(case.subjects, desk.policy, there) if case and case.subjects else frozenset()
    return tuple(
        each
        for each in found
        if each.person.role is not Role.AUDITOR and (case is None or _can_reach(case, each.person, barred))
    )


def put(desk: Desk, actor: Actor, person: Person) -> Person:
    """Add a person, or change the one of this id.

    Refused: anybody but an admin, a bad id, an unknown tier, team or deputy, hours nobody can read, taking the last
    admin's role.
    """
    refused = put_all(desk, actor, {0: person})
    if refused:
        raise refused[0]
    return person


def put_all(desk: Desk, actor: Actor, wanted: Mapping[int, Person]) -> dict[int, Refused]:
    """Add or change many people, by their place in a list; give the refused ones by place, the others are kept.

    Every case is planned anew: what rules and ladders do rests on who is there.
    """
    refused = {}
    with desk.write(actor) as tx:
        allow(desk, tx, actor, Deed.PEOPLE)
        known = {person.id: person for person in people.everybody(tx)}
        named = {*known, *(person.id for person in wanted.values())}
        for place, person in wanted.items():
            try:
                _must_be_sound(person, desk.policy, named)
                _must_leave_an_admin(person, known.values())
            except Refused as why:
                refused[place] = why
            else:
                people.put(tx, person)
                known[person.id] = person
        if len(refused) < len(wanted):
            agenda.forget(tx)
    return refused


def absent(desk: Desk, actor: Actor, name: str, absence: Absence | None) -> Person:
    """Say when somebody is away and who stands in for them; None says that they are back.

    Refused: for others, anybody but a lead or an admin; somebody nobody knows, an end before the beginning, a deputy
    who is unknown or the same person.
    """
    with desk.write(actor) as tx:
        found = people.find(tx, PersonId(name))
        if found is None:
            raise Refused(f"Nobody is called '{name}'; `triage people add {name}` adds them.", RefusalCode.NOT_FOUND)
        me = people.find(tx, actor.id) or actor.person
        if me.id != found.id and me.role not in {Role.LEAD, Role.ADMIN}:
            raise Refused(
                f"{me.id} is {me.role}; ask {found.id}, a lead or an admin to enter it.", RefusalCode.NOT_ALLOWED
            )
        away = absence or Absence()
        after = replace(
            found, is_absent=absence is not None, absent_from=away.begins, absent_until=away.ends, deputy=away.deputy
        )
        _must_be_sound(after, desk.policy, {person.id for person in people.everybody(tx)})
        people.put(tx, after)
        agenda.forget(tx)
    return after


def _can_reach(case: Case, person: Person, barred: frozenset[PersonId]) -> bool:
    try:
        must_not_reach(case, person.id, barred)
    except Refused:
        return False
    return True


def _must_be_sound(person: Person, policy: Policy, named: set[PersonId]) -> None:
    letters = person.id.replace("-", "").replace("_", "").replace(".", "")
    if not (letters.isascii() and letters.isalnum() and len(person.id) <= LONGEST_ID):
        told = f"'{shortened(person.id, LONGEST_ID)}' cannot be a person's id;"
        raise _wrong(f"{told} use the login name: ASCII letters, digits, - _ and dots.")
    policy.tier(person.tier)
    for team in person.teams:
        policy.team(team)
    if person.hours:
        hours(person.hours)
    if person.deputy is not None and (person.deputy == person.id or person.deputy not in named):
        why = "Nobody stands in for themselves" if person.deputy == person.id else f"Nobody is called '{person.deputy}'"
        raise _wrong(f"{why}; name somebody else of the desk to stand in for {person.id}.")
    if person.absent_from and person.absent_until and person.absent_until <= person.absent_from:
        raise _wrong(f"{person.id} cannot be back before they leave; name an end after the beginning.")
    if person.capacity is not None and person.capacity < 0:
        raise _wrong(f"{person.id} cannot have fewer than no cases; name a capacity from 0 on.")


def _must_leave_an_admin(person: Person, known: Iterable[Person]) -> None:
    """Refuse to leave a desk that has an admin without one."""
    admins = {each.id for each in known if each.role is Role.ADMIN}
    if admins == {person.id} and person.role is not Role.ADMIN:
        raise Refused(f"{person.id} is the only admin; make somebody else one first.")


def _wrong(sentence: str) -> Refused:
    return Refused(sentence, RefusalCode.BAD_INPUT)
