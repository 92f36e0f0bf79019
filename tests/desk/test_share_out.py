"""Sharing marked cases out over the people present."""

from __future__ import annotations

from collections import Counter

from console.desk import closing, share_out, triage, undo
from console.desk.desk import Desk
from console.domain.case import PersonId
from console.domain.people import Role
from console.store import people
from tests.builders import a_person, an_actor, at
from tests.desk.givens import ADA, BO, open_case, stored

LEA = an_actor("lea", Role.LEAD)


def staff(desk: Desk) -> None:
    """Let the desk know ada, bo, and kim, who is away until noon, all in tier 1; and lea, who leads."""
    with desk.write() as tx:
        for person in (
            a_person("ada", capacity=2), a_person("bo", capacity=3),
            a_person("kim", is_absent=True, absent_until=at(hours=3)), a_person("lea", Role.LEAD, tier=2),
        ):  # fmt: skip
            people.put(tx, person)


def test_a_plan_shows_who_would_get_what_and_changes_nothing(desk: Desk) -> None:
    staff(desk)
    ids = [open_case(desk) for _ in range(6)]
    triage.claim(desk, ADA, ids[5])

    plan = share_out.proposed(desk, LEA, ids[:5])

    assert Counter(share.person for share in plan.shares) == {"ada": 1, "bo": 3, None: 1}
    assert [share.why for share in plan.shares if share.person is None] == [
        "everybody it fits is full: ada has 2 of 2, bo has 3 of 3"
    ]
    assert [stored(desk, case_id)[0].handler for case_id in ids[:5]] == [None] * 5


def test_a_plan_is_done_in_one_batch_and_undone_as_one(desk: Desk) -> None:
    staff(desk)
    ids = [open_case(desk) for _ in range(4)]
    plan = share_out.proposed(desk, LEA, ids)

    done = share_out.share_out(desk, LEA, plan)

    assert {each.case.id: each.case.handler for each in done.done} == {each.case: each.person for each in plan.shares}
    assert {each.event.batch for each in done.done} == {done.batch}
    assert len(undo.undo(desk, LEA).done) == 4
    assert [stored(desk, case_id)[0].handler for case_id in ids] == [None] * 4


def test_only_the_cases_that_moved_on_since_the_plan_are_refused(desk: Desk) -> None:
    staff(desk)
    ids = [open_case(desk) for _ in range(3)]
    plan = share_out.proposed(desk, LEA, ids)
    triage.claim(desk, BO, ids[0])
    closing.resolve(desk, BO, ids[1], "done")

    done = share_out.share_out(desk, LEA, plan)

    assert [each.case.id for each in done.done] == [ids[2]]
    assert [(case_id, why.by) for case_id, why in done.refused] == [(ids[0], "bo"), (ids[1], "bo")]


def test_a_plan_says_what_everybody_carries_now_and_then(desk: Desk) -> None:
    staff(desk)
    ids = [open_case(desk) for _ in range(4)]
    triage.claim(desk, ADA, ids[0])

    plan = share_out.proposed(desk, LEA, ids)

    assert [(load.person.id, load.now, load.then, len(load.given)) for load in plan.then] == [
        ("bo", 0, 2, 2),
        ("ada", 1, 2, 1),
        ("lea", 0, 0, 0),
    ]
    assert {load.person.id: load.person.capacity for load in plan.then} == {"ada": 2, "bo": 3, "lea": None}


def test_rows_of_a_plan_are_left_out_and_given_to_somebody_else(desk: Desk) -> None:
    staff(desk)
    ids = [open_case(desk) for _ in range(3)]
    plan = share_out.proposed(desk, LEA, ids).toggled(ids[0]).given(ids[1], PersonId("lea")).toggled(ids[2])
    assert plan.toggled(ids[2]).wanted[-1].case == ids[2]
    assert not any(load.is_over for load in plan.then)

    done = share_out.share_out(desk, LEA, plan)

    assert [(each.case.id, each.case.handler) for each in done.done] == [(ids[1], "lea")]
    assert plan.given(ids[2], PersonId("lea")).wanted[-1].person == "lea"


def test_a_case_taken_from_somebody_lightens_them(desk: Desk) -> None:
    staff(desk)
    case_id = open_case(desk)
    triage.claim(desk, BO, case_id)
    plan = share_out.proposed(desk, LEA, [case_id]).given(case_id, PersonId("ada"))
    assert {load.person.id: (load.now, load.then) for load in plan.then} == {
        "ada": (0, 1),
        "bo": (1, 0),
        "lea": (0, 0),
    }


def test_who_is_back_is_given_work_again(desk: Desk) -> None:
    staff(desk)
    ids = [open_case(desk) for _ in range(3)]
    assert "kim" not in {share.person for share in share_out.proposed(desk, LEA, ids).shares}
    with desk.write() as tx:
        people.put(tx, a_person("kim", is_absent=True, absent_until=at(hours=-1)))
    assert "kim" in {share.person for share in share_out.proposed(desk, LEA, ids).shares}


def test_whoever_works_alone_gets_everything(desk: Desk) -> None:
    ids = [open_case(desk) for _ in range(3)]
    assert {share.person for share in share_out.proposed(desk, ADA, ids).shares} == {PersonId("ada")}


def test_what_somebody_keeps_is_not_told_again(desk: Desk) -> None:
    staff(desk)
    case_id = open_case(desk)
    triage.claim(desk, BO, case_id)
    plan = share_out.proposed(desk, LEA, [case_id])
    assert share_out.share_out(desk, LEA, plan).done == ()
