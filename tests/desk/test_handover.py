"""Shifts hand over case by case, signed in history."""

from __future__ import annotations

import pytest

from console.desk import drafts, handover, triage, undo
from console.desk.desk import Desk
from console.domain.case import CaseId
from console.domain.errors import RefusalCode, Refused
from console.domain.events import Kind
from console.domain.handover import State, Words
from console.domain.people import Role
from console.domain.sentences import sentence
from console.store import people
from tests.builders import a_person, at
from tests.desk.conftest import Clock
from tests.desk.givens import ADA, BO, KIM, is_whole, open_case, stored


def handed(desk: Desk, number: int = 2, **words: str) -> list[CaseId]:
    """Let ada claim cases and hand them over."""
    ids = [open_case(desk) for _ in range(number)]
    for case_id in ids:
        triage.claim(desk, ADA, case_id)
    handover.write(desk, ADA, dict.fromkeys(ids, Words("vendor calls back", at(hours=3), "call them", **words)))
    return ids


def states(desk: Desk) -> list[State]:
    """Give the state of every handover that was not withdrawn."""
    return [row.handover.state for row in handover.since(desk, ADA, at(days=-1))]


def test_a_handover_is_written_case_by_case_and_signed_in_history(desk: Desk) -> None:
    first, second = handed(desk)

    case, history, _ = stored(desk, first)
    assert (case.handler, case.promised_at) == ("ada", at(hours=3))
    assert sentence(history[-1]) == (
        "ada handed it over: 'vendor calls back', promised by 2026-11-23 12:00 UTC, asks 'call them'"
    )
    assert history[-1].batch == stored(desk, second)[1][-1].batch != ""
    assert [row.case.id for row in handover.pending(desk, BO)] == [first, second]
    assert handover.pending(desk, ADA) == ()


def test_whoever_accepts_a_row_becomes_handler_and_signs(desk: Desk) -> None:
    first, second = handed(desk)

    handover.accept(desk, BO, [first])

    case, history, _ = stored(desk, first)
    assert (case.handler, case.owner, history[-1].kind) == ("bo", "ada", Kind.TAKEN_OVER)
    assert sentence(history[-1]) == "bo took it on at the handover from ada"
    assert [row.case.id for row in handover.pending(desk, KIM)] == [second]
    (done, other) = handover.since(desk, ADA, at())
    assert (done.handover.taken_by, done.handover.taken_at) == ("bo", at())
    assert other.handover.state is State.PENDING


def test_a_row_is_taken_on_once(desk: Desk) -> None:
    first, second = handed(desk)
    handover.accept(desk, BO, [first])

    done = handover.accept(desk, KIM, [first, second, open_case(desk)])

    assert [each.case.id for each in done.done] == [second]
    assert [(why.code, why.by) for _, why in done.refused] == [
        (RefusalCode.CONFLICT, "bo"),
        (RefusalCode.NOT_FOUND, None),
    ]


def test_a_row_meant_for_somebody_is_theirs(desk: Desk) -> None:
    (only,) = handed(desk, 1, meant_for="kim")
    assert handover.pending(desk, BO) == ()
    assert [row.case.id for row in handover.pending(desk, KIM)] == [only]
    assert handover.accept(desk, BO, [only]).refused[0][1].code is RefusalCode.NOT_ALLOWED
    assert sentence(stored(desk, only)[1][-1]).startswith("ada handed it over to kim: ")


def test_a_case_that_moved_on_is_no_longer_handed_over(desk: Desk) -> None:
    first, second = handed(desk)
    triage.release(desk, ADA, first)
    assert [row.case.id for row in handover.pending(desk, BO)] == [second]
    assert handover.accept(desk, BO, [first]).refused[0][1].code is RefusalCode.CONFLICT


def test_writing_again_replaces_what_was_written(desk: Desk) -> None:
    (only,) = handed(desk, 1)
    handover.write(desk, ADA, {only: Words("solved but for the refund")})
    (row,) = handover.pending(desk, BO)
    assert row.handover.standing == "solved but for the refund"


def test_a_handover_and_its_acceptance_are_undone_and_redone(desk: Desk) -> None:
    first, _ = handed(desk)

    undo.undo(desk, ADA)
    assert (states(desk), handover.pending(desk, BO)) == ([], ())
    undo.redo(desk, ADA)
    assert states(desk) == [State.PENDING, State.PENDING]

    handover.accept(desk, BO, [first])
    undo.undo(desk, BO)
    assert (stored(desk, first)[0].handler, states(desk)) == ("ada", [State.PENDING, State.PENDING])
    undo.redo(desk, BO)
    assert (stored(desk, first)[0].handler, states(desk)) == ("bo", [State.TAKEN, State.PENDING])
    assert is_whole(desk)


def test_a_draft_says_of_each_case_of_mine_what_can_be_said(desk: Desk) -> None:
    low, high = open_case(desk), open_case(desk, severity="S1")
    for case_id in (low, high):
        triage.claim(desk, ADA, case_id)
    triage.wait(desk, ADA, low, "customer")

    drafted = handover.draft(desk, ADA)

    assert list(drafted) == [high, low]
    assert drafted[low].standing == "waits for customer"
    assert drafted[high].standing
    assert handover.draft(desk, BO) == {}


def test_what_goes_out_is_told_with_what_was_written_and_typed(desk: Desk) -> None:
    low, high = open_case(desk), open_case(desk, severity="S1")
    for case_id in (low, high):
        triage.claim(desk, ADA, case_id)
    handover.write(desk, ADA, {low: Words("wait for the vendor", at(hours=2), "call", "kim")})
    drafts.keep(desk, ADA, high, handover.FORM, {"open": "half done"})

    first, second = handover.outgoing(desk, ADA)

    assert (first.case.id, first.given, first.typed) == (high, None, {"open": "half done"})
    assert second.words == Words("wait for the vendor", at(hours=2), "call", "kim")
    assert second.given
    assert [row.case.id for row in handover.outgoing(desk, BO, [low])] == [low]


def test_a_lead_hands_over_for_somebody_else(desk: Desk) -> None:
    case_id = open_case(desk)
    triage.claim(desk, ADA, case_id)

    assert handover.write(desk, BO, {case_id: Words("ada fell ill")}).done

    (row,) = handover.pending(desk, KIM)
    assert (row.handover.by, row.handover.giver) == ("bo", "ada")


def test_words_are_meant_for_somebody_who_is_there(desk: Desk) -> None:
    case_id = open_case(desk)
    triage.claim(desk, ADA, case_id)
    with desk.write() as tx:
        for person in (a_person("ada"), a_person("bo", Role.LEAD, tier=3), a_person("kim", is_absent=True)):
            people.put(tx, person)
    told = {"kim": "absent", "zoe": "Nobody is called", "ada": "with ada already"}
    for name, why in told.items():
        ((_, refused),) = handover.write(desk, ADA, {case_id: Words("x", meant_for=name)}).refused
        assert why in refused.sentence


def test_what_nobody_handles_is_not_handed_over(desk: Desk) -> None:
    ((_, why),) = handover.write(desk, ADA, {open_case(desk): Words("x")}).refused
    assert "Nobody handles" in why.sentence
    with pytest.raises(Refused, match="nothing of yours to undo"):
        undo.undo(desk, ADA)


def test_a_report_goes_back_to_a_time(desk: Desk, clock: Clock) -> None:
    handed(desk, 1)
    clock.forward(hours=9)
    later = handed(desk, 1)
    assert [row.case.id for row in handover.since(desk, BO, at(hours=1))] == later
