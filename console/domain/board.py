"""The board: live cases in columns by tier, team or person, each column with how many, how late and how full it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.domain.case import Case, PersonId
from console.domain.people import Person, Role
from console.domain.policy import Policy
from console.domain.roster import Roster


class Axis(StrEnum):
    """What the columns of a board are."""

    TIER = "tier"
    TEAM = "team"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a column stands: a tier; a team of a tier, or what has no team there; a person, or nobody of a tier."""

    axis: Axis
    tier: int = 0
    team: str = ""
    person: PersonId | None = None

    @property
    def is_nobody(self) -> bool:
        """Say whether it holds what nobody handles."""
        return self.axis is Axis.PERSON and self.person is None

    @property
    def name(self) -> str:
        """Name it in a sentence: `tier 2`, `tier 2 database`, `bo`, `nobody`."""
        if self.axis is Axis.PERSON:
            return self.person or "nobody"
        return f"tier {self.tier} {self.team}".rstrip()


@dataclass(frozen=True, slots=True)
class Heap:
    """Live cases of one tier, team and handler: how many, how many of them late, and how many are in hand."""

    tier: int
    team: str
    handler: PersonId | None
    count: int
    late: int
    carried: int
    oldest: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: `load` of `capacity` is what its people have in hand, None where nobody has said or nobody is there.

    `cards` are its cases from place `first` on, the most urgent first; a column that is not in sight has none.
    """

    place: Place
    title: str
    count: int = 0
    late: int = 0
    oldest: datetime | None = None
    load: int | None = None
    capacity: int | None = None
    first: int = 0
    cards: tuple[Case, ...] = ()

    @property
    def is_full(self) -> bool:
        """Say whether its people have as much in hand as they can, or more."""
        return self.load is not None and self.capacity is not None and self.load >= self.capacity


@dataclass(frozen=True, slots=True)
class Board:
    """The columns of a board, of which those from place `first` on hold cards, and the desk's live and late cases."""

    axis: Axis = Axis.TIER
    columns: tuple[Column, ...] = ()
    first: int = 0
    count: int = 0
    late: int = 0


def place_of(axis: Axis, case: Case) -> Place:
    """Give the place at which a case stands on a board."""
    return _place(axis, case.tier, case.team, case.handler)


def columns(axis: Axis, viewer: Person, policy: Policy, roster: Roster, heaps: Sequence[Heap]) -> tuple[Column, ...]:
    """Give the columns somebody looks at, without cards, in the order of the policy; people by tier and id.

    By team they are those of the viewer's tiers, by person the people of their tier and teams; what cases stand at
    besides gets a column too, so that nothing is out of sight for being in an odd place.
    """
    stacked: dict[Place, list[Heap]] = {}
    for heap in heaps:
        stacked.setdefault(_place(axis, heap.tier, heap.team, heap.handler), []).append(heap)
    carried = Counter[str]()
    for heap in heaps:
        if heap.handler is not None:
            carried[heap.handler] += heap.carried
    places = dict.fromkeys([*_usual(axis, viewer, policy, roster), *_odd(axis, viewer, policy, heaps)])
    ordered = sorted(places, key=lambda place: place.tier) if axis is not Axis.PERSON else places
    return tuple(_column(place, policy, roster, stacked.get(place, ()), carried) for place in ordered)


def tiers_of(person: Person, policy: Policy) -> frozenset[int]:
    """Give the tiers that are somebody's: their own and their teams', those below for a lead, all for an admin."""
    every = frozenset(tier.level for tier in policy.tiers)
    if person.role in {Role.ADMIN, Role.AUDITOR}:
        return every
    own = {person.tier, *(team.tier for team in policy.teams if team.id in person.teams)}
    return frozenset(own | {level for level in every if person.role is Role.LEAD and level < person.tier})


def _place(axis: Axis, tier: int, team: str, handler: PersonId | None) -> Place:
    if axis is Axis.TIER:
        return Place(axis, tier)
    if axis is Axis.TEAM:
        return Place(axis, tier, team)
    return Place(axis, person=handler) if handler else Place(axis, tier)


def _usual(axis: Axis, viewer: Person, policy: Policy, roster: Roster) -> Iterable[Place]:
    """Give the places there are whether or not a case stands at them."""
    if axis is Axis.TIER:
        return (Place(axis, tier.level) for tier in policy.tiers)
    if axis is Axis.TEAM:
        mine = tiers_of(viewer, policy)
        teams = (Place(axis, team.tier, team.id) for team in policy.teams if team.tier in mine)
        return (*(Place(axis, tier) for tier in mine), *teams)
    near = (person for person in roster.people if _is_near(person, viewer))
    return (Place(axis, viewer.tier), *(Place(axis, person=person.id) for person in near))


def _odd(axis: Axis, viewer: Person, policy: Policy, heaps: Iterable[Heap]) -> Iterable[Place]:
    """Give the places at which cases of one's own tiers stand, or any case on a board by tier."""
    mine = tiers_of(viewer, policy) if axis is Axis.TEAM else {viewer.tier}
    seen = (heap for heap in heaps if axis is Axis.TIER or heap.tier in mine)
    return sorted(
        {_place(axis, heap.tier, heap.team, heap.handler) for heap in seen}, key=lambda place: (place.tier, place.name)
    )


def _is_near(person: Person, viewer: Person) -> bool:
    is_among = person.tier == viewer.tier or not set(person.teams).isdisjoint(viewer.teams)
    return is_among and person.role is not Role.AUDITOR


def _column(place: Place, policy: Policy, roster: Roster, heaps: Sequence[Heap], carried: Mapping[str, int]) -> Column:
    load, capacity = _filled(place, roster, carried)
    return Column(
        place=place,
        title=_title(place, policy, roster),
        count=sum(heap.count for heap in heaps),
        late=sum(heap.late for heap in heaps),
        oldest=min((heap.oldest for heap in heaps), default=None),
        load=load,
        capacity=capacity,
    )


def _title(place: Place, policy: Policy, roster: Roster) -> str:
    if place.axis is Axis.PERSON:
        return f"{place.name}, away" if roster.is_away(place.person) else place.name
    if place.axis is Axis.TEAM:
        return f"{place.tier} {place.team or 'no team'}"
    known = next((tier.name for tier in policy.tiers if tier.level == place.tier), "")
    return f"Tier {place.tier} {known}".rstrip()


def _filled(place: Place, roster: Roster, carried: Mapping[str, int]) -> tuple[int | None, int | None]:
    """Give what the people of a place have in hand and can have: of those with a capacity, where anybody has one.

    Of a tier and a team only those count who are there: nobody can give work to the others.
    """
    if place.person is not None:
        known = roster.find(place.person)
        return carried.get(place.person, 0), known.capacity if known else None
    there = [each for each in roster.people if _is_of(each, place) and not roster.is_away(each.id)]
    sized = [each for each in there if each.capacity is not None]
    load = sum(carried.get(each.id, 0) for each in sized or there)
    return (load if there else None), (sum(each.capacity or 0 for each in sized) if sized else None)


def _is_of(person: Person, place: Place) -> bool:
    """Say whether somebody works at a tier or in a team."""
    if person.role is Role.AUDITOR or place.is_nobody:
        return False
    if place.axis is Axis.TIER:
        return person.tier == place.tier
    return bool(place.team) and place.team in person.teams
