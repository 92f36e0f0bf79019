"""Actions of a review: cases of their own, opened with it, taken back with it, and counted as no incoming case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from console.desk import backtest, closing, evidence, likeness, queues, reviewing, solved, triage, undo
from console.desk import escalation as escalating
from console.desk.desk import Desk
from console.desk.record import Done
from console.domain.calendar import ALWAYS
from console.domain.case import Case, CaseId, PersonId, Status
from console.domain.changes import differences, replayed
from console.domain.checklist import Factor
from console.domain.errors import RefusalCode, Refused
from console.domain.events import Kind
from console.domain.people import Actor
from console.domain.recommendation import Verdict
from console.domain.review import Need, Review
from console.domain.review_actions import WITHDRAWN, Action
from console.domain.sentences import sentence
from console.domain.timing import ClockName, Target, Timing
from console.domain.views import Order
from console.store import people as store_people
from console.store.engine import Store
from console.store.sight import CONFIDENTIAL_FROM
from tests.builders import a_policy, at
from tests.desk.conftest import Clock
from tests.desk.exported import brought, exported
from tests.desk.givens import ADA, BO, KIM, escalate, is_whole, open_case, stored
from tests.desk.worlds import BO as LAB
from tests.desk.worlds import MAX, OUT, a_world
from tests.template import a_copy

SAID = Review("the pool ran full", "no access to it", Need.ACCESS, "restart rights")
DUE = at(days=14)
RIGHTS = Action("Ask for restart rights ", PersonId("ada"), DUE)
ARTICLE = Action("Write how to restart the pool", PersonId("kim"), at(days=7))


def solved_above(desk: Desk, **facts: object) -> CaseId:
    """Give a case that tier 3 has solved."""
    case_id = open_case(desk, **facts)
    escalate(desk, ADA, case_id)
    escalating.accept(desk, KIM, case_id)
    closing.resolve(desk, KIM, case_id, "restarted the pool")
    return case_id


def reviewed(desk: Desk, case_id: CaseId, actions: Sequence[Action] = (RIGHTS, ARTICLE)) -> Done:
    """Review it, with actions."""
    return reviewing.review(desk, BO, case_id, SAID, actions)


def actions_of(desk: Desk, case_id: CaseId, actor: Actor = BO) -> list[Case]:
    """Give its actions."""
    return [*reviewing.actions_of(desk, actor, case_id)]


def test_each_action_is_a_case_of_its_owner_with_a_date_and_its_own_event(desk: Desk) -> None:
    case_id = solved_above(desk, category="checkout")
    done = reviewed(desk, case_id)

    first, second = actions_of(desk, case_id)
    assert (first.title, first.owner, first.handler, first.due) == ("Ask for restart rights", "ada", "ada", DUE)
    assert (first.status, first.tier, first.category, first.action_of) == (Status.OPEN, 2, "", case_id)
    assert (second.id, second.owner) == (first.id + 1, "kim")
    (event,) = stored(desk, first.id)[1]
    assert sentence(event) == f"bo asked for it in the review of case {case_id}"
    assert event.batch == done.event.batch != ""
    assert "; 2 actions asked for" in sentence(done.event)
    assert differences(first, replayed([event])) == []
    assert is_whole(desk)
    text = queues.dossier(desk, ADA, first.id).text.body
    assert text.endswith(f"case {case_id} asked for this.\nNext time the tier below needs access: restart rights.")


def test_an_action_is_found_by_the_case_it_came_from(desk: Desk) -> None:
    case_id = solved_above(desk)
    reviewed(desk, case_id)
    ids = [each.id for each in actions_of(desk, case_id)]
    for query in (f"action:{case_id}", "is:action", f"is:action action:{case_id} status:open"):
        assert [line.case.id for line in queues.find(desk, ADA, query, Order.OLDEST, 9)] == ids
    assert [line.case.id for line in queues.find(desk, ADA, "-is:action", Order.OLDEST, 9)] == [case_id]


def test_only_its_date_presses_an_action_and_nothing_sends_it_up_by_itself(desk: Desk) -> None:
    targets = tuple(
        Target(clock=name, within=timedelta(hours=8), calendar=ALWAYS.id)
        for name in (ClockName.RESPONSE, ClockName.RESOLUTION)
    )
    desk = replace(desk, policy=a_policy(timing=Timing(targets=targets)))
    case_id = solved_above(desk)
    reviewed(desk, case_id, [RIGHTS])
    (action,) = actions_of(desk, case_id)
    found = queues.dossier(desk, ADA, action.id)
    assert (action.next_clock, action.next_due) == ("resolution", DUE)
    assert [each.clock.name for each in found.clocks(desk.policy, at(days=1))] == [ClockName.RESOLUTION]
    assert found.explanation.advice.verdict is Verdict.HANDLE
    assert f"an action of case {case_id}" in found.explanation.why[0]
    triage.answer(desk, ADA, action.id, {factor: 3 for factor in Factor if factor is not Factor.ATTEMPTS})
    assert queues.dossier(desk, ADA, action.id).explanation.advice.verdict is not Verdict.HANDLE


def test_a_review_is_taken_back_with_its_actions_and_redone_with_them(desk: Desk) -> None:
    case_id = solved_above(desk)
    reviewed(desk, case_id)
    for _ in range(2):
        batch = undo.undo(desk, BO, case_id)
        assert len(batch.done) == 3
        assert {(each.status, each.resolution) for each in actions_of(desk, case_id)} == {(Status.CLOSED, WITHDRAWN)}
        assert len(undo.redo(desk, BO, case_id).done) == 3
        assert {(each.status, each.resolution) for each in actions_of(desk, case_id)} == {(Status.OPEN, "")}
    assert is_whole(desk)
    undo.undo(desk, BO)
    assert len(reviewed(desk, case_id, ()).event.detail) == 6


def test_a_review_stays_once_one_of_its_actions_is_in_work(desk: Desk) -> None:
    case_id = solved_above(desk)
    reviewed(desk, case_id)
    first, second = actions_of(desk, case_id)
    triage.note(desk, KIM, second.id, triage.Said("half of it is written"))
    with pytest.raises(Refused, match=f"its action {second.id} is in work, kim noted: 'half of it") as refusal:
        undo.undo(desk, BO, case_id)
    assert (refusal.value.code, refusal.value.by) == (RefusalCode.CONFLICT, "kim")
    assert actions_of(desk, case_id)[0].status is Status.OPEN
    undo.undo(desk, KIM)
    assert len(undo.undo(desk, BO).done) == 3
    assert first.id == actions_of(desk, case_id)[0].id


@pytest.mark.parametrize(
    ("action", "says"),
    [
        (Action(" ", PersonId("ada"), DUE), "needs to say what is to be done"),
        (Action("late", PersonId("ada"), at(hours=-1)), "would be due before now"),
    ],
)
def test_an_action_that_cannot_be_asked_for_leaves_no_review(desk: Desk, action: Action, says: str) -> None:
    case_id = solved_above(desk)
    with pytest.raises(Refused, match=says):
        reviewed(desk, case_id, [RIGHTS, action])
    assert actions_of(desk, case_id) == []
    reviewed(desk, case_id, [])


@pytest.fixture
def world(tmp_path: Path) -> Desk:
    """Give a desk with people."""
    return a_world(tmp_path, "desk")


def gone_up(world: Desk) -> CaseId:
    """Give a case that bo has solved for ada."""
    case_id = open_case(world)
    triage.claim(world, OUT["agent"], case_id)
    escalate(world, OUT["agent"], case_id)
    escalating.accept(world, LAB, case_id)
    return case_id


def test_an_action_is_for_somebody_who_is_known_and_can_do_it(world: Desk) -> None:
    case_id = gone_up(world)
    closing.resolve(world, LAB, case_id, "done")
    for name, says in (("zoe", "Nobody is called 'zoe'; people are"), ("emil", "emil is an auditor")):
        with pytest.raises(Refused, match=says):
            reviewing.review(world, MAX, case_id, SAID, [Action("x", PersonId(name), at(days=99))])
    reviewing.review(world, MAX, case_id, SAID, [Action("x", PersonId("bo"), at(days=99))])
    (action,) = actions_of(world, case_id)
    assert (action.tier, action.owner) == (2, "bo")


def test_an_action_of_a_confidential_case_is_for_the_same_circle(world: Desk) -> None:
    case_id = gone_up(world)
    triage.change(world, MAX, case_id, {"confidential": True})
    closing.resolve(world, LAB, case_id, "done")
    with pytest.raises(Refused, match="lena is not in the circle") as refusal:
        reviewing.review(world, MAX, case_id, SAID, [Action("x", PersonId("lena"), at(days=99))])
    assert "triage circle" in refusal.value.sentence
    reviewing.review(world, MAX, case_id, SAID, [Action("whistle", PersonId("bo"), at(days=99))])
    (action,) = actions_of(world, case_id, LAB)
    original = stored_by(world, LAB, case_id)
    assert action.id >= CONFIDENTIAL_FROM
    assert (action.confidential, action.circle, action.subjects) == (True, original.circle, original.subjects)
    assert actions_of(world, case_id, OUT["admin"]) == []
    with pytest.raises(Refused, match="an action of the review of a confidential case and names it"):
        triage.change(world, MAX, action.id, {"confidential": False})


def stored_by(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Give a case as somebody sees it."""
    return queues.dossier(desk, actor, case_id).case


def test_a_case_becomes_confidential_after_its_actions(desk: Desk) -> None:
    case_id = solved_above(desk)
    reviewed(desk, case_id, [RIGHTS])
    (action,) = actions_of(desk, case_id)
    with pytest.raises(Refused, match=f"Case {action.id} is an action of the review of case {case_id}"):
        triage.change(desk, BO, case_id, {"confidential": True})
    triage.change(desk, ADA, action.id, {"confidential": True})
    triage.change(desk, BO, case_id, {"confidential": True})


def test_an_action_is_no_incoming_case(desk: Desk, clock: Clock) -> None:
    case_id = solved_above(desk)
    evidence.count_anew(desk)
    before, known = evidence.counted(desk), backtest.number(desk, ADA)
    reviewed(desk, case_id, [Action("Checkout returns 502", PersonId("ada"), DUE)])
    (action,) = actions_of(desk, case_id)
    twin = open_case(desk, title="Checkout returns 502 again")
    clock.forward(hours=9)
    closing.resolve(desk, ADA, action.id, "wrote it")
    likes = likeness.similar(desk, ADA, twin)
    assert action.id not in {each.case.id for each in likes}
    assert action.id not in {each.case.id for each in solved.what_solved(desk, ADA, twin)}
    assert backtest.number(desk, ADA) == known + 1
    closing.reopen(desk, ADA, action.id)
    assert (*likeness.similar(desk, ADA, action.id), *solved.what_solved(desk, ADA, action.id)) == ()
    after = evidence.counted(desk)
    evidence.count_anew(desk)
    assert before is not None
    assert after == evidence.counted(desk)
    assert all(key in before or count.of <= 1 for key, count in (after or {}).items())


def test_an_action_is_the_same_where_its_case_is_taken_in_too(desk: Desk, clock: Clock, tmp_path: Path) -> None:
    case_id = solved_above(desk)
    reviewed(desk, case_id, [RIGHTS])
    (action,) = actions_of(desk, case_id)
    records = exported(desk)
    there = Desk(Store(a_copy(tmp_path / "there.db")), a_policy(), "the policy's text", clock)
    assert [each.case for each in brought(there, records)] == [case_id, action.id]
    assert stored(there, action.id)[0].action_of == case_id
    assert exported(there) == records

    alone = Desk(Store(a_copy(tmp_path / "alone.db")), a_policy(), "the policy's text", clock)
    brought(alone, records[1:])
    assert stored(alone, action.id)[0].action_of is None
    assert exported(alone) == records[1:]


def test_who_is_asked_for_an_action_hears_of_it(world: Desk) -> None:
    case_id = gone_up(world)
    closing.resolve(world, LAB, case_id, "done")
    reviewing.review(world, MAX, case_id, SAID, [Action("x", PersonId("lena"), at(days=99))])
    (action,) = actions_of(world, case_id)
    with world.store.read() as tx:
        told = tx.rows("SELECT person, kind FROM notice WHERE case_id = :id", {"id": action.id})
        assert store_people.find(tx, PersonId("lena")) is not None
    assert told == [("lena", "assigned")]
    assert [event.kind for event in stored(world, action.id)[1]] == [Kind.OPENED]
