"""Actions of a review: cases of their own, opened with it and taken back with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.desk import closing, queues, reviewing, triage, undo
from console.desk.desk import Desk
from console.domain.calendar import ALWAYS
from console.domain.case import PersonId, Status
from console.domain.changes import differences, replayed
from console.domain.checklist import Factor
from console.domain.errors import RefusalCode, Refused
from console.domain.escalation import State
from console.domain.recommendation import Verdict
from console.domain.review import Need, Review
from console.domain.review_actions import WITHDRAWN, Action
from console.domain.sentences import sentence
from console.domain.timing import ClockName, Target, Timing
from console.domain.views import Order
from tests.builders import a_policy, at
from tests.desk.givens import ADA, BO, KIM, is_whole, stored
from tests.desk.reviewed import DUE, RIGHTS, actions_of, reviewed, solved_above


def test_each_action_is_a_case_of_its_owner_with_a_date_and_its_own_event(desk: Desk) -> None:
    case_id = solved_above(desk, category="checkout")
    done = reviewed(desk, case_id)

    first, second = actions_of(desk, case_id)
    assert (first.title, first.owner, first.handler, first.due) == ("Ask for restart rights", "ada", "ada", DUE)
    assert (first.status, first.tier, first.category, first.action_of) == (Status.OPEN, 1, "", case_id)
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
    assert len(undo.redo(desk, BO, actions_of(desk, case_id)[0].id).done) == 3
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


def test_a_review_is_not_redone_without_one_of_its_actions(desk: Desk) -> None:
    case_id = solved_above(desk)
    reviewed(desk, case_id)
    undo.undo(desk, BO)
    closing.reopen(desk, ADA, actions_of(desk, case_id)[0].id)
    with pytest.raises(Refused, match="has been changed since by ada"):
        undo.redo(desk, BO)
    assert actions_of(desk, case_id)[1].status is Status.CLOSED
    assert stored(desk, case_id)[2][-1].state is State.CLOSED


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


def test_what_is_to_be_reviewed_is_looked_at_with_what_the_case_says_and_later_with_the_review(desk: Desk) -> None:
    case_id = solved_above(desk)
    found = reviewing.look(desk, BO, case_id)
    assert (found.said, found.actions, found.people) == (None, (), ("bo",))
    assert (found.timeline.lanes, found.prompts.need) == ((1, 2), Need.ARTICLE)
    done = reviewed(desk, case_id, [RIGHTS])
    later = reviewing.look(desk, BO, case_id)
    assert later.said is not None
    assert (later.said.version, [each.owner for each in later.actions]) == (done.event.version, ["ada"])


def test_a_review_that_asks_for_nothing_says_so_in_its_action(desk: Desk) -> None:
    case_id = solved_above(desk)
    reviewing.review(desk, BO, case_id, Review("a", "b", Need.NOTHING, ""), [RIGHTS])
    (action,) = actions_of(desk, case_id)
    assert queues.dossier(desk, ADA, action.id).text.body.endswith("asked for this.")
