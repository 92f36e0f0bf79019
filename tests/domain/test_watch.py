"""Whether the clocks of a machine can be trusted, and what people are told."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest

from console.domain.watch import Alarm, Held, Reading, Trust, judged, jumped
from tests.builders import MORNING

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def shown(*, wall: timedelta, steady: timedelta | None = None, boot: str = "one") -> Reading:
    """Give a reading so long after nine o'clock; both clocks agree unless the steady one is named."""
    return Reading(MORNING + wall, timedelta(days=3) + (wall if steady is None else steady), boot)


def seconds(number: float) -> timedelta:
    """Give so many seconds."""
    return timedelta(seconds=number)


BEFORE = shown(wall=seconds(0))


@pytest.mark.parametrize(
    ("now", "by"),
    [
        (shown(wall=seconds(15)), None),
        (shown(wall=seconds(16.9), steady=seconds(15)), None),
        (shown(wall=7 * DAY + timedelta(minutes=9), steady=7 * DAY), None),
        (shown(wall=seconds(18), steady=seconds(15)), seconds(3)),
        (shown(wall=-HOUR, steady=seconds(15)), -HOUR - seconds(15)),
        (shown(wall=DAY, steady=seconds(15)), DAY - seconds(15)),
        (shown(wall=DAY, steady=seconds(-2 * 86_400), boot="two"), None),
        (shown(wall=seconds(-1), steady=seconds(0), boot="two"), None),
        (shown(wall=-HOUR, steady=seconds(0), boot="two"), -HOUR),
        (shown(wall=HOUR, steady=seconds(-60)), None),
    ],
)
def test_a_jump_is_what_one_clock_says_and_the_other_does_not(now: Reading, by: timedelta | None) -> None:
    """Steering by a time service, sleep, and time off between two starts of the machine are none."""
    assert jumped(BEFORE, now) == by


def test_the_first_reading_is_believed_and_each_that_agrees_takes_its_place() -> None:
    trust = judged(Trust(), BEFORE)
    assert trust == Trust(BEFORE)
    later = shown(wall=seconds(15))
    assert judged(trust, later) == Trust(later)


def test_a_jump_holds_until_the_clock_agrees_again_with_what_it_was_before() -> None:
    back = shown(wall=seconds(15) - HOUR, steady=seconds(15))
    held = judged(Trust(BEFORE), back)
    assert held.reading == BEFORE
    assert held.held == Held(back.wall, back.steady, -HOUR)

    still = shown(wall=DAY - HOUR, steady=DAY)
    assert judged(held, still) == held
    right = shown(wall=DAY)
    assert judged(held, right) == Trust(right)


def test_another_jump_while_acts_are_held_is_judged_anew_and_held_since_the_first() -> None:
    held = judged(Trust(BEFORE), shown(wall=DAY, steady=seconds(15)))
    again = judged(held, shown(wall=2 * DAY, steady=seconds(30)))
    assert held.held is not None
    assert again.held == Held(held.held.since, BEFORE.steady + seconds(30), 2 * DAY - seconds(30))


def test_a_small_correction_is_waited_for_as_long_as_it_was() -> None:
    ahead = judged(Trust(BEFORE), shown(wall=seconds(75), steady=seconds(15)))
    assert ahead.held is not None
    assert judged(ahead, shown(wall=seconds(120), steady=seconds(60))) == ahead
    over = shown(wall=seconds(136), steady=seconds(76))
    assert judged(ahead, over) == Trust(over)

    far = judged(Trust(BEFORE), shown(wall=HOUR, steady=seconds(15)))
    assert judged(far, shown(wall=4 * HOUR, steady=3 * HOUR + seconds(15))) == far


def test_after_another_start_only_a_jump_back_can_be_seen_to_be_over() -> None:
    back = judged(Trust(BEFORE), shown(wall=-HOUR, steady=seconds(0), boot="two"))
    assert back.held is not None
    assert judged(back, shown(wall=seconds(-600), steady=seconds(3_000), boot="two")) == back
    right = shown(wall=seconds(5), steady=seconds(3_605), boot="two")
    assert judged(back, right) == Trust(right)

    ahead = judged(Trust(BEFORE), shown(wall=DAY, steady=seconds(15)))
    assert judged(ahead, shown(wall=DAY + HOUR, steady=seconds(10), boot="two")) == ahead


def test_an_alarm_says_what_is_wrong_and_what_to_do() -> None:
    held, now = Held(MORNING, seconds(0), timedelta(days=1, hours=2)), MORNING + HOUR
    assert Alarm().sentences(now) == ()
    assert Alarm(1, MORNING).sentences(now, UTC) == (
        "1 case has work overdue since 09:00; nobody keeps watch: start `triage watch`, or run `triage tick`.",
    )
    assert Alarm(3, MORNING, watcher="ada").sentences(now, UTC) == (
        "3 cases have work overdue since 09:00; ada keeps watch and is behind, or cannot do it: see `triage doctor`.",
    )
    first, second = Alarm(2, MORNING, held).sentences(now, UTC)
    assert first.startswith("Acts by the clock are held since 09:00: the clock jumped ahead by 1 d 2 h. Put it right")
    assert second == "2 cases have work overdue since 09:00; it is done when acts are no longer held."
    assert Held(MORNING, seconds(0), -HOUR).why == "the clock jumped back by 1 h"
