"""Undo: what an act changed is set back by a new event, or the refusal says why not."""

from __future__ import annotations

import pytest

from console.desk import assignment, closing, triage, undo
from console.desk import escalation as escalating
from console.desk.desk import Desk
from console.domain import timeline
from console.domain.case import Status
from console.domain.checklist import Factor
from console.domain.errors import Refused
from console.domain.escalation import ReturnReason
from console.domain.sentences import sentence
from console.store import events
from tests.desk.givens import ADA, BO, escalate, is_whole, open_case, stored

NOT_COMPARED = {"version", "updated"}


def facts(desk: Desk, case_id: int) -> dict[str, object]:
    """Give everything of a case but what every act touches."""
    case = stored(desk, case_id)[0]  # type: ignore[arg-type]
    return {name: getattr(case, name) for name in case.__slots__ if name not in NOT_COMPARED}


def escalations(desk: Desk, case_id: int) -> list[tuple[str, str, object]]:
    """Give state, outcome and close of every escalation."""
    return [(each.state, each.outcome, each.closed_at) for each in stored(desk, case_id)[2]]  # type: ignore[arg-type]


ACTS = {
    "claim": lambda desk, case: triage.claim(desk, BO, case),
    "answer": lambda desk, case: triage.answer(desk, BO, case, {Factor.SCOPE: 2}),
    "attempt": lambda desk, case: triage.attempt(desk, BO, case, triage.Tried("a restart")),
    "note": lambda desk, case: triage.note(desk, BO, case, triage.Said("hm")),
    "wait": lambda desk, case: triage.wait(desk, BO, case, "customer"),
    "assign": lambda desk, case: assignment.assign(desk, BO, case, "kim"),
    "move": lambda desk, case: assignment.move(desk, BO, case, (2, "network")),
    "escalate": lambda desk, case: escalate(desk, BO, case),
    "resolve": lambda desk, case: closing.resolve(desk, BO, case, "done"),
    "change": lambda desk, case: triage.change(desk, BO, case, {"category": "network"}),
}


@pytest.mark.parametrize("act", ACTS)
def test_an_act_undone_leaves_the_case_as_it_was_and_redone_as_it_became(desk: Desk, act: str) -> None:
    case_id = open_case(desk)
    before = facts(desk, case_id)
    ACTS[act](desk, case_id)
    after = facts(desk, case_id)

    undo.undo(desk, BO)
    assert facts(desk, case_id) == before

    undo.redo(desk, BO, case_id)
    assert facts(desk, case_id) == after
    assert is_whole(desk)


@pytest.mark.parametrize("act", ["accept", "hand_back", "resolve", "escalate further", "ask"])
def test_what_the_receiving_tier_did_can_be_undone(desk: Desk, act: str) -> None:
    case_id = open_case(desk)
    escalate(desk, ADA, case_id)
    if act not in {"accept", "ask"}:
        escalating.accept(desk, BO, case_id)
    before, moves = facts(desk, case_id), escalations(desk, case_id)
    match act:
        case "accept":
            escalating.accept(desk, BO, case_id)
        case "hand_back":
            escalating.hand_back(desk, BO, case_id, ReturnReason.NOT_NEEDED, "no")
        case "resolve":
            closing.resolve(desk, BO, case_id, "done")
        case "ask":
            escalating.ask_back(desk, BO, case_id, "which?")
        case _:
            escalate(desk, BO, case_id)

    undo.undo(desk, BO)

    assert facts(desk, case_id) == before
    assert escalations(desk, case_id)[:1] == moves
    assert all(state == "withdrawn" for state, _, _ in escalations(desk, case_id)[1:])


def test_history_tells_an_undo_and_a_redo(desk: Desk) -> None:
    case_id = open_case(desk)
    triage.claim(desk, BO, case_id)
    undo.undo(desk, BO)
    undo.redo(desk, BO)
    _, events, _ = stored(desk, case_id)
    assert [sentence(event) for event in events[-2:]] == [
        "bo undid their own claim",
        "bo did the claim again that they had undone",
    ]


def test_undone_notes_and_attempts_are_no_longer_told(desk: Desk) -> None:
    case_id = open_case(desk)
    triage.note(desk, ADA, case_id, triage.Said("wrong case"))
    triage.attempt(desk, ADA, case_id, triage.Tried("a restart"))
    undo.undo(desk, ADA)
    undo.undo(desk, ADA)

    _, events, _ = stored(desk, case_id)
    assert (timeline.notes(events), timeline.attempts(events), len(events)) == ((), (), 5)
    with pytest.raises(Refused, match="nothing of yours to undo"):
        undo.undo(desk, ADA)


def test_undo_is_refused_when_somebody_changed_the_same_field_since(desk: Desk) -> None:
    case_id = open_case(desk)
    assignment.assign(desk, ADA, case_id, "kim")
    assignment.take_over(desk, BO, case_id, "kim is in a meeting")
    with pytest.raises(Refused, match="handler of case 1 has been changed since by bo"):
        undo.undo(desk, ADA)


def test_undo_works_after_others_acted_elsewhere(desk: Desk) -> None:
    case_id, other = open_case(desk), open_case(desk)
    triage.claim(desk, ADA, case_id)
    triage.note(desk, BO, case_id, triage.Said("seen"))
    triage.claim(desk, BO, other)
    assert undo.undo(desk, ADA).done[0].case.handler is None
    with pytest.raises(Refused, match="nothing of yours to undo on case 2"):
        undo.undo(desk, ADA, other)
    with pytest.raises(Refused, match="nothing of yours to redo"):
        undo.redo(desk, BO)


def test_a_redo_is_not_taken_back_by_another_redo(desk: Desk) -> None:
    case_id = open_case(desk)
    triage.claim(desk, ADA, case_id)
    undo.undo(desk, ADA)
    undo.redo(desk, ADA)
    with pytest.raises(Refused, match="nothing of yours to redo"):
        undo.redo(desk, ADA)
    undo.undo(desk, ADA)
    assert undo.redo(desk, ADA).done[0].case.handler == "ada"


def test_an_act_is_found_again_however_many_have_been_undone_since(desk: Desk) -> None:
    case_id, other = open_case(desk), open_case(desk)
    triage.claim(desk, ADA, other)
    for _ in range(30):
        triage.note(desk, ADA, case_id, triage.Said("hm"))
        undo.undo(desk, ADA)
    assert undo.undo(desk, ADA).done[0].case.id == other


def test_what_was_undone_in_between_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = open_case(desk)
    event = triage.claim(desk, ADA, case_id).event
    undo.undo(desk, ADA)
    monkeypatch.setattr(events, "newest_standing", lambda *_: event)
    with pytest.raises(Refused, match="undone already"):
        undo.undo(desk, ADA)


def test_undo_never_leaves_an_escalated_case_without_an_owner(desk: Desk) -> None:
    case_id = open_case(desk)
    triage.claim(desk, ADA, case_id)
    escalate(desk, BO, case_id)
    with pytest.raises(Refused, match="without an owner"):
        undo.undo(desk, ADA)
    assert stored(desk, case_id)[0].owner == "ada"


def test_a_resolved_case_is_live_again_after_undo(desk: Desk) -> None:
    case_id = open_case(desk)
    closing.resolve(desk, ADA, case_id, "done")
    assert undo.undo(desk, ADA, case_id).done[0].case.status is Status.NEW
