"""Survivors: where merged cases lead, in the end, and never past what may be known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from console.desk import bulk, closing, confiding, taking, triage, undo
from console.desk import escalation as escalating
from console.desk.desk import Desk
from console.desk.survivors import left_behind, repeats_of, survivor, told_of
from console.domain.arrival import Arrival
from console.domain.case import CaseId
from console.domain.envelope import Envelope
from console.domain.errors import Refused
from console.domain.events import Event, Kind
from console.domain.people import Actor
from console.domain.sentences import sentence
from console.store import events, people
from tests.builders import MORNING, a_person, at
from tests.desk.conftest import Clock
from tests.desk.givens import ADA, BO, escalate, open_case, stored


def where(desk: Desk, case_id: CaseId, actor: Actor = ADA) -> CaseId:
    with desk.read(actor) as tx:
        return survivor(tx, case_id)


def what(desk: Desk, case_id: CaseId, actor: Actor = ADA) -> tuple[CaseId, ...]:
    with desk.read(actor) as tx:
        return repeats_of(tx, case_id)


@pytest.fixture
def cases(desk: Desk) -> tuple[CaseId, CaseId, CaseId]:
    return open_case(desk), open_case(desk), open_case(desk)


def test_a_merged_case_leads_to_the_last_of_a_row(desk: Desk, cases: tuple[CaseId, CaseId, CaseId]) -> None:
    first, second, third = cases
    closing.merge(desk, ADA, first, second)
    closing.merge(desk, ADA, second, third)

    assert [where(desk, each) for each in cases] == [third, third, third]
    assert where(desk, CaseId(99)) == 99
    assert [what(desk, each) for each in cases] == [(), (), (first, second)]
    undo.undo(desk, ADA, second)
    assert [where(desk, each) for each in cases] == [second, second, third]


def test_a_circle_that_somebody_made_by_hand_ends(desk: Desk, cases: tuple[CaseId, CaseId, CaseId]) -> None:
    first, second, _ = cases
    closing.merge(desk, ADA, first, second)
    with desk.store.write() as tx:
        tx.driver.execute('UPDATE "case" SET duplicate_of = :into WHERE id = :id', {"into": first, "id": second})

    assert where(desk, first) in {first, second}
    assert set(what(desk, first)) <= {second}


def test_what_is_confidential_leads_only_to_whom_may_know_of_it(desk: Desk) -> None:
    with desk.store.write() as tx:
        for name in ("ada", "bo"):
            people.put(tx, a_person(name))
    mine, ours, open_one = (open_case(desk, confidential=each) for each in (True, True, False))
    triage.claim(desk, ADA, ours)
    confiding.let_in(desk, ADA, ours, BO.id)
    closing.merge(desk, ADA, mine, ours)

    assert where(desk, mine) == mine
    assert what(desk, ours) == ()
    undo.undo(desk, ADA, mine)
    closing.merge(desk, ADA, ours, mine)
    assert where(desk, ours) == mine
    assert (where(desk, ours, BO), where(desk, mine, BO)) == (ours, mine)
    undo.undo(desk, ADA, ours)
    closing.merge(desk, ADA, ours, open_one)
    assert where(desk, ours) == ours
    triage.note(desk, ADA, open_one, triage.Said("hm"))
    assert what(desk, open_one) == ()


def test_a_merge_goes_to_the_end_and_never_in_a_circle(desk: Desk, cases: tuple[CaseId, CaseId, CaseId]) -> None:
    first, second, third = cases
    closing.merge(desk, ADA, second, third)

    done = closing.merge(desk, ADA, first, second)

    assert (done.case.duplicate_of, done.event.detail["into"]) == (third, third)
    with pytest.raises(Refused, match=f"Case {second} was merged into case {third}, so {third} is the one that stays"):
        closing.merge(desk, ADA, third, second)


def test_a_redo_leads_in_no_circle_either(desk: Desk, cases: tuple[CaseId, CaseId, CaseId]) -> None:
    first, second, _ = cases
    closing.merge(desk, ADA, first, second)
    undo.undo(desk, ADA, first)
    closing.merge(desk, BO, second, first)

    with pytest.raises(Refused, match=f"Case {second} was merged into case {first}, so {first} is the one that stays"):
        undo.redo(desk, ADA, first)


def test_a_merge_rests_on_what_was_seen(desk: Desk, cases: tuple[CaseId, CaseId, CaseId]) -> None:
    first, second, _ = cases
    triage.claim(desk, BO, first)
    with pytest.raises(Refused, match="bo was first"):
        closing.merge(desk, ADA, first, second, seen=1)


def test_several_are_merged_as_one_and_undone_as_one(desk: Desk, cases: tuple[CaseId, CaseId, CaseId]) -> None:
    first, second, third = cases
    done = bulk.merge(desk, BO, cases, third)

    assert [each.case.id for each in done.done] == [first, second]
    assert what(desk, third) == (first, second)
    undo.undo(desk, BO)
    assert what(desk, third) == ()


def test_undo_gives_a_merged_case_back_as_it_was(desk: Desk, cases: tuple[CaseId, CaseId, CaseId]) -> None:
    first, second, _ = cases
    escalate(desk, ADA, first)
    triage.wait(desk, ADA, second, "vendor", at(hours=9))
    before = [stored(desk, each) for each in (first, second)]
    bulk.merge(desk, BO, [first, second], cases[2])

    undo.undo(desk, BO)

    for (case, _, moves), (was, _, moved) in zip([stored(desk, each) for each in (first, second)], before, strict=True):
        assert replace(case, version=was.version, updated=was.updated) == was
        assert [each.state for each in moves] == [each.state for each in moved]


def test_the_survivor_tells_what_was_merged_into_it(desk: Desk, clock: Clock) -> None:
    first, second = open_case(desk, body="Nobody can pay", requester="kim@x"), open_case(desk)
    triage.attempt(desk, ADA, first, triage.Tried("a restart"))
    triage.note(desk, ADA, first, triage.Said("they wait"))
    clock.forward(minutes=5)
    closing.merge(desk, BO, first, second)
    with desk.read(ADA) as tx:
        (told,) = told_of(tx, second)
        assert told_of(tx, first) == ()

    assert (told.case.id, told.body, told.at, told.by) == (first, "Nobody can pay", at(minutes=5), "bo")
    assert [each.what for each in told.attempts] == ["a restart"]
    assert [each.text for each in told.notes] == ["they wait"]


def test_a_brief_tells_what_was_tried_on_what_was_merged(desk: Desk) -> None:
    first, second = open_case(desk), open_case(desk, title="The first of its kind")
    triage.attempt(desk, ADA, first, triage.Tried("a restart"))
    triage.attempt(desk, ADA, first, triage.Tried("a new cable", "helps for an hour"))
    closing.merge(desk, BO, first, second)

    said = escalating.draft_brief(desk, ADA, second).issue

    assert said.endswith(
        f"Tried on case {first}: a restart, no effect\nTried on case {first}: a new cable, helps for an hour"
    )


def test_what_only_looks_merged_is_not_told(desk: Desk, cases: tuple[CaseId, CaseId, CaseId]) -> None:
    first, second, _ = cases
    with desk.store.write() as tx:
        tx.driver.execute('UPDATE "case" SET duplicate_of = :into WHERE id = :id', {"into": second, "id": first})
    with desk.read(ADA) as tx:
        assert told_of(tx, second) == ()


def late(desk: Desk, case_id: CaseId, ref: str, by: str, **facts: Any) -> None:  # noqa: ANN401
    arrival = Arrival(
        "Re: it", "mail", ref, requester=by, envelope=Envelope(), follows=(f"#{case_id}",), body="And?", **facts
    )
    assert taking.take_in(desk, ADA, [arrival])[0].case == case_id


@pytest.mark.parametrize(("number", "says"), [(0, ""), (1, "; 1 reply came to case 2 meanwhile and stays there")])
def test_undo_tells_of_replies_that_came_to_the_survivor(desk: Desk, clock: Clock, number: int, says: str) -> None:
    facts = {"source": "mail", "channel": "mail"}
    first = open_case(desk, requester="kim@x", ref="a@x", **facts)
    second = open_case(desk, requester="lee@x", ref="b@x", **facts)
    late(desk, second, "early@x", "lee@x")
    clock.forward(minutes=5)
    closing.merge(desk, BO, first, second)
    late(desk, second, "other@x", "lee@x", created=at(minutes=6))
    for place in range(number):
        said = triage.Said("hm")
        triage.note(desk, ADA, second, said)
        reply = Arrival(
            "Re: it",
            "mail",
            f"late{place}@x",
            requester="kim@x",
            envelope=Envelope(),
            follows=("a@x",),
            created=at(minutes=1),
        )
        assert taking.take_in(desk, ADA, [reply])[0].case == second

    (done,) = undo.undo(desk, BO, first).done

    assert sentence(done.event) == f"bo undid their own merge{says}"
    with desk.read(ADA) as tx:
        assert len([each for each in events.of_case(tx, second) if each.kind is Kind.NOTED]) == 2 + 2 * number


def test_whoever_asked_both_times_is_heard_for_both(desk: Desk, clock: Clock) -> None:
    facts = {"source": "mail", "channel": "mail", "requester": "kim@x"}
    first, second = open_case(desk, ref="a@x", **facts), open_case(desk, ref="b@x", **facts)
    clock.forward(minutes=5)
    closing.merge(desk, BO, first, second)
    late(desk, second, "late@x", "kim@x", created=at(minutes=6))

    (done,) = undo.undo(desk, BO, first).done

    assert sentence(done.event).endswith("; 1 reply came to case 2 meanwhile and stays there")


def test_two_replies_are_told_as_two_and_where_none_can_be_seen_as_none(desk: Desk) -> None:
    first, second = open_case(desk, requester="kim@x"), open_case(desk)
    done = closing.merge(desk, BO, first, second)
    told = Event(
        case=second, version=2, at=MORNING, actor=ADA.id, kind=Kind.NOTED,
        detail={"voice": "requester", "by": "", "by_way_of": first},
    )  # fmt: skip
    with desk.store.write() as tx:
        events.append(tx, [replace(told, hash="x"), replace(told, version=3, hash="y")])
    with desk.read(ADA) as tx:
        assert left_behind(tx, done.case, done.event) == "2 replies came to case 2 meanwhile and stay there"
        assert left_behind(tx, replace(done.case, id=CaseId(99)), done.event) == ""
