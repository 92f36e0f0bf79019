"""People on the desk: added, changed, away, and who may say so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.desk import people, triage
from console.desk.desk import Desk, actor, owner
from console.desk.people import Absence
from console.domain.case import PersonId
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Person, Role
from tests.builders import a_case, a_person, an_actor, at
from tests.desk.conftest import Clock
from tests.desk.givens import open_case

ROOT = owner("root")
FULL = a_person(
    "bo", tier=2, teams=("database",), skills=("backups",), languages=("sv", "en"), mail="bo@x.example",
    hours="mo-fr 09:00-17:00 Europe/Stockholm", capacity=8, deputy=PersonId("kim"),
)  # fmt: skip


def test_everything_that_is_known_of_a_person_is_kept(desk: Desk) -> None:
    people.put(desk, ROOT, a_person("kim"))
    people.put(desk, ROOT, FULL)
    assert people.everybody(desk) == (a_person("kim"), FULL)


@pytest.mark.parametrize(
    ("person", "told"),
    [
        (a_person("bo", hours="always"), "no working hours"),
        (a_person("bo", tier=9), "no tier 9"),
        (a_person("bo", teams=("kitchen",)), "no team 'kitchen'"),
        (
            a_person("bo", deputy=PersonId("bo")),
            "Nobody stands in for themselves; name somebody else of the desk to stand in for bo",
        ),
        (a_person("bo", deputy=PersonId("zoe")), "Nobody is called 'zoe'; name somebody else"),
        (a_person("bo", capacity=-1), "fewer than no cases"),
        (a_person("bo", absent_from=at(hours=2), absent_until=at(hours=2)), "cannot be back before they leave"),
    ],
)
def test_people_who_cannot_be_are_refused(desk: Desk, person: Person, told: str) -> None:
    with pytest.raises(Refused, match=told):
        people.put(desk, ROOT, person)
    assert people.everybody(desk) == ()


def test_of_many_people_the_good_ones_are_kept(desk: Desk) -> None:
    deputies = {
        4: a_person("bo", deputy=PersonId("kim")),
        5: a_person("eve", tier=9),
        6: a_person("kim", deputy=PersonId("bo")),
    }
    refused = people.put_all(desk, ROOT, deputies)
    assert list(refused) == [5]
    assert {person.id for person in people.everybody(desk)} == {"bo", "kim"}


def test_who_can_be_assigned_is_told_with_load_and_deputy(desk: Desk) -> None:
    for person in (
        a_person("bo", capacity=1), a_person("emil", Role.AUDITOR),
        a_person("kim", is_absent=True, deputy=PersonId("bo")), a_person("root", Role.ADMIN),
    ):  # fmt: skip
        people.put(desk, ROOT, person)
    triage.claim(desk, an_actor("bo"), open_case(desk))

    found = people.assignable(desk, ROOT)

    assert [(each.person.id, each.load, each.is_full, each.is_away, each.stand_in) for each in found] == [
        ("bo", 1, True, False, None),
        ("kim", 0, False, True, "bo"),
        ("root", 0, False, False, None),
    ]


def test_who_must_not_hear_of_a_case_cannot_be_assigned_it(desk: Desk) -> None:
    for name in ("bo", "kim"):
        people.put(desk, ROOT, a_person(name))
    case = a_case(confidential=True, circle=("root",), subjects=("bo",))
    assert [each.person.id for each in people.assignable(desk, ROOT, case)] == ["kim"]


def test_a_desk_that_has_an_admin_keeps_one(desk: Desk) -> None:
    people.put(desk, ROOT, a_person("olga", Role.ADMIN))
    with pytest.raises(Refused, match="olga is the only admin"):
        people.put(desk, ROOT, a_person("olga", Role.LEAD))
    people.put(desk, ROOT, a_person("vera", Role.ADMIN))
    people.put(desk, ROOT, a_person("olga", Role.LEAD))


def test_a_stranger_is_sent_to_an_admin(desk: Desk) -> None:
    people.put(desk, ROOT, a_person("bo"))
    with pytest.raises(Refused, match="eve is not among the people of this desk; ask its owner for") as refused:
        actor(desk, "eve")
    assert refused.value.code is RefusalCode.NOT_ALLOWED
    people.put(desk, ROOT, a_person("olga", Role.ADMIN))
    with pytest.raises(Refused, match="ask olga for `triage people add eve`"):
        actor(desk, "eve")


def test_somebody_is_away_for_a_time_and_back(desk: Desk, clock: Clock) -> None:
    people.put_all(desk, ROOT, {1: a_person("bo"), 2: a_person("kim")})
    bo = actor(desk, "bo")

    away = people.absent(desk, bo, "bo", Absence(at(hours=1), at(hours=5), PersonId("kim")))

    assert (away.is_away(clock.now), away.deputy) == (False, "kim")
    clock.forward(hours=2)
    assert away.is_away(clock.now)
    assert people.absent(desk, bo, "bo", None) == a_person("bo")


def test_an_absence_is_entered_by_oneself_a_lead_or_an_admin(desk: Desk) -> None:
    known = (a_person("bo"), a_person("kim"), a_person("lena", Role.LEAD), a_person("olga", Role.ADMIN))
    people.put_all(desk, ROOT, dict(enumerate(known)))
    for name in ("lena", "olga", "bo", "root"):
        who = ROOT if name == "root" else actor(desk, name)
        assert people.absent(desk, who, "bo", Absence()).is_absent
    with pytest.raises(Refused, match="kim is agent; ask bo, a lead or an admin") as refused:
        people.absent(desk, actor(desk, "kim"), "bo", None)
    assert refused.value.code is RefusalCode.NOT_ALLOWED
    with pytest.raises(Refused, match="Nobody is called 'zoe'"):
        people.absent(desk, ROOT, "zoe", None)
    with pytest.raises(Refused, match="Nobody stands in for themselves"):
        people.absent(desk, ROOT, "bo", Absence(deputy=PersonId("bo")))


def test_the_hand_that_types_for_somebody_signs_on_their_behalf() -> None:
    bo = an_actor("bo")
    assert bo.signature == ("bo", None)
    assert replace(bo, hand=PersonId("bo")).signature == ("bo", None)
    assert replace(bo, hand=PersonId("olga")).signature == ("olga", "bo")


def test_everybody_stands_somewhere(desk: Desk) -> None:
    known = (
        a_person("bo", capacity=4),
        a_person("gus", is_absent=True, deputy=PersonId("bo")),
        a_person("zoe", hours="mo-fr 18:00-20:00 UTC"),
    )
    people.put_all(desk, ROOT, dict(enumerate(known)))
    triage.claim(desk, actor(desk, "bo"), open_case(desk))
    found = [
        (each.person.id, each.load, each.is_there, each.is_away, each.stand_in)
        for each in people.colleagues(desk, ROOT)
    ]
    assert found == [("bo", 1, True, False, None), ("gus", 0, False, True, "bo"), ("zoe", 0, False, False, None)]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((None, None), (None, None), True),
        ((None, 5), (5, None), False),
        ((None, 5), (4, None), True),
        ((3, 9), (1, 3), False),
        ((3, 9), (1, 4), True),
    ],
)
def test_two_who_are_away_at_once_do_not_stand_in_for_each_other(
    first: tuple[int | None, int | None], second: tuple[int | None, int | None], *, expected: bool
) -> None:
    def away(begins: int | None, ends: int | None) -> Person:
        times = [None if hours is None else at(hours=hours) for hours in (begins, ends)]
        return a_person("bo", is_absent=True, absent_from=times[0], absent_until=times[1])

    assert away(*first).is_away_with(away(*second)) == expected
    assert not away(*first).is_away_with(a_person("kim"))
