"""What becomes of a delivery: which way, whether it waits, when it is tried again."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.calendar import Calendar
from console.domain.case import CaseId, PersonId, Severity
from console.domain.delivering import (
    LONGEST_PAUSE,
    MOST_TRIES,
    Came,
    Delivery,
    Result,
    State,
    held_back,
    is_stale,
    routed,
    settled,
)
from console.domain.notice import Notice, NoticeKind
from console.domain.notify import Notify, Route
from tests.builders import MORNING, a_person, a_policy, at

NOTICE = Notice(case=CaseId(7), version=2, person=PersonId("ada"), kind=NoticeKind.LATE, at=MORNING)
PENDING = Delivery(
    key="k", case=CaseId(7), version=2, person=PersonId("ada"), channel="mail", at=MORNING, next_try=MORNING
)
NIGHT = Notify(hours=Calendar("quiet", "UTC", (((12 * 60, 20 * 60),),) * 7))


def test_a_notice_takes_every_channel_of_its_route() -> None:
    policy = Notify(routes=(Route(channels=("mail", "pager")),))
    found = routed(NOTICE, Severity.S2, a_person(), policy, MORNING)
    assert [(each.channel, each.state, each.next_try) for each in found] == [
        ("mail", State.PENDING, MORNING),
        ("pager", State.PENDING, MORNING),
    ]
    assert routed(NOTICE, Severity.S2, a_person(), Notify(), MORNING) == []


def test_a_notice_for_the_digest_waits_unless_it_is_urgent() -> None:
    policy = Notify(routes=(Route(channels=("mail",), is_digest=True),), digests=(time(11),))
    (found,) = routed(NOTICE, Severity.S2, a_person(), policy, MORNING)
    assert (found.state, found.next_try, found.reason) == (
        State.HELD,
        at(hours=2),
        "goes into the digest, as the policy says",
    )
    (urgent,) = routed(replace(NOTICE, is_urgent=True), Severity.S2, a_person(), policy, MORNING)
    assert urgent.state is State.PENDING


def test_quiet_hours_hold_back_what_is_neither_urgent_nor_for_outside() -> None:
    policy = a_policy(notify=NIGHT)
    wait = held_back(PENDING, policy, 0, MORNING)
    assert wait is not None
    assert (wait.until, wait.why) == (at(hours=3), "quiet hours until Mon 12:00")
    assert held_back(replace(PENDING, is_urgent=True), policy, 0, MORNING) is None
    assert held_back(replace(PENDING, person=None, outside="x@y.example"), policy, 0, MORNING) is None
    assert held_back(PENDING, policy, 0, at(hours=4)) is None


def test_a_budget_holds_back_single_messages_that_were_not_held_back_before() -> None:
    policy = a_policy(notify=Notify(budget=3, digests=(time(10),)))
    wait = held_back(PENDING, policy, 3, MORNING)
    assert wait is not None
    assert (wait.until, wait.why) == (at(hours=1), "ada was sent enough today; goes into the digest of Mon 10:00")
    assert held_back(PENDING, policy, 2, MORNING) is None
    assert held_back(replace(PENDING, state=State.HELD), policy, 9, MORNING) is None
    assert held_back(replace(PENDING, case=None), policy, 9, MORNING) is None
    assert held_back(PENDING, a_policy(), 9, MORNING) is None


@pytest.mark.parametrize(
    ("result", "tries", "state", "minutes"),
    [
        (Result(Came.SENT), 1, State.SENT, None),
        (Result(Came.NEVER), 1, State.DEAD, None),
        (Result(Came.LATER), 1, State.PENDING, 1),
        (Result(Came.LATER), 4, State.PENDING, 8),
        (Result(Came.LATER), 12, State.PENDING, 60),
        (Result(Came.LATER), MOST_TRIES, State.DEAD, None),
        (Result(Came.UNREACHABLE), 1, State.PENDING, 5),
        (Result(Came.UNREACHABLE), MOST_TRIES, State.PENDING, 5),
    ],
)
def test_what_comes_of_a_try(result: Result, tries: int, state: State, minutes: int | None) -> None:
    expected = None if minutes is None else at(minutes=minutes)
    assert settled(tries, result, MORNING, 0.5) == (state, expected)


@given(st.integers(1, MOST_TRIES - 1), st.floats(0, 1))
def test_a_pause_is_never_longer_than_an_hour_and_a_quarter(tries: int, jitter: float) -> None:
    _, next_try = settled(tries, Result(Came.LATER), MORNING, jitter)
    assert next_try is not None
    assert timedelta(0) < next_try - MORNING <= LONGEST_PAUSE * 1.25


def test_what_nobody_sent_for_a_week_is_stale_unless_it_was_held_back() -> None:
    held = replace(PENDING, state=State.HELD)
    assert is_stale(PENDING, at(days=8), is_there=True)
    assert not is_stale(PENDING, at(days=6), is_there=True)
    assert not is_stale(held, at(days=8), is_there=True)
    assert is_stale(held, at(days=8), is_there=False)
