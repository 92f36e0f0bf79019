"""Who is here, and who has which case in front of them."""

from __future__ import annotations

from dataclasses import replace

from console.desk import presence
from console.desk.desk import Desk
from console.domain.presence import Doing, Here
from tests.desk.conftest import Clock
from tests.desk.givens import ADA, BO, KIM, open_case


def test_who_looks_at_a_case_is_known_until_they_leave_or_fall_silent(desk: Desk, clock: Clock) -> None:
    case_id = open_case(desk)
    presence.see(desk, ADA, "one", case_id)
    presence.see(desk, BO, "two", case_id, Doing.EDITING)
    presence.see(desk, KIM, "three")

    found = [(each.person, each.doing) for each in presence.who(desk, ADA, case_id)]
    assert found == [("ada", Doing.LOOKING), ("bo", Doing.EDITING)]
    assert [(each.person, each.session, each.case) for each in presence.here(desk, ADA)] == [
        ("ada", "one", case_id),
        ("bo", "two", case_id),
        ("kim", "three", None),
    ]

    presence.leave(desk, "two")
    assert [each.person for each in presence.who(desk, ADA, case_id)] == ["ada"]
    clock.forward(minutes=1.6)
    assert presence.here(desk, ADA) == ()


def test_the_same_is_said_again_after_a_while_only(desk: Desk, clock: Clock) -> None:
    case_id = open_case(desk)
    assert presence.see(desk, ADA, "one", case_id)
    clock.forward(minutes=0.1)
    assert not presence.see(desk, ADA, "one", case_id)
    assert presence.see(desk, ADA, "one", case_id, Doing.EDITING)
    assert presence.see(desk, ADA, "one", None)
    clock.forward(minutes=0.4)
    assert presence.see(desk, ADA, "one", None)


def test_others_are_the_very_same_until_somebody_shows_something_else(desk: Desk, clock: Clock) -> None:
    case_id = open_case(desk)
    mine = replace(desk, session="one")
    presence.see(desk, ADA, "one", case_id)
    presence.see(desk, BO, "two", case_id)
    found = presence.others(mine, ADA)
    assert found == (Here(BO.id, "two", case_id, Doing.LOOKING, None),)

    clock.forward(minutes=0.5)
    presence.see(desk, BO, "two", case_id)
    assert presence.others(mine, ADA) is found
    presence.see(desk, BO, "two", case_id, Doing.EDITING)
    assert [each.doing for each in presence.others(mine, ADA)] == [Doing.EDITING]
    clock.forward(minutes=1.6)
    assert presence.others(mine, ADA) == ()


def test_consoles_that_died_are_forgotten(desk: Desk, clock: Clock) -> None:
    presence.see(desk, ADA, "one")
    clock.forward(hours=2)
    presence.see(desk, BO, "two")
    with desk.read() as tx:
        assert tx.rows("SELECT session FROM presence") == [("two",)]


def test_a_case_one_may_not_see_shows_nobody_in_front_of_it(desk: Desk) -> None:
    secret = open_case(desk, title="About kim")
    with desk.store.write() as tx:
        tx.rows('UPDATE "case" SET confidential = 1')
        tx.rows("INSERT INTO circle (case_id, person) VALUES (:id, 'ada')", {"id": secret})
    presence.see(desk, ADA, "one", secret, Doing.EDITING)

    assert [each.case for each in presence.here(desk, ADA)] == [secret]
    assert [(each.person, each.case, each.doing) for each in presence.here(desk, BO)] == [("ada", None, "looking")]
    assert [(each.person, each.case, each.doing) for each in presence.others(desk, BO)] == [("ada", None, "looking")]
    assert presence.who(desk, BO, secret) == ()
