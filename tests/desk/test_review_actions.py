"""Actions of a review among people: who can have one, who knows of it, and that it is counted as no incoming case."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.desk import backtest, closing, evidence, likeness, queues, reviewing, solved, triage
from console.desk import escalation as escalating
from console.desk.desk import Desk
from console.domain.case import Case, CaseId, PersonId
from console.domain.errors import Refused
from console.domain.events import Kind
from console.domain.people import Actor
from console.domain.review_actions import Action
from console.store.engine import Store
from console.store.sight import CONFIDENTIAL_FROM
from tests.builders import a_policy, at
from tests.desk.conftest import Clock
from tests.desk.exported import brought, exported
from tests.desk.givens import ADA, BO, escalate, open_case, stored
from tests.desk.reviewed import DUE, RIGHTS, SAID, actions_of, reviewed, solved_above
from tests.desk.worlds import BO as LAB
from tests.desk.worlds import MAX, OUT, a_world
from tests.template import a_copy


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
    assert likeness.similar(desk, ADA, action.id) == ()
    assert solved.what_solved(desk, ADA, action.id) == ()
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
    assert told == [("lena", "assigned")]
    assert [event.kind for event in stored(world, action.id)[1]] == [Kind.OPENED]
