"""Threads: who belongs together, by reference first and by subject last."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from console.intake.mail_message import Mail
from console.intake.mail_threads import case_of
from tests.intake.piling import threads

MONDAY = datetime(2026, 6, 1, 9, tzinfo=UTC)


def a_mail(ref: str, day: float = 0, **facts: Any) -> Mail:  # noqa: ANN401 - any field of a mail
    """Give a mail sent so many days after Monday."""
    given: dict[str, Any] = {
        "sender": "Ada <ada@x>",
        "address": "ada@x",
        "subject": ref,
        "at": MONDAY + timedelta(days=day),
        "body": f"I am {ref}",
    }
    return Mail(ref=ref, **(given | facts))


def refs(*mails: Mail) -> list[list[str]]:
    """Give the threads of these mails, each as its references."""
    return [[mail.ref for mail in thread] for thread in threads(mails)]


def test_a_reply_joins_the_mail_it_answers_though_it_refers_to_another() -> None:
    mails = [a_mail("a"), a_mail("b", 1), a_mail("c", 2, answers=("b",), references=("a",))]

    assert refs(*mails) == [["a"], ["b", "c"]]


def test_a_reply_whose_answered_mail_is_absent_joins_the_oldest_that_is_there() -> None:
    mails = [a_mail("a"), a_mail("b", 1), a_mail("c", 2, answers=("gone",), references=("lost", "a", "b"))]

    assert refs(*mails) == [["a", "c"], ["b"]]


def test_replies_to_one_absent_mail_are_one_thread_led_by_the_oldest() -> None:
    mails = [a_mail("c", 2, references=("root", "b")), a_mail("b", 1, answers=("root",))]

    assert refs(*mails) == [["b", "c"]]
    case = case_of(threads(mails)[0])
    assert (case.ref, case.follows) == ("b", ("root",))


def test_mails_that_name_the_same_case_are_one_thread() -> None:
    mails = [a_mail("a", marks=("#4711",)), a_mail("b", 1, marks=("#4711",), address="bo@x")]

    assert refs(*mails) == [["a", "b"]]
    assert case_of(threads(mails)[0]).follows == ("#4711",)


def test_one_sender_with_one_subject_is_one_thread_for_two_weeks() -> None:
    mails = [a_mail("a", subject="Disk"), a_mail("b", 13, subject="Re: disk"), a_mail("c", 28, subject="Disk")]

    assert refs(*mails) == [["a", "b"], ["c"]]


def test_another_sender_or_no_subject_or_no_time_is_another_thread() -> None:
    mails = [
        a_mail("a", subject="Disk"),
        a_mail("b", 1, subject="Disk", address="bo@x"),
        a_mail("c", 2, subject=""),
        a_mail("d", 3, subject=""),
        a_mail("e", subject="Disk", at=None),
    ]

    assert refs(*mails) == [["a"], ["b"], ["c"], ["d"], ["e"]]


def test_the_same_mail_twice_is_one() -> None:
    assert refs(a_mail("a"), a_mail("a", 1)) == [["a"]]


def test_a_reply_dated_before_its_original_does_not_lead() -> None:
    assert refs(a_mail("a", 2), a_mail("b", 1, answers=("a",))) == [["a", "b"]]


def test_an_address_in_the_place_of_an_id_joins_nothing() -> None:
    mails = [a_mail("a", answers=("bo@x",)), a_mail("b", 1, answers=("bo@x",)), a_mail("c", 2, address="bo@x")]

    assert refs(*mails) == [["a"], ["b"], ["c"]]


def test_mails_that_answer_each_other_are_one_thread() -> None:
    assert refs(a_mail("a", answers=("b", "a")), a_mail("b", 1, answers=("a",))) == [["a", "b"]]


def test_a_case_without_subject_takes_its_first_words() -> None:
    assert case_of((a_mail("a", subject="Re:", body="\nMy printer\nburns"),)).title == "(no subject) My printer"
    assert case_of((a_mail("a", subject="", body=""),)).title == "(no subject)"


def test_times_that_are_missing_are_taken_from_the_thread() -> None:
    case = case_of((a_mail("a"), a_mail("b", at=None)))
    timeless = case_of((a_mail("a", at=None), a_mail("b", at=None)))

    assert case.messages[0].at == MONDAY
    assert (timeless.created, timeless.updated) == (None, None)


MAILS = st.lists(
    st.builds(
        a_mail,
        st.sampled_from("abcdef"),
        st.floats(0, 30),
        answers=st.lists(st.sampled_from("abcdefgh"), max_size=2).map(tuple),
        references=st.lists(st.sampled_from("abcdefgh"), max_size=3).map(tuple),
        subject=st.sampled_from(["", "Disk", "Re: Disk", "Net"]),
        is_automatic=st.booleans(),
    ),
    max_size=8,
)


@given(MAILS, st.randoms())
def test_every_mail_is_in_one_thread_whatever_order_they_lie_in(mails: list[Mail], chance: Any) -> None:  # noqa: ANN401
    shuffled = list(mails)
    chance.shuffle(shuffled)

    found = threads(mails)

    assert found == threads(shuffled)
    assert sorted(mail.ref for thread in found for mail in thread) == sorted({mail.ref for mail in mails})
    assert all(case_of(thread).ref == thread[0].ref for thread in found)
