"""The everyday acts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.desk import assignment, closing, triage
from console.desk.desk import Desk
from console.domain.arrival import Voice
from console.domain.case import Choice, PersonId, Severity, SeverityFrom, Status
from console.domain.checklist import Factor
from console.domain.errors import RefusalCode, Refused
from console.domain.events import Kind
from console.domain.people import Role
from console.domain.sentences import sentence
from tests.builders import an_actor
from tests.desk.conftest import Clock
from tests.desk.givens import ADA, BO, KIM, escalate, is_whole, open_case, stored


def test_the_first_to_claim_becomes_owner_and_the_second_is_told_who_was_first(desk: Desk) -> None:
    case_id = open_case(desk)

    done = triage.claim(desk, ADA, case_id)

    assert (done.case.handler, done.case.owner, done.case.status) == ("ada", "ada", Status.OPEN)
    with pytest.raises(Refused, match="claimed by ada first") as refusal:
        triage.claim(desk, BO, case_id)
    assert (refusal.value.code, refusal.value.by) == (RefusalCode.CONFLICT, "ada")


def test_a_released_case_keeps_its_owner(desk: Desk) -> None:
    case_id = open_case(desk)
    triage.claim(desk, ADA, case_id)
    with pytest.raises(Refused, match="Case 1 is ada's; ask ada, a lead or an admin to release it"):
        triage.release(desk, an_actor("jun"), case_id)

    done = triage.release(desk, an_actor("lena", Role.LEAD), case_id)

    assert (done.case.handler, done.case.owner) == (None, "ada")
    with pytest.raises(Refused, match="no handler"):
        triage.release(desk, ADA, case_id)


def test_every_act_is_one_event_and_one_version(desk: Desk) -> None:
    case_id = open_case(desk)
    triage.claim(desk, ADA, case_id)
    triage.answer(desk, ADA, case_id, {Factor.SCOPE: 3, Factor.IMPACT: 1})
    triage.answer(desk, ADA, case_id, {Factor.SCOPE: None})
    triage.attempt(desk, ADA, case_id, triage.Tried("restarted the pool", "no effect"))
    triage.attempt(desk, ADA, case_id, triage.Tried("cleared the cache", has_worked=True))
    triage.note(desk, ADA, case_id, triage.Said("they pay by card only"))

    case, events, _ = stored(desk, case_id)

    assert [event.version for event in events] == list(range(1, 8))
    assert case.version == 7
    assert case.answers == (None, 1, None, None)
    assert case.attempts == 1
    assert is_whole(desk)


def test_the_same_answer_again_is_refused(desk: Desk) -> None:
    case_id = open_case(desk)
    triage.answer(desk, ADA, case_id, {Factor.SCOPE: 3})
    with pytest.raises(Refused, match="already"):
        triage.answer(desk, ADA, case_id, {Factor.SCOPE: 3})
    with pytest.raises(Refused, match="0, 1, 2 or 3"):
        triage.answer(desk, ADA, case_id, {Factor.SCOPE: 4})


def test_agreeing_needs_no_reason_and_overriding_does(desk: Desk) -> None:
    case_id = open_case(desk)
    triage.answer(desk, ADA, case_id, {Factor.SCOPE: 0, Factor.IMPACT: 0, Factor.ATTEMPTS: 1, Factor.EXPECTATIONS: 0})
    with pytest.raises(Refused, match="needs a reason") as refusal:
        triage.decide(desk, ADA, case_id, Choice.ESCALATE)
    assert refusal.value.code is RefusalCode.INCOMPLETE

    overridden = triage.decide(desk, ADA, case_id, Choice.ESCALATE, triage.Reason("vip"))
    agreed = triage.decide(desk, ADA, case_id, Choice.HANDLE)

    assert (overridden.event.reason, overridden.event.detail["agreed"]) == ("vip", False)
    assert (agreed.event.detail["agreed"], agreed.event.detail["policy"], agreed.case.handler) == (True, "v1", "ada")
    other = triage.decide(desk, ADA, case_id, Choice.ESCALATE, triage.Reason("other", "the board asked"))
    assert (other.event.reason, other.event.reason_text) == ("other", "the board asked")


def test_handling_an_accepted_case_tells_whoever_escalated(desk: Desk) -> None:
    from console.desk import escalation as escalating

    case_id = open_case(desk)
    escalate(desk, ADA, case_id)
    escalating.accept(desk, BO, case_id)
    triage.answer(desk, BO, case_id, {Factor.SCOPE: 0, Factor.IMPACT: 0, Factor.ATTEMPTS: 1, Factor.EXPECTATIONS: 0})

    done = triage.decide(desk, BO, case_id, Choice.HANDLE)

    _, _, (escalation,) = stored(desk, case_id)
    assert (escalation.state, escalation.outcome) == ("decided", "handled in tier 2")
    assert done.event.detail["outcome_to"] == "ada"


def test_an_attempt_and_a_note_need_words(desk: Desk) -> None:
    case_id = open_case(desk)
    with pytest.raises(Refused, match="what was tried"):
        triage.attempt(desk, ADA, case_id, triage.Tried(" "))
    with pytest.raises(Refused, match="needs a text"):
        triage.note(desk, ADA, case_id, triage.Said(""))


def test_a_note_from_the_requester_resumes_a_case_that_waits_for_them(desk: Desk, clock: Clock) -> None:
    case_id = open_case(desk)
    triage.wait(desk, ADA, case_id, "customer", clock.now + timedelta(days=1), "we wait for your log")

    done = triage.note(desk, ADA, case_id, triage.Said("here is the log", Voice.REQUESTER, asks_for_supervisor=True))

    assert (done.case.status, done.case.waiting_for, done.case.resume_at) == (Status.OPEN, "", None)
    assert (done.case.manager_asks, done.event.detail["asks_for_supervisor"]) == (1, True)


def test_a_conversation_says_with_whom(desk: Desk) -> None:
    case_id = open_case(desk)
    said = triage.Said("they try the other terminal, we call at two", Voice.CONVERSATION, spoken_with="Kim, by phone")
    event = triage.note(desk, ADA, case_id, said).event
    assert sentence(event) == "ada spoke with Kim, by phone: 'they try the other terminal, we call at two'"
    unnamed = triage.note(desk, ADA, case_id, triage.Said("hm", Voice.CONVERSATION)).event
    assert sentence(unnamed) == "ada spoke with somebody: 'hm'"


def test_waiting_until_a_time_that_has_passed_is_refused(desk: Desk, clock: Clock) -> None:
    case_id = open_case(desk)
    with pytest.raises(Refused, match="passed already"):
        triage.wait(desk, ADA, case_id, "customer", clock.now)
    with pytest.raises(Refused, match="for whom"):
        triage.wait(desk, ADA, case_id, " ")


def test_a_waiting_case_is_resumed_by_hand(desk: Desk) -> None:
    case_id = open_case(desk)
    with pytest.raises(Refused, match="not waiting"):
        triage.resume(desk, ADA, case_id)
    triage.wait(desk, ADA, case_id, "vendor")
    assert triage.resume(desk, ADA, case_id).case.status is Status.OPEN


def test_a_severity_over_the_matrix_needs_a_reason(desk: Desk) -> None:
    case_id = open_case(desk, category="checkout")
    with pytest.raises(Refused, match="needs a reason"):
        triage.change(desk, ADA, case_id, {"severity": Severity.S1})

    done = triage.change(desk, ADA, case_id, {"severity": Severity.S1, "affected": 400}, "the board is affected")

    assert (done.case.severity, done.case.severity_from) == (Severity.S1, SeverityFrom.OVERRIDE)
    assert (done.case.affected, done.event.reason_text) == (400, "the board is affected")
    with pytest.raises(Refused, match="already"):
        triage.change(desk, ADA, case_id, {"affected": 400})
    with pytest.raises(Refused, match="not a fact"):
        triage.change(desk, ADA, case_id, {"owner": "mallory"})


def test_a_person_corrected_fact_is_no_longer_derived(desk: Desk) -> None:
    case_id = open_case(desk, category="checkout", derived=frozenset({"category", "affected"}))
    done = triage.change(desk, ADA, case_id, {"category": "network"})
    assert done.case.derived == ("affected",)


def test_work_is_given_to_people_who_are_known_and_there(desk: Desk) -> None:
    from console.desk import people
    from tests.builders import a_person

    admin = an_actor("root", Role.ADMIN)
    case_id = open_case(desk)
    people.put(desk, admin, a_person("bo", tier=2, teams=("database",)))
    people.put(desk, admin, a_person("kim", is_absent=True))
    with pytest.raises(Refused, match="Nobody is called 'zoe'"):
        assignment.assign(desk, ADA, case_id, "zoe")
    with pytest.raises(Refused, match="absent"):
        assignment.assign(desk, ADA, case_id, "kim")

    done = assignment.assign(desk, ADA, case_id, "bo")

    assert (done.case.handler, done.case.owner) == ("bo", "bo")
    assert [person.id for person in people.everybody(desk)] == ["kim", "bo"]


def test_a_case_is_moved_to_places_the_policy_has(desk: Desk) -> None:
    case_id = open_case(desk)
    with pytest.raises(Refused, match="no tier 9"):
        assignment.move(desk, ADA, case_id, (9, ""))
    with pytest.raises(Refused, match="in tier 2, not in tier 3"):
        assignment.move(desk, ADA, case_id, (3, "database"))

    done = assignment.move(desk, ADA, case_id, (2, "database"))

    assert (done.case.tier, done.case.team, done.event.kind) == (2, "database", Kind.MOVED)


def test_what_someone_else_changed_is_named_and_other_fields_do_not_matter(desk: Desk) -> None:
    case_id = open_case(desk)
    seen = stored(desk, case_id)[0].version
    triage.note(desk, BO, case_id, triage.Said("only a note"))
    triage.answer(desk, ADA, case_id, {Factor.SCOPE: 2}, seen)
    assignment.assign(desk, BO, case_id, "bo")

    with pytest.raises(Refused, match=r"bo was first: handler of case 1") as refusal:
        assignment.move(desk, ADA, case_id, (2, ""), seen)

    assert (refusal.value.code, refusal.value.by) == (RefusalCode.CONFLICT, "bo")


def test_whose_hand_typed_it_is_told_and_stands_in_nobodys_own_way(desk: Desk) -> None:
    ada, bo = (replace(each, hand=PersonId("root")) for each in (ADA, BO))
    case_id = open_case(desk)
    seen = stored(desk, case_id)[0].version
    assignment.assign(desk, ada, case_id, "ada", seen)
    assignment.move(desk, ada, case_id, (2, ""), seen)

    with pytest.raises(Refused, match=r"root \(for ada\) was first: handler, status, tier of case 1"):
        assignment.move(desk, bo, case_id, (3, ""), seen)


def test_what_a_person_did_meanwhile_does_not_stand_in_their_own_way(desk: Desk) -> None:
    case_id = open_case(desk)
    seen = stored(desk, case_id)[0].version
    closing.resolve(desk, ADA, case_id, "restarted", seen)

    assert closing.reopen(desk, ADA, case_id, "it is back", seen).case.status is Status.OPEN


def test_an_auditor_changes_nothing(desk: Desk) -> None:
    case_id = open_case(desk)
    with pytest.raises(Refused, match="auditor"):
        triage.claim(desk, an_actor("eve", Role.AUDITOR), case_id)


def test_a_case_goes_from_open_to_closed_and_back(desk: Desk) -> None:
    case_id = open_case(desk)
    with pytest.raises(Refused, match="how it was solved"):
        closing.resolve(desk, ADA, case_id, " ")
    with pytest.raises(Refused, match="only a resolved case"):
        closing.close(desk, ADA, case_id)
    closing.resolve(desk, ADA, case_id, "restarted")
    closing.close(desk, ADA, case_id)
    with pytest.raises(Refused, match="reopen it first"):
        triage.claim(desk, KIM, case_id)

    done = closing.reopen(desk, KIM, case_id, "it is back")

    assert (done.case.status, done.case.reopened, done.event.reason_text) == (Status.OPEN, 1, "it is back")


def test_a_duplicate_is_merged_and_its_escalation_ends(desk: Desk) -> None:
    case_id, survivor = open_case(desk), open_case(desk, title="The first of its kind")
    escalate(desk, ADA, case_id)
    with pytest.raises(Refused, match="into itself"):
        closing.merge(desk, ADA, case_id, case_id)

    done = closing.merge(desk, ADA, case_id, survivor)

    _, _, (escalation,) = stored(desk, case_id)
    assert (done.case.status, done.case.duplicate_of) == (Status.CLOSED, survivor)
    assert (escalation.state, done.event.detail["title"]) == ("closed", "The first of its kind")


def test_the_next_case_is_the_most_urgent_that_nobody_handles_here(desk: Desk) -> None:
    waiting, low, high, taken = (open_case(desk, severity=severity) for severity in ("S1", "S3", "S2", "S1"))
    elsewhere = open_case(desk, severity="S1", tier=2)
    triage.wait(desk, KIM, waiting, "customer")
    triage.claim(desk, KIM, taken)

    assert [triage.take_next(desk, ADA).case.id for _ in range(2)] == [high, low]
    with pytest.raises(Refused, match="Nothing in tier 1"):
        triage.take_next(desk, ADA)
    assert stored(desk, elsewhere)[0].handler is None
