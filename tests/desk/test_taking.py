"""Arrivals become cases, whole, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.desk import taking, triage
from console.desk.desk import Desk
from console.desk.taking import Outcome
from console.domain import timeline
from console.domain.arrival import Arrival, Message, Own, Voice
from console.domain.case import Status
from console.domain.envelope import Envelope
from console.domain.errors import Refused
from console.store import cases
from console.store.sight import WHOLE
from tests.builders import MORNING, an_actor
from tests.desk.givens import ADA, is_whole, open_case, stored


def a_thread(*replies: int, ref: str = "<1@x>", follows: tuple[str, ...] = ()) -> Arrival:
    """Give a mail with these replies."""
    messages = tuple(
        Message("kim@x", MORNING + timedelta(hours=n), f"reply {n}", Voice.REQUESTER, f"<r{n}@x>") for n in replies
    )
    return Arrival(
        "It is down",
        "mail",
        ref,
        "Since nine.",
        "kim@x",
        created=MORNING,
        messages=messages,
        envelope=Envelope(),
        follows=follows,
    )


def test_a_batch_becomes_cases_with_their_notes(desk: Desk) -> None:
    new, bad, other = taking.take_in(desk, ADA, [a_thread(1, 2), Arrival(" "), Arrival("Second", "csv", "2")])

    assert [each.outcome for each in (new, bad, other)] == [Outcome.NEW, Outcome.REJECTED, Outcome.NEW]
    assert "title is empty" in bad.reason
    case, events, _ = stored(desk, new.case)  # type: ignore[arg-type]
    assert [note.text for note in timeline.notes(events)] == ["reply 1", "reply 2"]
    assert (case.version, [event.at for event in events]) == (3, [MORNING + timedelta(hours=n) for n in range(3)])
    assert is_whole(desk)


def test_the_same_batch_again_changes_nothing(desk: Desk) -> None:
    batch = [a_thread(1, 2), Arrival("Second", "csv", "2")]
    taking.take_in(desk, ADA, batch)
    with desk.store.read() as tx:
        before = tx.rows("SELECT count(*), max(seq) FROM event")

    again = taking.take_in(desk, ADA, batch)

    assert [each.outcome for each in again] == [Outcome.KNOWN, Outcome.KNOWN]
    with desk.store.read() as tx:
        assert tx.rows("SELECT count(*), max(seq) FROM event") == before


def test_a_longer_thread_adds_only_what_is_new_and_resumes(desk: Desk) -> None:
    (first,) = taking.take_in(desk, ADA, [a_thread(1)])
    assert first.case is not None
    triage.wait(desk, ADA, first.case, "customer")

    (second,) = taking.take_in(desk, ADA, [a_thread(1, 2, 3)])

    assert (second.outcome, second.case, second.notes) == (Outcome.JOINED, first.case, 2)
    case, events, _ = stored(desk, first.case)
    assert (case.status, case.version) == (Status.OPEN, len(events))
    assert [note.text for note in timeline.notes(events)] == ["reply 1", "reply 2", "reply 3"]
    assert is_whole(desk)


def test_a_reply_that_came_alone_joins_the_case_it_follows(desk: Desk) -> None:
    (first,) = taking.take_in(desk, ADA, [a_thread(1)])
    late = Arrival(
        "Re: It is down", "mail", "<9@x>", "Still.", "kim@x", created=MORNING, envelope=Envelope(), follows=("<r1@x>",)
    )

    (second,) = taking.take_in(desk, ADA, [late])

    assert (second.outcome, second.case) == (Outcome.JOINED, first.case)
    assert timeline.notes(stored(desk, first.case)[1])[-1].text == "Still."  # type: ignore[arg-type]
    assert taking.take_in(desk, ADA, [late])[0].outcome is Outcome.KNOWN


def test_a_colleagues_answer_in_a_later_file_is_not_the_requesters(desk: Desk) -> None:
    (first,) = taking.take_in(desk, ADA, [a_thread(1)])
    assert first.case is not None
    triage.wait(desk, ADA, first.case, "customer")
    mine = Message("kim@x", MORNING, "thank you", Voice.OUTBOUND, "<m@x>")
    auto = Message("robot@x", MORNING, "received", Voice.INTERNAL, "<a@x>")
    answer = Arrival(
        "Re: It is down", "mail", "<9@x>", "Try this.", "bo@x", created=MORNING, follows=("<r1@x>",),
        envelope=Envelope(),
    )  # fmt: skip

    taking.take_in(desk, ADA, [answer])
    assert stored(desk, first.case)[0].status is Status.WAITING
    taking.take_in(desk, ADA, [replace(answer, messages=(mine, auto))])

    case, events, _ = stored(desk, first.case)
    voices = [note.voice for note in timeline.notes(events)[-3:]]
    assert (voices, case.status) == ([Voice.OUTBOUND, Voice.REQUESTER, Voice.INTERNAL], Status.OPEN)


def test_two_halves_of_a_thread_in_one_batch_are_one_case(desk: Desk) -> None:
    half = a_thread(2, ref="<2@x>", follows=("<1@x>",))
    first, second = taking.take_in(desk, ADA, [a_thread(1), half])
    assert (first.case, second.outcome) == (second.case, Outcome.JOINED)
    assert is_whole(desk)


def test_a_mark_in_the_subject_counts_only_from_the_requester(desk: Desk) -> None:
    case_id = open_case(desk, requester="kim@x")
    mine = Arrival("Re: #1", "mail", "<5@x>", "more", "kim@x", created=MORNING, envelope=Envelope(), follows=("#1",))
    foreign = Arrival("Re: #1", "mail", "<6@x>", "more", "eve@x", created=MORNING, envelope=Envelope(), follows=("#1",))
    unknown = Arrival(
        "Re: #99", "mail", "<7@x>", "more", "kim@x", created=MORNING, envelope=Envelope(), follows=("#99", "#x")
    )

    taken = taking.take_in(desk, ADA, [mine, foreign, unknown])

    assert [each.outcome for each in taken] == [Outcome.JOINED, Outcome.NEW, Outcome.NEW]
    assert taken[0].case == case_id


def test_opening_by_hand_says_what_is_wrong(desk: Desk) -> None:
    with pytest.raises(Refused, match="title is empty"):
        taking.open_case(desk, ADA, Arrival(""))
    taking.open_case(desk, ADA, Arrival("One", "phone", "7"))
    with pytest.raises(Refused, match="already there"):
        taking.open_case(desk, ADA, Arrival("Two", "phone", "7"))


def test_a_batch_has_its_limit(desk: Desk) -> None:
    with pytest.raises(ValueError, match="at most 250"):
        taking.take_in(desk, an_actor(), [Arrival("x")] * 251)


def test_an_exported_case_is_called_what_it_was_where_that_is_ahead_and_free(desk: Desk) -> None:
    numbers = [3, 3, 2, 3 + taking.FARTHEST * 2, None]
    arrivals = [Arrival(f"Case {n}", "csv", str(n), own=Own(number=number)) for n, number in enumerate(numbers)]

    taken = taking.take_in(desk, ADA, arrivals)

    assert [each.case for each in taken] == [3, 4, 5, 6, 7]


def test_a_confidential_case_that_was_exported_keeps_its_number_and_its_circle(desk: Desk) -> None:
    first = Arrival("Theirs", "csv", "1", confidential=True, own=Own(number=1_500_000_000, circle=("bo", "kim")))
    again = replace(first, ref="2")
    other = replace(first, ref="3", own=Own(number=7_000_000_000))

    taken = taking.take_in(desk, ADA, [first])[0], *taking.take_in(desk, ADA, [again, other])

    numbers = [each.case for each in taken]
    assert numbers[0] == 1_500_000_000
    assert len(set(numbers)) == 3
    with desk.store.read(WHOLE) as tx:
        found = [cases.get(tx, number) for number in numbers if number is not None]
    assert [each.circle for each in found] == [("bo", "kim"), ("bo", "kim"), ("ada",)]
