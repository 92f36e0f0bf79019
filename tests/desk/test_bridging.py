"""What mails do that name more than one case, a merged one, or come from others than the requester."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from console.desk import closing, triage, undo
from console.desk.desk import Desk
from console.desk.taking import Outcome
from console.domain.arrival import Message, Own, Step, Voice
from console.domain.case import CaseId, Status
from console.domain.events import Kind
from console.domain.people import Person
from console.domain.sentences import sentence
from console.store import people
from tests.builders import MORNING
from tests.desk.givens import ADA, BO, is_whole, stored
from tests.desk.mails import KIM, a_mail, said, take
from tests.desk.tickets import a_ticket


def test_a_mail_that_answers_two_cases_joins_one_and_names_the_other(desk: Desk) -> None:
    first, second = (CaseId(each.case or 0) for each in take(desk, a_mail("a@x"), a_mail("b@x")))
    both, same = take(desk, *[a_mail("c@x", follows=("a@x", "b@x"))] * 2)
    (marked,) = take(desk, a_mail("d@x", follows=("b@x", f"#{first}")))

    told = "The mail before this answers case #{} as well; if both are about the same, merge them."
    assert (both.case, same.outcome, marked.case) == (first, Outcome.KNOWN, second)
    assert said(desk, first) == [("I am c@x", "requester"), (told.format(second), "internal")]
    assert said(desk, second) == [("I am d@x", "requester"), (told.format(first), "internal")]

    closing.merge(desk, BO, second, first)
    take(desk, a_mail("e@x", follows=("a@x", "b@x")))
    assert said(desk, first)[-1] == ("I am e@x", "requester")
    assert is_whole(desk)


def test_a_secret_case_is_not_named_in_an_open_one(desk: Desk) -> None:
    first, secret = take(desk, a_mail("a@x"), a_mail("b@x", confidential=True, own=Own(circle=("ada",))))
    take(desk, a_mail("c@x", follows=("a@x", "b@x")))
    assert said(desk, first.case) == [("I am c@x", "requester")]
    assert secret.case != first.case


def test_what_follows_goes_to_the_survivor_by_every_way_and_back_when_the_merge_is_undone(desk: Desk) -> None:
    lee = "Lee <lee@x>"
    one, two, three = (
        CaseId(each.case or 0)
        for each in take(desk, a_mail("a@x", about="k"), a_mail("b@x", requester=lee), a_mail("c@x", requester=lee))
    )
    closing.merge(desk, BO, one, two)
    closing.merge(desk, BO, two, three)

    ways: list[dict[str, Any]] = [
        {"follows": ("a@x",)},
        {"follows": (f"#{one}",)},
        {"about": "k"},
        {"follows": (f"#{three}",)},
    ]
    late = take(desk, *(a_mail(f"{n}@x", hours=1, **way) for n, way in enumerate(ways)))
    again = take(desk, replace(a_mail("a@x"), messages=(Message(KIM, MORNING, "one more", Voice.REQUESTER, "m@x"),)))
    assert [each.case for each in (*late, *again)] == [three] * 5

    undo.undo(desk, BO)
    undo.undo(desk, BO)
    ways = ways[:3]
    late = take(desk, *(a_mail(f"z{n}@x", hours=2, **way) for n, way in enumerate(ways)))
    assert [each.case for each in late] == [one] * 3
    assert is_whole(desk)


def test_who_asked_in_a_merged_case_is_heard_as_the_requester_of_the_one_that_stays(desk: Desk) -> None:
    with desk.store.write() as tx:
        people.put(tx, Person(id=ADA.id, mail="ada@desk"))
    asked = (a_mail("a@x"), a_mail("b@x", requester="Lee <lee@x>"), a_mail("c@x", requester="Ada <ada@desk>"))
    first, second, ours = (CaseId(each.case or 0) for each in take(desk, *asked))
    for merged in (first, ours):
        closing.merge(desk, BO, merged, second)
    triage.wait(desk, ADA, second, "customer")

    answer = a_mail("e@x", hours=1, follows=("c@x",), requester="Ada <ada@desk>")
    mine = a_mail("d@x", hours=2, follows=("a@x",))
    later = a_mail("f@x", hours=3, follows=("d@x",))
    take(desk, answer)
    assert stored(desk, second)[0].status is Status.WAITING
    take(desk, mine, later)

    case, events, _ = stored(desk, second)
    assert case.status is Status.OPEN
    told = [(event.detail.get("voice"), event.detail.get("by_way_of")) for event in events if event.kind is Kind.NOTED]
    assert told == [("outbound", ours), ("requester", first), ("requester", None)]


def test_a_comment_of_who_asked_in_a_merged_ticket_resumes_the_one_that_stays(desk: Desk) -> None:
    first, second = take(desk, a_ticket(), a_ticket(ref="A-2", requester="lee@x"))
    merged, stays = CaseId(first.case or 0), CaseId(second.case or 0)
    closing.merge(desk, BO, merged, stays)
    triage.wait(desk, ADA, stays, "customer")
    take(desk, a_ticket(1, messages=(Message("kim@x", MORNING, "still down", Voice.REQUESTER, "c1"),)))
    triage.wait(desk, ADA, stays, "customer")
    step = Step(MORNING, "looked at", by="bo")
    take(desk, a_ticket(2, steps=(step,), messages=(Message("kim@x", MORNING, "hm", Voice.REQUESTER, "c2"),)))

    case, events, _ = stored(desk, stays)
    assert case.status is Status.OPEN
    told = [(event.detail["voice"], event.detail.get("by_way_of")) for event in events if event.kind is Kind.NOTED]
    assert told == [("requester", merged), ("requester", merged), ("internal", None)]


def test_what_our_people_write_is_ours_and_what_others_write_is_theirs_alone(desk: Desk) -> None:
    with desk.store.write() as tx:
        people.put(tx, Person(id=ADA.id, mail="ada@desk"))
    adas = Message("Ada <ADA@desk>", MORNING, "looking", Voice.OTHER, "m1@x")
    lees = Message("Lee <lee@x>", MORNING, "me too", Voice.OTHER, "m2@x")
    ours = Message("desk@desk", MORNING, "received", Voice.OUTBOUND, "m3@x")
    (first,) = take(desk, a_mail("a@x", messages=(adas, lees, ours)))
    assert [voice for _, voice in said(desk, first.case)] == ["outbound", "other", "outbound"]
    triage.wait(desk, ADA, CaseId(first.case or 0), "customer")
    take(
        desk,
        a_mail("b@x", follows=("a@x",), requester="Lee <lee@x>"),
        a_mail("c@x", follows=("a@x",), requester="Ada <ada@desk>", messages=(replace(lees, by=KIM, ref="m4@x"),)),
    )
    assert [voice for _, voice in said(desk, first.case)[3:]] == ["other", "outbound", "requester"]
    case, events, _ = stored(desk, CaseId(first.case or 0))
    assert case.status is Status.OPEN
    assert sentence(next(e for e in events if e.detail.get("voice") == "other")) == (
        "Lee <lee@x> wrote in: 'me too' (intake mail)"
    )
