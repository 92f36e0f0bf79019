"""The board at the desk: heads and cards in one snapshot, of what the person may see."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from console.desk import board, bulk, closing, triage
from console.desk.board import Sought
from console.desk.desk import Desk
from console.domain.board import Axis, Board, Column, Place
from console.domain.case import CaseId, PersonId
from console.domain.people import Actor, Role
from console.store import people
from tests.builders import MORNING, a_person, an_actor
from tests.desk.conftest import Clock
from tests.desk.givens import open_case

LENA = an_actor("lena", Role.LEAD, tier=2, teams=("database",))
OLGA = an_actor("olga", Role.ADMIN)
TEAM = Place(Axis.TEAM, 2, "database")


@pytest.fixture(autouse=True)
def staff(desk: Desk) -> None:
    """Make a lead, an admin and two agents known."""
    with desk.store.write() as tx:
        for person in (LENA.person, OLGA.person, a_person("bo", tier=2, capacity=3), a_person("jun")):
            people.put(tx, person)


def look(desk: Desk, axis: Axis = Axis.TIER, actor: Actor = LENA, **wanted: Any) -> Board:  # noqa: ANN401 - any field
    """Look at a board."""
    return board.look(desk, actor, Sought(axis, **wanted))


def column(found: Board, name: str) -> Column:
    """Give the column of this name."""
    return next(each for each in found.columns if each.place.name == name)


def numbers(found: Board, name: str) -> list[int]:
    """Give the cases of a column, from the top."""
    return [case.id for case in column(found, name).cards]


def some_cases(desk: Desk, count: int = 6) -> list[CaseId]:
    """Open cases of tier 1, the most urgent first."""
    return [
        open_case(desk, title=f"Case {n}", due=MORNING + timedelta(minutes=n), tier=1, team="") for n in range(1, count)
    ]


def test_the_most_urgent_stand_on_top_and_only_live_cases_stand_there(desk: Desk, clock: Clock) -> None:
    ids = some_cases(desk)
    closing.resolve(desk, OLGA, ids[1], "done")
    clock.forward(minutes=3.5)

    found = look(desk)
    first = column(found, "tier 1")

    assert numbers(found, "tier 1") == [ids[0], *ids[2:]]
    assert (first.count, first.late, first.oldest) == (4, 2, MORNING)
    assert (found.count, found.late) == (4, 2)


def test_what_waits_is_neither_late_nor_in_hand(desk: Desk, clock: Clock) -> None:
    (only, other) = some_cases(desk, 3)
    bulk.assign(desk, OLGA, [only, other], "bo")
    triage.wait(desk, OLGA, only, "vendor")
    clock.forward(hours=1)

    bo = column(look(desk, Axis.PERSON), "bo")

    assert (bo.count, bo.late, bo.load, bo.capacity) == (2, 1, 1, 3)


def test_only_the_columns_in_sight_hold_cards(desk: Desk) -> None:
    some_cases(desk)
    found = look(desk, first=1, width=2)

    assert [bool(each.cards) for each in found.columns] == [False, False, False, False]
    assert (column(found, "tier 1").count, found.first) == (5, 1)
    assert look(desk, first=9, width=3).first == 1


def test_a_column_is_read_from_where_it_is_scrolled_to(desk: Desk) -> None:
    ids = some_cases(desk)
    found = look(desk, size=2, tops={Place(Axis.TIER, 1): 2})

    assert (column(found, "tier 1").first, numbers(found, "tier 1")) == (2, ids[2:4])
    assert numbers(look(desk, size=2, tops={Place(Axis.TIER, 1): 99}), "tier 1") == ids[-2:]


def test_the_case_one_stays_with_is_shown_wherever_it_stands_now(desk: Desk) -> None:
    ids = some_cases(desk)
    assert numbers(look(desk, size=2, held=ids[3]), "tier 1") == ids[2:4]

    bulk.move(desk, OLGA, [ids[3]], (4, ""))
    found = look(desk, width=2, held=ids[3])
    assert (found.first, numbers(found, "tier 4")) == (2, [ids[3]])

    closing.resolve(desk, OLGA, ids[3], "done")
    assert look(desk, width=2, held=ids[3]).first == 0
    assert look(desk, Axis.PERSON, held=ids[0]).first == 0


def test_teams_and_people_have_their_own_cases(desk: Desk) -> None:
    ids = some_cases(desk)
    bulk.move(desk, OLGA, ids[:2], (2, "database"))
    bulk.assign(desk, OLGA, ids[:1], "bo")

    teams, persons = look(desk, Axis.TEAM), look(desk, Axis.PERSON)

    assert numbers(teams, "tier 2 database") == ids[:2]
    assert numbers(teams, "tier 1") == ids[2:]
    assert (numbers(persons, "bo"), numbers(persons, "nobody")) == (ids[:1], ids[1:2])
    assert board.every(desk, LENA, TEAM) == tuple(ids[:2])


@pytest.mark.parametrize("axis", Axis)
def test_a_confidential_case_is_on_the_board_of_its_circle_alone(desk: Desk, axis: Axis) -> None:
    some_cases(desk)
    before = look(desk, axis)
    jun, secret = an_actor("jun"), open_case(desk, title="Whistle")
    bulk.assign(desk, OLGA, [secret], "jun")
    triage.change(desk, jun, secret, {"confidential": True})

    assert look(desk, axis, held=secret) == before
    assert all(secret not in board.every(desk, LENA, each.place) for each in before.columns)
    seen = look(desk, axis, jun, held=secret)
    assert seen.count == before.count + 1
    assert secret in [case.id for each in seen.columns for case in each.cards]


def test_somebody_who_is_not_known_any_more_still_has_a_board(desk: Desk) -> None:
    ids = some_cases(desk)
    stranger = replace(OLGA, person=replace(OLGA.person, id=PersonId("zoe")))

    assert numbers(look(desk, Axis.PERSON, stranger), "nobody") == ids
