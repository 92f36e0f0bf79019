"""Which case a mail belongs to, whatever order mails come in, and what it does there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from console.desk import closing, taking, triage
from console.desk.desk import Desk
from console.desk.taking import Outcome
from console.domain.arrival import Message, Own, Voice
from console.domain.case import CaseId, Status
from console.domain.envelope import Attached, Envelope
from console.domain.events import Kind
from console.domain.follow_up import AfterEnd, FollowUp
from console.domain.people import Person
from console.store import people
from tests.builders import MORNING
from tests.desk.givens import ADA, BO, is_whole, open_case, stored
from tests.desk.mails import KIM, a_mail, said, take


def test_an_original_that_comes_after_its_replies_joins_them_and_names_the_requester(desk: Desk) -> None:
    answer = a_mail("b@x", hours=1, requester="Bo <bo@desk>", follows=("a@x",))
    other = a_mail("c@x", hours=2, requester="Cy <cy@x>", follows=("a@x",))

    first, second, third = take(desk, answer, other, a_mail("a@x"))

    assert [each.outcome for each in (first, second, third)] == [Outcome.NEW, Outcome.JOINED, Outcome.JOINED]
    assert first.case == second.case == third.case
    assert said(desk, first.case)[-1] == ("I am a@x", "requester")
    assert stored(desk, CaseId(first.case or 0))[0].requester == KIM
    assert [each.outcome for each in take(desk, answer, other, a_mail("a@x"))] == [Outcome.KNOWN] * 3
    assert is_whole(desk)


def test_who_asked_stays_where_a_person_has_said_so(desk: Desk) -> None:
    (first, _) = take(
        desk, a_mail("b@x", requester="Bo <bo@desk>", follows=("a@x",), derived=frozenset()), a_mail("a@x", hours=1)
    )

    assert stored(desk, CaseId(first.case or 0))[0].requester == "Bo <bo@desk>"
    assert said(desk, first.case) == [("I am a@x", "outbound")]


def test_a_whole_thread_that_comes_after_one_of_its_replies_is_one_case_with_it(desk: Desk) -> None:
    reply = Message(KIM, MORNING, "I am b@x", Voice.REQUESTER, "b@x")

    first, second = take(desk, a_mail("b@x", follows=("a@x",)), a_mail("a@x", messages=(reply,)))

    assert (second.outcome, second.case, second.notes) == (Outcome.JOINED, first.case, 1)
    assert said(desk, first.case) == [("I am a@x", "requester")]


def test_what_a_program_wrote_joins_and_resumes_nothing(desk: Desk) -> None:
    (first,) = take(desk, a_mail("a@x"))
    triage.wait(desk, ADA, CaseId(first.case or 0), "customer")

    take(desk, a_mail("b@x", follows=("a@x",), voice=Voice.INTERNAL, tags=("auto",)))
    assert stored(desk, CaseId(first.case or 0))[0].status is Status.WAITING
    take(desk, a_mail("c@x", follows=("a@x",), requester="K. <KIM@x>"))

    assert stored(desk, CaseId(first.case or 0))[0].status is Status.OPEN
    assert said(desk, first.case) == [("I am b@x", "internal"), ("I am c@x", "requester")]


@pytest.mark.parametrize(
    ("hours", "about", "is_joined"),
    [(24, "k", True), (24, "other", False), (24 * 20, "k", False), (-24 * 20, "k", False)],
)
def test_the_same_sender_and_subject_join_within_the_time_of_the_policy(
    desk: Desk, hours: float, about: str, *, is_joined: bool
) -> None:
    first, second = take(desk, a_mail("a@x", about="k"), a_mail("b@x", about=about, hours=hours))

    assert (first.case == second.case) is is_joined


def test_the_newest_case_about_the_same_is_the_one(desk: Desk) -> None:
    weeks = 24 * 7
    cases = [each.case for each in take(desk, *(a_mail(f"{n}@x", about="k", hours=n * weeks) for n in (0, 3, 4)))]
    (both, again) = taking.take_in(
        desk, ADA, [a_mail("8@x", about="k", hours=8 * weeks), a_mail("9@x", about="k", hours=9 * weeks)]
    )

    assert cases[0] != cases[1] == cases[2]
    assert both.case == again.case != cases[2]
    (alone,) = take(desk, a_mail("none@x", about="z", created=None))
    assert alone.outcome is Outcome.NEW


def test_a_case_that_is_over_is_not_about_the_same(desk: Desk) -> None:
    (first,) = take(desk, a_mail("a@x", about="k"))
    closing.resolve(desk, ADA, CaseId(first.case or 0), "restarted")

    (second,) = take(desk, a_mail("b@x", about="k", hours=1))

    assert second.outcome is Outcome.NEW


def test_the_requesters_reply_reopens_what_was_resolved_and_history_says_so(desk: Desk) -> None:
    (first,) = take(desk, a_mail("a@x"))
    case_id = CaseId(first.case or 0)
    closing.resolve(desk, ADA, case_id, "restarted")

    take(desk, a_mail("o@x", follows=("a@x",), requester="Eve <eve@y>"))
    assert stored(desk, case_id)[0].status is Status.RESOLVED
    (again,) = take(desk, a_mail("b@x", follows=("a@x",), hours=1))

    case, events, _ = stored(desk, case_id)
    assert (again.outcome, again.notes) == (Outcome.JOINED, 1)
    assert (case.status, case.reopened, case.version) == (Status.OPEN, 1, len(events))
    assert (events[-1].kind, events[-1].reason_text) == (Kind.REOPENED, "the requester wrote again")
    assert is_whole(desk)


def test_a_reply_to_a_closed_case_is_a_new_one_that_leads_to_it(desk: Desk) -> None:
    (first,) = take(desk, a_mail("a@x"))
    case_id = CaseId(first.case or 0)
    closing.resolve(desk, ADA, case_id, "restarted")
    closing.close(desk, ADA, case_id)
    reply = a_mail("b@x", follows=("a@x",), hours=1)

    new, known, later = take(desk, reply, reply, a_mail("c@x", follows=("b@x",), hours=2))

    assert [each.outcome for each in (new, known, later)] == [Outcome.NEW, Outcome.KNOWN, Outcome.JOINED]
    assert new.case == known.case == later.case != case_id
    assert said(desk, new.case)[0] == (f"This answers case #{case_id}, which is closed.", "internal")
    assert stored(desk, case_id)[0].status is Status.CLOSED
    assert is_whole(desk)


def test_a_policy_may_have_replies_to_closed_cases_only_noted(desk: Desk) -> None:
    desk = replace(desk, policy=replace(desk.policy, follow_up=FollowUp(closed=AfterEnd.NOTE)))
    (first,) = take(desk, a_mail("a@x", status="closed"))

    (second,) = take(desk, a_mail("b@x", follows=("a@x",)))

    assert (second.outcome, stored(desk, CaseId(first.case or 0))[0].status) == (Outcome.JOINED, Status.CLOSED)


def test_a_source_that_states_how_a_case_stands_is_believed(desk: Desk) -> None:
    (first,) = take(desk, a_mail("a@x", status="closed"))
    comment = Message(KIM, MORNING, "thanks", Voice.REQUESTER, "m@x")

    (second,) = take(desk, a_mail("a@x", status="closed", messages=(comment,)))

    assert (second.outcome, second.case) == (Outcome.JOINED, first.case)
    assert stored(desk, CaseId(first.case or 0))[0].status is Status.CLOSED


def test_a_late_reply_goes_to_the_case_that_its_own_was_merged_into(desk: Desk) -> None:
    second, third = (CaseId(each.case or 0) for each in take(desk, a_mail("b@x"), a_mail("c@x")))
    closing.merge(desk, BO, second, third)

    (late,) = take(desk, a_mail("d@x", follows=("b@x",)))

    assert (late.outcome, late.case) == (Outcome.JOINED, third)


def test_a_survivor_that_is_not_to_be_known_of_gets_nothing(desk: Desk) -> None:
    secret: dict[str, Any] = {"confidential": True, "own": Own(circle=("ada", "bo"))}
    taken = take(desk, a_mail("a@x", **secret), a_mail("b@x", confidential=True))
    first, second = (CaseId(each.case or 0) for each in taken)
    closing.merge(desk, ADA, first, second)
    late = a_mail("d@x", follows=("a@x",), status="closed")

    (of_somebody_else,) = taking.take_in(desk, BO, [late])
    (of_its_circle,) = take(desk, a_mail("e@x", follows=("a@x",)))

    assert (of_somebody_else.case, of_its_circle.case) == (first, second)


def test_a_mark_counts_from_whoever_has_a_part_in_the_case(desk: Desk) -> None:
    with desk.store.write() as tx:
        people.put(tx, Person(id=ADA.id, mail="ada@desk"))
    case_id = open_case(desk, requester=KIM, envelope=Envelope(copied=("lee@x",)))
    mark = (f"#{case_id}",)

    kims, lees, adas, eves = take(
        desk,
        a_mail("1@x", requester="Kim at home <kim@x>", follows=mark),
        a_mail("2@x", requester="Lee <lee@x>", follows=mark),
        a_mail("4@x", requester="Ada <ada@desk>", follows=mark),
        a_mail("3@x", requester="Eve <eve@evil>", follows=mark),
    )

    assert {kims.case, lees.case, adas.case} == {case_id}
    assert eves.outcome is Outcome.NEW
    assert said(desk, eves.case) == [
        (
            f"This mail names case #{case_id}, and whoever sent it has no part in that; so it did not join it.",
            "internal",
        )
    ]


def test_an_answer_to_a_notice_of_ours_joins_its_case(desk: Desk) -> None:
    case_id = open_case(desk)
    key = "0123456789abcdef" * 2
    values = {"key": key, "case": case_id}
    with desk.write(ADA) as tx:
        tx.rows(
            "INSERT INTO notice (case_id, version, person, outside, kind, at, is_urgent, state)"
            " VALUES (:case, 1, 'bo', '', 'told', 0, 0, 'new')",
            values,
        )
        tx.rows(
            "INSERT INTO delivery (key, case_id, version, person, outside, channel, state, is_urgent, at, reason)"
            " VALUES (:key, :case, 1, 'bo', '', 'mail', 'sent', 0, 0, '')",
            values,
        )

    known, unknown = take(desk, a_mail("1@x", follows=(f"{key}@desk",)), a_mail("2@x", follows=(f"{'f' * 32}@desk",)))

    assert (known.case, unknown.outcome) == (case_id, Outcome.NEW)


def test_what_a_mail_says_besides_its_text_stands_in_its_event(desk: Desk) -> None:
    letter = Envelope((Attached("a.pdf", "application/pdf", 3, "ff", "ff"),), ("lee@x",))
    (first, _) = take(desk, a_mail("a@x", envelope=letter), a_mail("b@x", follows=("a@x",), envelope=letter))

    events = stored(desk, CaseId(first.case or 0))[1]

    assert [event.detail["copied"] for event in events] == [["lee@x"], ["lee@x"]]
    assert events[0].detail["attached"][0]["kept"] == "ff"


def test_a_thread_of_any_length_is_looked_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.store.events.AT_ONCE", 3)
    replies = tuple(Message(KIM, MORNING, "x", Voice.REQUESTER, f"{n}@x") for n in range(20))

    first, again = take(desk, a_mail("a@x", messages=replies), a_mail("z@x", follows=("19@x",)))

    assert (first.notes, again.case) == (20, first.case)
