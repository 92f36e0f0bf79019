"""What goes to and fro while an escalation waits, and going over the head of whoever does not answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.desk import answering, assignment, closing, skipping
from console.desk import escalation as escalating
from console.desk.desk import Desk
from console.desk.escalation import Order
from console.desk.rounds import make_rounds
from console.desk.triage import Reason
from console.domain.case import CaseId
from console.domain.errors import RefusalCode, Refused
from console.domain.escalation import ReturnReason, State
from console.domain.events import Kind
from console.domain.matrix import Target
from console.domain.people import Role
from console.domain.sentences import sentence
from console.domain.timing import PingPong
from console.store import people
from tests.builders import a_person, an_actor
from tests.desk.givens import ADA, escalate, open_case, stored
from tests.domain.timed import PEOPLE, a_ladder, a_step, timed

BO, LENA, MAX = (
    an_actor("bo", tier=2, teams=("database",)),
    an_actor("lena", Role.LEAD, tier=2),
    an_actor("max", tier=3),
)
VIP = Order(reason=Reason("vip"))


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Give a desk with people, where the database team has an hour to accept."""
    with desk.store.write() as tx:
        for person in PEOPLE:
            people.put(tx, person)
    return replace(desk, policy=timed())


def sent(desk: Desk) -> CaseId:
    """Give a case that ada has sent to the database team."""
    case_id = open_case(desk)
    escalate(desk, ADA, case_id)
    return case_id


def test_whoever_was_asked_says_that_they_are_on_it(desk: Desk) -> None:
    case_id = sent(desk)
    done = answering.acknowledge(desk, BO, case_id)

    assert sentence(done.event) == "bo acknowledged it and is on it"
    assert done.event.detail == {"escalation": case_id * 1000 + 1, "outcome_to": "ada", "stops": True}
    case, _, (move,) = stored(desk, case_id)
    assert (move.acknowledged, move.state, case.handler) == (("bo",), State.SENT, "ada")


def test_nobody_acknowledges_twice_or_what_they_were_not_asked_or_what_does_not_wait(desk: Desk) -> None:
    case_id = sent(desk)
    answering.acknowledge(desk, LENA, case_id)
    with pytest.raises(Refused, match="You have acknowledged case 1 already; accept it to take it on"):
        answering.acknowledge(desk, LENA, case_id)
    with pytest.raises(Refused, match="Case 1 waits for bo, kim or lena; accept it") as refused:
        answering.acknowledge(desk, MAX, case_id)
    assert refused.value.code is RefusalCode.NOT_ALLOWED
    with pytest.raises(Refused, match="no escalation that waits for an answer"):
        answering.acknowledge(desk, ADA, open_case(desk))
    escalating.accept(desk, BO, case_id)
    with pytest.raises(Refused, match="no escalation that waits for an answer"):
        answering.acknowledge(desk, BO, case_id)


def test_anybody_may_say_that_a_party_outside_is_on_it(desk: Desk) -> None:
    case_id = open_case(desk)
    escalate(desk, ADA, case_id, target=Target(3, party="vendor"))
    assert answering.acknowledge(desk, ADA, case_id).event.kind is Kind.ACKNOWLEDGED


def test_one_of_several_does_not_stop_a_step_for_everyone(desk: Desk) -> None:
    ladder = a_ladder(a_step("bo", "max", after=0, everyone=True), gentle=PingPong().within * 0)
    desk = replace(desk, policy=timed(ladders=(ladder,)))
    case_id = sent(desk)
    make_rounds(desk, lambda: True)
    assert answering.acknowledge(desk, BO, case_id).event.detail["stops"] is False
    assert answering.acknowledge(desk, MAX, case_id).event.detail["stops"] is True


def test_a_reminder_goes_to_whoever_was_asked_and_changes_nothing(desk: Desk) -> None:
    case_id = sent(desk)
    done = answering.remind(desk, ADA, case_id, " the bank closes at five ")
    assert sentence(done.event) == "ada reminded lena: 'the bank closes at five'"
    assert done.event.changes == {}
    assert sentence(answering.remind(desk, ADA, case_id).event) == "ada reminded lena"


def test_a_party_outside_is_reminded_by_mail(desk: Desk) -> None:
    parties = tuple(replace(each, contact="help@oracle.example") for each in desk.policy.parties)
    desk = replace(desk, policy=replace(desk.policy, parties=parties))
    case_id = open_case(desk)
    escalate(desk, ADA, case_id, target=Target(3, party="vendor"))
    assert answering.remind(desk, ADA, case_id).event.detail["outside"] == ["help@oracle.example"]


def test_nobody_is_reminded_of_what_they_asked_about_or_who_is_not_there(desk: Desk) -> None:
    case_id = sent(desk)
    with desk.store.write() as tx:
        people.put(tx, a_person("lena", Role.LEAD, tier=2, is_absent=True))
    with pytest.raises(Refused, match="Nobody in tier 2 database is there to be reminded; go on above them"):
        answering.remind(desk, ADA, case_id)
    escalating.ask_back(desk, BO, case_id, "which pool?")
    with pytest.raises(Refused, match="They asked back about case 1: 'which pool\\?'; reply to that"):
        answering.remind(desk, ADA, case_id)


def test_a_reply_asks_everybody_anew(desk: Desk) -> None:
    case_id = sent(desk)
    answering.acknowledge(desk, BO, case_id)
    with pytest.raises(Refused, match="Nobody asked anything about case 1"):
        escalating.reply(desk, ADA, case_id, "yes")
    escalating.ask_back(desk, BO, case_id, "which pool?")
    escalating.reply(desk, ADA, case_id, "the second")
    _, _, (move,) = stored(desk, case_id)
    assert (move.acknowledged, move.question) == ((), "")


def test_a_case_goes_on_above_those_who_have_not_answered(desk: Desk) -> None:
    case_id = sent(desk)
    done = skipping.skip_level(desk, ADA, case_id, replace(VIP, target=Target(4)))

    case, _, (passed, made) = stored(desk, case_id)
    assert (passed.state, passed.outcome) == (State.EXPIRED, "passed over, on to 4")
    assert (made.state, made.target, made.from_tier, made.from_handler) == (State.SENT, Target(4), 1, "ada")
    assert (made.brief, case.escalation, case.tier) == (passed.brief, made.id, 4)
    assert done.event.kind is Kind.ESCALATED

    escalating.hand_back(desk, an_actor("vera", Role.LEAD, tier=4), case_id, ReturnReason.NOT_NEEDED)
    case, _, _ = stored(desk, case_id)
    assert (case.tier, case.handler, case.escalation) == (1, "ada", None)


def test_a_case_that_nobody_has_sent_up_passes_over_its_next_level(desk: Desk) -> None:
    case_id = open_case(desk)
    skipping.skip_level(desk, ADA, case_id, VIP)
    _, _, (made,) = stored(desk, case_id)
    assert made.target == Target(3, party="vendor")
    assert made.skipped == ((Target(2, "database"), "passed over by ada"),)


def test_a_level_is_not_skipped_without_a_reason_or_where_there_is_none_above(desk: Desk) -> None:
    case_id = sent(desk)
    with pytest.raises(Refused, match="needs a reason"):
        skipping.skip_level(desk, ADA, case_id)
    top = open_case(desk)
    escalate(desk, ADA, top, target=Target(4))
    with pytest.raises(Refused, match="no tier above 4"):
        skipping.skip_level(desk, ADA, top, VIP)


def test_an_accepted_escalation_says_that_it_went_further_up_past_a_level(desk: Desk) -> None:
    case_id = sent(desk)
    escalating.accept(desk, BO, case_id)
    skipping.skip_level(desk, BO, case_id, VIP)
    _, _, (first, made) = stored(desk, case_id)
    assert (first.state, made.target, made.previous) == (State.DECIDED, Target(4), first.id)


def test_peers_cannot_send_or_move_a_case_that_came_back_too_often(desk: Desk) -> None:
    desk = replace(desk, policy=timed(ladders=(), ping_pong=PingPong(1)))
    case_id = sent(desk)
    escalating.hand_back(desk, BO, case_id, ReturnReason.WRONG_TEAM)
    with pytest.raises(Refused, match="came back once between tier 1 Service desk and tier 2 database within 1 w"):
        escalate(desk, ADA, case_id)
    with pytest.raises(Refused, match="peers cannot move it between them any more"):
        assignment.move(desk, ADA, case_id, (2, "database"))
    assignment.move(desk, ADA, case_id, (3, "lab"))
    closing.resolve(desk, ADA, case_id, "done")
