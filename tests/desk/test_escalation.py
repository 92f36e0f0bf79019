"""Cases between tiers: sent up, accepted, asked back about, returned; never ownerless."""

from __future__ import annotations

import pytest

from console.desk import closing, drafts, queues, triage
from console.desk import escalation as escalating
from console.desk.desk import Desk
from console.domain.brief import Brief
from console.domain.checklist import Factor
from console.domain.errors import RefusalCode, Refused
from console.domain.escalation import ReturnReason
from console.domain.matrix import Target
from console.domain.policy import GuardKind
from console.domain.recommendation import Verdict
from console.store import people as store_people
from tests.desk.conftest import Clock
from tests.desk.givens import ADA, BO, FULL, KIM, escalate, is_whole, open_case, stored


def test_an_escalated_case_is_in_the_next_tier_with_owner_and_handler(desk: Desk) -> None:
    case_id = open_case(desk)

    done = escalate(desk, ADA, case_id)

    assert (done.case.tier, done.case.team, done.case.owner, done.case.handler) == (2, "database", "ada", "ada")
    _, _, (escalation,) = stored(desk, case_id)
    assert (escalation.state, escalation.by, escalation.target, escalation.policy) == (
        "sent", "ada", Target(2, "database"), "v1",
    )  # fmt: skip
    assert escalation.brief == FULL
    with desk.store.read() as tx:
        assert tx.rows("SELECT version, text FROM policy") == [("v1", "the policy's text")]


def test_the_second_to_escalate_is_told_who_was_first_and_when(desk: Desk, clock: Clock) -> None:
    case_id = open_case(desk)
    escalate(desk, ADA, case_id)
    clock.forward(minutes=5)

    with pytest.raises(Refused, match="already escalated by ada at 09:00 UTC") as refusal:
        escalate(desk, BO, case_id)

    assert (refusal.value.code, refusal.value.by) == (RefusalCode.CONFLICT, "ada")
    assert len(stored(desk, case_id)[2]) == 1


def test_a_brief_without_a_required_part_is_refused_unless_a_reason_is_given(desk: Desk) -> None:
    case_id = open_case(desk)
    with pytest.raises(Refused, match="lacks help") as refusal:
        escalate(desk, ADA, case_id, brief=Brief(issue="down"))
    assert refusal.value.code is RefusalCode.INCOMPLETE

    done = escalate(desk, ADA, case_id, brief=Brief(issue="down"), incomplete="no time")

    assert done.event.detail["incomplete"] == "no time"


def test_the_drafted_brief_tells_issue_attempts_and_consequences(desk: Desk) -> None:
    case_id = open_case(desk, body="Since nine nobody can pay.", affected=400)
    triage.attempt(desk, ADA, case_id, triage.Tried("restarted the pool", error="HTTP 502"))

    brief = escalating.draft_brief(desk, ADA, case_id)

    assert "Since nine nobody can pay." in brief.issue
    assert "ada: restarted the pool, no effect (HTTP 502)" in brief.issue
    assert brief.consequences == "Scope: everything; Impact: much; Attempts: a little"


def test_a_draft_nobody_can_judge_still_says_the_severity(desk: Desk) -> None:
    assert escalating.draft_brief(desk, ADA, open_case(desk, severity="")).consequences == "Severity S3"


def test_escalating_goes_up_and_to_places_that_exist(desk: Desk) -> None:
    case_id = open_case(desk, tier=4)
    with pytest.raises(Refused, match="no tier above 4"):
        escalate(desk, KIM, case_id)
    with pytest.raises(Refused, match="escalating goes up"):
        escalate(desk, KIM, case_id, target=Target(2))


def test_a_target_chosen_by_hand_is_told_without_the_matrix(desk: Desk) -> None:
    done = escalate(desk, ADA, open_case(desk), target=Target(2, "network"), told="we are on it")
    assert done.case.team == "network"
    assert "why" not in done.event.detail
    assert done.event.detail["told"] == "we are on it"


def test_whoever_accepts_becomes_handler_and_the_owner_stays(desk: Desk) -> None:
    case_id = open_case(desk)
    with pytest.raises(Refused, match="no escalation"):
        escalating.accept(desk, BO, case_id)
    escalate(desk, ADA, case_id)

    done = escalating.accept(desk, BO, case_id)

    assert (done.case.handler, done.case.owner, done.event.detail["outcome_to"]) == ("bo", "ada", "ada")
    with pytest.raises(Refused, match="already accepted by bo") as refusal:
        escalating.accept(desk, KIM, case_id)
    assert refusal.value.code is RefusalCode.CONFLICT


def test_a_question_goes_back_and_its_answer_forth(desk: Desk) -> None:
    case_id = open_case(desk)
    escalate(desk, ADA, case_id)
    with pytest.raises(Refused, match="Nobody asked"):
        escalating.reply(desk, ADA, case_id, "yes")
    with pytest.raises(Refused, match="needs the question"):
        escalating.ask_back(desk, BO, case_id, " ")
    escalating.ask_back(desk, BO, case_id, "Which pool?")
    with pytest.raises(Refused, match="answer is empty"):
        escalating.reply(desk, ADA, case_id, "")
    assert stored(desk, case_id)[2][0].question == "Which pool?"

    done = escalating.reply(desk, ADA, case_id, "The second.")

    assert (done.event.detail["question"], done.event.detail["text"]) == ("Which pool?", "The second.")
    assert stored(desk, case_id)[2][0].question == ""


def test_a_returned_case_is_back_with_whoever_had_it(desk: Desk) -> None:
    case_id = open_case(desk)
    triage.claim(desk, ADA, case_id)
    escalate(desk, ADA, case_id)
    escalating.accept(desk, BO, case_id)

    done = escalating.hand_back(desk, BO, case_id, ReturnReason.SOLVABLE_BELOW, "restart the pool")

    assert (done.case.tier, done.case.handler, done.case.owner) == (1, "ada", "ada")
    assert (done.case.escalation, done.case.returned_at) == (None, desk.now())
    _, _, (escalation,) = stored(desk, case_id)
    assert (escalation.state, escalation.reason, escalation.reason_text) == (
        "returned", "solvable-below", "restart the pool",
    )  # fmt: skip
    with pytest.raises(Refused, match="no escalation"):
        escalating.hand_back(desk, BO, case_id, ReturnReason.NOT_NEEDED)


def test_a_case_that_went_up_twice_comes_down_one_step_at_a_time(desk: Desk) -> None:
    case_id = open_case(desk)
    escalate(desk, ADA, case_id)
    escalating.accept(desk, BO, case_id)
    escalate(desk, BO, case_id, target=Target(3, "lab"))
    assert [each.state for each in stored(desk, case_id)[2]] == ["decided", "sent"]
    assert stored(desk, case_id)[2][0].outcome == "escalated further to 3/lab"

    done = escalating.hand_back(desk, KIM, case_id, ReturnReason.WRONG_TEAM)

    assert (done.case.tier, done.case.team, done.case.handler) == (2, "database", "bo")
    assert [each.state for each in stored(desk, case_id)[2]] == ["accepted", "returned"]
    again = escalating.hand_back(desk, BO, case_id, ReturnReason.NOT_NEEDED)
    assert (again.case.tier, again.case.handler, again.case.escalation) == (1, "ada", None)


def test_resolving_closes_every_escalation_with_its_outcome(desk: Desk) -> None:
    case_id = open_case(desk)
    escalate(desk, ADA, case_id)
    escalating.accept(desk, BO, case_id)
    escalate(desk, BO, case_id, target=Target(3, "lab"))
    escalating.accept(desk, KIM, case_id)

    done = closing.resolve(desk, KIM, case_id, "replaced the pool")

    assert done.event.detail["outcome_to"] == "ada, bo"
    assert [(each.state, each.outcome) for each in stored(desk, case_id)[2]] == [("closed", "replaced the pool")] * 2
    assert is_whole(desk)


def test_sending_the_brief_drops_its_draft(desk: Desk) -> None:
    case_id = open_case(desk)
    drafts.keep(desk, ADA, case_id, "brief", {"issue": "half a sen", "help": ""})
    drafts.keep(desk, BO, case_id, "brief", {"issue": "bo's own"})
    kept = drafts.found(desk, ADA, case_id, "brief")
    assert kept is not None
    assert (dict(kept.words), kept.at) == ({"issue": "half a sen"}, desk.now())
    assert drafts.open_drafts(desk, ADA) == ((case_id, "brief", desk.now()),)

    escalate(desk, ADA, case_id)

    assert drafts.found(desk, ADA, case_id, "brief") is None
    assert drafts.found(desk, BO, case_id, "brief") is not None
    drafts.drop(desk, BO, case_id, "brief")
    with desk.store.read() as tx:
        assert store_people.drafts_of(tx, BO.id) == ()


def test_a_tier_that_has_accepted_a_case_tries_first_what_it_can(desk: Desk) -> None:
    case_id = open_case(desk, affected=400)
    triage.attempt(desk, ADA, case_id, triage.Tried("restarted the pool"))
    triage.answer(desk, ADA, case_id, {Factor.ATTEMPTS: 3})
    escalate(desk, ADA, case_id)

    accepted = queues.line(desk, escalating.accept(desk, BO, case_id).case)
    triage.attempt(desk, BO, case_id, triage.Tried("rebuilt the index"))
    told = queues.dossier(desk, ADA, case_id)

    assert accepted.advice.guard is not None
    assert accepted.advice.guard.kind is GuardKind.NOTHING_TRIED
    assert (told.case.attempts, told.case.tried_below, len(told.attempts)) == (2, 1, 2)
    assert told.explanation.advice.verdict is Verdict.ESCALATE
    assert any("1 failed attempt logged here" in line for line in told.explanation.why)
    returned = escalating.hand_back(desk, BO, case_id, ReturnReason.NOT_NEEDED)
    assert returned.case.tried_below == 0
