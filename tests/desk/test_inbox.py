"""Whoever an act concerns finds it in their inbox, until they have seen it or somebody else was first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.desk import assignment, bulk, closing, confiding, handover, inbox, taking, triage, undo
from console.desk import escalation as escalating
from console.desk import people as people_desk
from console.desk.desk import Desk
from console.domain.arrival import Arrival, Voice
from console.domain.case import PersonId
from console.domain.envelope import Envelope
from console.domain.escalation import ReturnReason
from console.domain.handover import Words
from console.domain.notice import NoticeKind, NoticeState
from console.domain.people import Actor, Role
from console.store import people
from tests.builders import an_actor
from tests.desk.conftest import Clock
from tests.desk.givens import ADA, escalate, open_case

CY = an_actor("cy")
LENA = an_actor("lena", Role.LEAD, tier=2)
DAN = an_actor("dan", tier=2, teams=("database",))
EVA = an_actor("eva", tier=2, teams=("database",))
OLGA = an_actor("olga", Role.ADMIN)
DESK = tuple(each.person for each in (ADA, CY, LENA, DAN, EVA, OLGA))


@pytest.fixture
def staffed(desk: Desk) -> Desk:
    """Give a desk with people."""
    with desk.store.write() as tx:
        for person in DESK:
            people.put(tx, person)
    return desk


def told(desk: Desk, actor: Actor, *, is_all: bool = False) -> list[tuple[NoticeKind, str]]:
    """Give what the inbox of somebody says."""
    return [(each.notice.kind, each.sentence) for each in inbox.entries(desk, actor, is_all=is_all)]


def kinds(desk: Desk, actor: Actor) -> list[NoticeKind]:
    """Give what is new in the inbox of somebody, by its kind."""
    return [kind for kind, _ in told(desk, actor)]


def test_a_case_given_to_me_by_somebody_else_is_news(staffed: Desk) -> None:
    case_id = open_case(staffed)

    assignment.assign(staffed, LENA, case_id, "ada")

    assert told(staffed, ADA) == [(NoticeKind.ASSIGNED, "lena assigned it to ada")]
    (entry,) = inbox.entries(staffed, ADA)
    assert (entry.line.case.id, entry.key, entry.is_new) == (case_id, (case_id, 2), True)
    assert inbox.count(staffed, ADA) == 1
    assert inbox.count(staffed, LENA) == 0


def test_nobody_hears_of_their_own_act(staffed: Desk) -> None:
    case_id = open_case(staffed)
    triage.claim(staffed, ADA, case_id)
    assert kinds(staffed, ADA) == []


def test_whoever_works_alone_has_no_notices(desk: Desk) -> None:
    case_id = open_case(desk)
    escalate(desk, ADA, case_id)
    assert inbox.entries(desk, DAN, is_all=True) == ()


def test_an_escalation_is_news_to_those_asked_until_one_of_them_answers(staffed: Desk) -> None:
    case_id = open_case(staffed, category="checkout")
    escalate(staffed, ADA, case_id)
    assert kinds(staffed, DAN) == kinds(staffed, EVA) == [NoticeKind.ESCALATED]

    escalating.accept(staffed, DAN, case_id)

    assert (kinds(staffed, EVA), kinds(staffed, DAN)) == ([], [])
    assert [each.notice.state for each in inbox.entries(staffed, EVA, is_all=True)] == [NoticeState.OVER]
    assert told(staffed, ADA) == [(NoticeKind.OUTCOME, "dan accepted it from ada")]


def test_a_question_goes_to_who_escalated_and_its_answer_to_who_asked(staffed: Desk) -> None:
    case_id = open_case(staffed, category="checkout")
    escalate(staffed, ADA, case_id)

    escalating.ask_back(staffed, DAN, case_id, "Since when?")
    assert kinds(staffed, ADA) == [NoticeKind.ASKED]
    escalating.reply(staffed, ADA, case_id, "Since nine.")

    assert (kinds(staffed, ADA), kinds(staffed, EVA)) == ([], [])
    assert told(staffed, DAN) == [(NoticeKind.REPLIED, "ada replied: 'Since nine.'")]


def test_what_comes_back_is_news_to_who_sent_it_up(staffed: Desk) -> None:
    case_id = open_case(staffed, category="checkout")
    escalate(staffed, ADA, case_id)

    escalating.hand_back(staffed, DAN, case_id, ReturnReason.WRONG_TEAM)

    assert kinds(staffed, ADA) == [NoticeKind.RETURNED]


def test_the_end_is_news_to_who_escalated_and_leaves_nothing_else_to_answer(staffed: Desk) -> None:
    case_id = open_case(staffed, category="checkout")
    escalate(staffed, ADA, case_id)

    closing.resolve(staffed, LENA, case_id, "Restarted.")

    assert (kinds(staffed, ADA), kinds(staffed, DAN)) == ([NoticeKind.OUTCOME], [])


def test_a_case_that_is_taken_from_me_is_news_and_no_longer_mine(staffed: Desk) -> None:
    case_id = open_case(staffed)
    assignment.assign(staffed, LENA, case_id, "ada")

    assignment.assign(staffed, LENA, case_id, "cy")

    assert told(staffed, ADA) == [(NoticeKind.TOLD, "lena assigned it from ada to cy")]
    assert kinds(staffed, CY) == [NoticeKind.ASSIGNED]


def test_what_is_undone_is_no_news_any_more(staffed: Desk) -> None:
    case_id = open_case(staffed)
    assignment.assign(staffed, LENA, case_id, "cy")

    undo.undo(staffed, LENA)

    assert told(staffed, CY) == [(NoticeKind.TOLD, "lena undid their own assignment")]


def test_whoever_acts_on_a_case_knows_what_they_were_told_of_it(staffed: Desk, clock: Clock) -> None:
    case_id = open_case(staffed)
    assignment.assign(staffed, LENA, case_id, "ada")
    clock.forward(minutes=5)

    triage.note(staffed, ADA, case_id, triage.Said("On it."))

    assert kinds(staffed, ADA) == []
    assert [each.is_new for each in inbox.entries(staffed, ADA, is_all=True)] == [False]


def test_what_was_seen_leaves_the_inbox_one_by_one_or_all_at_once(staffed: Desk, clock: Clock) -> None:
    ids = [open_case(staffed) for _ in range(4)]
    for case_id in ids:
        clock.forward(minutes=1)
        assignment.assign(staffed, LENA, case_id, "ada")
    newest, *_ = inbox.entries(staffed, ADA)
    assert newest.line.case.id == ids[-1]

    inbox.see(staffed, ADA, [newest.key])
    inbox.see_case(staffed, ADA, ids[0])
    inbox.see(staffed, CY, [(ids[1], 2)])
    inbox.see(staffed, ADA, [])
    assert [each.line.case.id for each in inbox.entries(staffed, ADA)] == [ids[2], ids[1]]
    inbox.see_all(staffed, ADA)

    assert inbox.entries(staffed, ADA) == ()
    assert len(inbox.entries(staffed, ADA, is_all=True)) == 4
    assert len(inbox.entries(staffed, ADA, is_all=True, limit=2)) == 2


def test_a_handover_meant_for_me_is_news_and_its_taking_on_to_who_gave_it(staffed: Desk) -> None:
    case_id = open_case(staffed)
    triage.claim(staffed, ADA, case_id)

    handover.write(staffed, ADA, {case_id: Words("refund is open", meant_for="cy")})
    assert kinds(staffed, CY) == [NoticeKind.ASSIGNED]
    handover.accept(staffed, CY, [case_id])

    assert kinds(staffed, ADA) == [NoticeKind.TOLD]


def test_a_confidential_case_is_news_inside_its_circle_only(staffed: Desk) -> None:
    secret = Arrival("About lena", "mail", "secret", confidential=True, severity="S2", category="checkout")
    (taken,) = taking.take_in(staffed, ADA, [secret])
    assert taken.case is not None
    triage.claim(staffed, ADA, taken.case)
    people_desk.absent(staffed, OLGA, "eva", people_desk.Absence(deputy=PersonId("dan")))
    confiding.let_in(staffed, ADA, taken.case, "eva")

    escalate(staffed, ADA, taken.case)

    assert (kinds(staffed, EVA), kinds(staffed, DAN)) == ([NoticeKind.ESCALATED], [])


def test_what_leaves_my_sight_leaves_my_inbox(staffed: Desk) -> None:
    case_id = open_case(staffed)
    triage.claim(staffed, LENA, case_id)
    assignment.assign(staffed, LENA, case_id, "ada")
    assignment.assign(staffed, LENA, case_id, "cy")
    triage.change(staffed, LENA, case_id, {"confidential": True})
    confiding.let_out(staffed, LENA, case_id, "ada")

    assert inbox.entries(staffed, ADA, is_all=True) == ()
    assert inbox.count(staffed, ADA) == 0
    inbox.see_all(staffed, ADA)
    assert inbox.count(staffed, CY) == 1


def test_whoever_stands_in_hears_too(staffed: Desk) -> None:
    case_id = open_case(staffed, category="checkout")
    escalate(staffed, ADA, case_id)
    people_desk.absent(staffed, OLGA, "ada", people_desk.Absence(deputy=PersonId("cy")))

    escalating.accept(staffed, DAN, case_id)

    assert kinds(staffed, ADA) == kinds(staffed, CY) == [NoticeKind.OUTCOME]


def test_what_is_done_to_many_at_once_or_by_a_rule_tells_nobody_that_they_know(staffed: Desk) -> None:
    ids = [open_case(staffed), open_case(staffed)]
    for case_id in ids:
        assignment.assign(staffed, LENA, case_id, "ada")

    bulk.tag(staffed, ADA, ids, ["vip"])

    assert inbox.count(staffed, ADA) == 2


def test_what_the_requester_writes_is_news_to_the_handler(staffed: Desk, clock: Clock) -> None:
    kim = "kim@acme.example"
    case_id = taking.open_case(staffed, OLGA, Arrival("Checkout returns 502", "mail", "m1", requester=kim))
    triage.claim(staffed, ADA, case_id)
    clock.forward(minutes=5)
    reply = Arrival(
        "Re: Checkout",
        "mail",
        "m2",
        body="Since nine.",
        requester=kim,
        envelope=Envelope(),
        follows=("m1",),
        created=clock.now,
    )

    taking.take_in(staffed, OLGA, [reply])

    assert told(staffed, ADA) == [(NoticeKind.TOLD, f"{kim} wrote in: 'Since nine.' (intake mail)")]
    triage.note(staffed, ADA, case_id, triage.Said("They called.", voice=Voice.REQUESTER))
    assert kinds(staffed, ADA) == []


def test_intake_that_names_a_handler_tells_them_unless_it_is_old(staffed: Desk, clock: Clock) -> None:
    fresh, old = (
        Arrival(f"Case {days}", "tracker", f"r{days}", handler="ada", created=clock.now - timedelta(days=days))
        for days in (0, 3)
    )
    taking.take_in(staffed, OLGA, [fresh, old])
    assert [entry.line.case.title for entry in inbox.entries(staffed, ADA)] == ["Case 0"]
