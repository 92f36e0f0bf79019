"""What is not counted yet is counted in the background, a few cases at a time, whoever dies over it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from console.desk import evidence, watch
from console.desk.desk import Desk
from console.desk.taking import take_in
from console.domain.arrival import Arrival
from console.domain.case import CaseId
from console.domain.evidence import Weighing
from console.store import events
from console.store import evidence as kept
from console.store.codec import micros
from console.store.sight import WHOLE
from tests.builders import MORNING, a_policy
from tests.desk.conftest import Clock
from tests.desk.givens import ADA, escalate, open_case
from tests.desk.lived import a_life
from tests.desk.remembered import FOUR_HOURS, counts, from_before, must_be_counted, settled
from tests.desk.test_watch import Machine


@pytest.fixture(autouse=True)
def _few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "AT_ONCE", 2)
    monkeypatch.setattr("console.desk.watch.time.sleep", lambda _: None)


def is_behind(desk: Desk) -> bool:
    """Say whether there is something to count."""
    with desk.store.read(WHOLE) as tx:
        return evidence.is_behind(desk, tx)


def test_cases_from_before_are_counted_a_few_at_a_time_while_others_work(desk: Desk, clock: Clock) -> None:
    a_life(desk, clock, random.Random(7))
    from_before(desk)
    assert evidence.counted(desk) is None
    assert evidence.catch_up(desk, 3)
    escalate(desk, ADA, open_case(desk, category="network"))
    escalate(desk, ADA, open_case(desk, category="checkout"))
    assert evidence.counted(desk) is None

    assert not evidence.catch_up(desk, 99)
    settled(desk)
    assert evidence.counted(desk) == counts(desk)
    must_be_counted(desk)
    assert not is_behind(desk)


def test_counting_that_was_killed_goes_on_where_it_was(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_life(desk, clock, random.Random(8))
    from_before(desk)
    read, looked = events.read_histories_ahead, []

    def die_at_the_third(tx: Any, ids: Sequence[CaseId]) -> None:  # noqa: ANN401 - a transaction
        looked.append(tuple(ids))
        if len(looked) == 3:
            raise KeyboardInterrupt
        read(tx, ids)

    monkeypatch.setattr(events, "read_histories_ahead", die_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        evidence.catch_up(desk, 99)
    assert not evidence.catch_up(desk, 99)

    assert looked[:4] == [(1, 2), (3, 4), (5, 6), (5, 6)]
    must_be_counted(desk)


def test_whoever_keeps_watch_counts_and_says_that_there_is_more(desk: Desk, clock: Clock) -> None:
    for _ in range(45):
        open_case(desk)
    from_before(desk)
    machine = Machine(clock)

    assert watch.keep(desk, "one", machine).is_counting
    assert not watch.keep(desk, "one", machine).is_counting
    assert evidence.counted(desk) == {}
    clock.forward(hours=4)
    watch.keep(desk, "one", machine)
    watch.keep(desk, "one", machine)
    settled(desk)
    must_be_counted(desk)


def test_whoever_loses_the_watch_counts_no_further(desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(9):
        open_case(desk)
    from_before(desk)

    def another_takes_it(_: float) -> None:
        clock.forward(minutes=1)
        with desk.jot() as tx:
            until = micros(clock.now + timedelta(seconds=15))
            tx.rows("UPDATE watch SET holder = 'two', until = :until", {"until": until})

    monkeypatch.setattr("console.desk.watch.time.sleep", another_takes_it)
    assert watch.keep(desk, "one", Machine(clock)).is_counting
    with desk.read() as tx:
        assert kept.keeping(tx) == kept.Keeping(FOUR_HOURS, CaseId(2))


def test_a_console_counts_where_nobody_keeps_watch(desk: Desk, clock: Clock) -> None:
    for _ in range(3):
        open_case(desk)
    from_before(desk)
    machine = Machine(clock)
    turns = 0
    while is_behind(desk):
        assert watch.stand_in(desk, "console", machine()) is not None
        turns += 1

    assert turns == 3
    assert evidence.counted(desk) == {}


def test_another_time_after_which_a_case_counts_as_handled_has_all_counted_by_it(desk: Desk, clock: Clock) -> None:
    a_life(desk, clock, random.Random(9))
    later = replace(desk, policy=a_policy(evidence=Weighing(handled_after=timedelta(hours=9))))
    assert is_behind(later)
    evidence.catch_up(later, 99)

    before = counts(later)
    evidence.count_anew(later)
    assert counts(later) == before
    assert is_behind(desk)


def test_more_than_one_act_counts_is_counted_without_any(desk: Desk, clock: Clock) -> None:
    take_in(desk, ADA, [Arrival(f"Case {n}", created=MORNING) for n in range(9)])
    clock.forward(hours=4)
    assert is_behind(desk)
    evidence.catch_up(desk, 99)

    assert counts(desk)[1, "", ""].of >= 8
