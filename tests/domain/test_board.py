"""The board: which columns somebody looks at, and what their heads say."""

from __future__ import annotations

from typing import Any

import pytest

from console.domain.board import Axis, Board, Column, Heap, Place, columns, place_of, tiers_of
from console.domain.case import PersonId
from console.domain.people import Person, Role
from console.domain.roster import Roster
from tests.builders import ADA, BO, MORNING, a_case, a_person, a_policy, at

KIM = PersonId("kim")
PEOPLE = (
    a_person("ada", tier=1),
    a_person("bo", tier=2, teams=("database",), capacity=4),
    a_person("emil", Role.AUDITOR, tier=2, teams=("database",), capacity=99),
    a_person("kim", tier=2, teams=("database", "network"), capacity=6),
    a_person("lena", Role.LEAD, tier=2, teams=("network",)),
)
LENA = PEOPLE[-1]


def a_heap(tier: int, team: str = "", handler: str | None = None, **facts: Any) -> Heap:  # noqa: ANN401 - any field
    """Give two cases of a place, one of them late, opened at nine."""
    given: dict[str, Any] = {"count": 2, "late": 1, "carried": 2 if handler else 0, "oldest": MORNING} | facts
    return Heap(tier, team, PersonId(handler) if handler else None, **given)


def seen(axis: Axis, *heaps: Heap, viewer: Person = LENA, people: tuple[Person, ...] = PEOPLE) -> tuple[Column, ...]:
    """Give the columns somebody looks at."""
    return columns(axis, viewer, a_policy(), Roster(people, MORNING), heaps)


def titles(found: tuple[Column, ...]) -> list[str]:
    """Give what the columns are called."""
    return [column.title for column in found]


def one(found: tuple[Column, ...], name: str) -> Column:
    """Give the column of this name."""
    return next(column for column in found if column.place.name == name)


def test_every_tier_of_the_policy_is_a_column_and_one_that_cases_are_still_in_too() -> None:
    assert titles(seen(Axis.TIER, a_heap(7), a_heap(2))) == [
        "Tier 1 Service desk", "Tier 2 Technical support", "Tier 3 Engineering", "Tier 4 Management", "Tier 7",
    ]  # fmt: skip


def test_a_lead_sees_the_teams_of_their_tier_and_those_below_with_what_has_no_team() -> None:
    assert titles(seen(Axis.TEAM)) == ["1 no team", "2 no team", "2 database", "2 network"]
    assert titles(seen(Axis.TEAM, a_heap(2, "disbanded"), a_heap(3, "lab"))) == [
        "1 no team", "2 no team", "2 database", "2 network", "2 disbanded",
    ]  # fmt: skip


def test_people_are_those_of_ones_tier_and_teams_with_whoever_has_a_case_there() -> None:
    assert titles(seen(Axis.PERSON)) == ["nobody", "bo", "kim", "lena"]
    assert titles(seen(Axis.PERSON, a_heap(2, handler="zoe"), a_heap(1, handler="yan"))) == [
        "nobody", "bo", "kim", "lena", "zoe",
    ]  # fmt: skip
    far = a_person("max", tier=3, teams=("network",))
    assert titles(seen(Axis.PERSON, people=(*PEOPLE, far)))[-1] == "max"


@pytest.mark.parametrize(
    ("viewer", "tiers"),
    [
        (a_person("a", tier=2), {2}),
        (a_person("b", tier=2, teams=("lab",)), {2, 3}),
        (a_person("c", Role.LEAD, tier=3), {1, 2, 3}),
        (a_person("d", Role.ADMIN, tier=1), {1, 2, 3, 4}),
        (a_person("e", Role.AUDITOR, tier=1), {1, 2, 3, 4}),
    ],
)
def test_whose_tiers_are_whose(viewer: Person, tiers: set[int]) -> None:
    assert tiers_of(viewer, a_policy()) == tiers


def test_a_head_adds_up_all_that_stands_in_its_column() -> None:
    found = seen(Axis.TIER, a_heap(2, "database", "bo", oldest=at(hours=-5)), a_heap(2), a_heap(1, handler="bo"))
    tier = one(found, "tier 2")

    assert (tier.count, tier.late, tier.oldest) == (4, 2, at(hours=-5))
    assert (one(found, "tier 3").count, one(found, "tier 3").oldest) == (0, None)


def test_a_person_carries_what_they_handle_anywhere_and_nobody_what_is_free_in_ones_tier() -> None:
    found = seen(Axis.PERSON, a_heap(2, handler="bo"), a_heap(1, handler="bo", carried=1), a_heap(2), a_heap(1))
    bo, nobody = one(found, "bo"), one(found, "nobody")

    assert (bo.count, bo.load, bo.capacity, bo.is_full) == (4, 3, 4, False)
    assert (nobody.count, nobody.load, nobody.capacity, nobody.is_full) == (2, None, None, False)


def test_a_team_has_the_room_of_those_of_it_who_are_there() -> None:
    heaps = [a_heap(2, "database", "bo"), a_heap(1, "", "kim", count=9, carried=9), a_heap(2, "", "emil")]
    database = one(seen(Axis.TEAM, *heaps), "tier 2 database")
    assert (database.load, database.capacity, database.is_full) == (11, 10, True)

    away = (PEOPLE[0], PEOPLE[1], a_person("kim", tier=2, teams=("database",), capacity=6, is_absent=True))
    found = seen(Axis.TEAM, *heaps, people=away)
    assert (one(found, "tier 2 database").load, one(found, "tier 2 database").capacity) == (2, 4)
    assert (one(found, "tier 2 network").load, one(found, "tier 2").load) == (None, None)
    assert one(seen(Axis.PERSON, people=away), "kim").title == "kim, away"


def test_where_nobody_has_said_how_much_they_can_carry_only_what_they_do_is_told() -> None:
    found = seen(Axis.TIER, a_heap(1, handler="ada"))

    assert (one(found, "tier 1").load, one(found, "tier 1").capacity) == (2, None)
    assert (one(found, "tier 2").load, one(found, "tier 2").capacity) == (0, 10)
    assert one(seen(Axis.PERSON, a_heap(2, handler="zoe")), "zoe").load == 2


def test_a_case_stands_at_one_place_of_each_board() -> None:
    case = a_case(tier=2, team="database", handler=BO)

    assert place_of(Axis.TIER, case) == Place(Axis.TIER, 2)
    assert place_of(Axis.TEAM, case) == Place(Axis.TEAM, 2, "database")
    assert place_of(Axis.PERSON, case) == Place(Axis.PERSON, person=BO)
    free = place_of(Axis.PERSON, a_case(tier=2))
    assert (free, free.is_nobody, free.name) == (Place(Axis.PERSON, 2), True, "nobody")
    assert Place(Axis.PERSON, person=ADA).name == "ada"
    assert Board().columns == ()
