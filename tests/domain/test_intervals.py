"""What of a clock counted and what did not, each with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from types import MappingProxyType
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.calendar import ALWAYS, Calendar
from console.domain.clock import Clock, Segment, SegmentKind
from console.domain.intervals import Interval, closed_because, intervals
from console.domain.policy import Policy
from console.domain.timing import ClockName, Timing
from tests.builders import MORNING, a_policy, at

BERLIN = ZoneInfo("Europe/Berlin")
DAY, SATURDAY = ((8 * 60, 12 * 60), (13 * 60, 17 * 60)), ((9 * 60, 12 * 60),)
OFFICE = Calendar(
    "office", "Europe/Berlin", (DAY, DAY, DAY, DAY, DAY, SATURDAY, ()), region="DE",
    holidays=frozenset({date(2026, 4, 3), date(2026, 4, 6), date(2026, 12, 25)}),
    exceptions=MappingProxyType({date(2026, 12, 24): (), date(2026, 12, 25): ((600, 720),)}),
)  # fmt: skip
POLICY = a_policy(timing=Timing(calendars={"always": ALWAYS, "office": OFFICE}, calendar="office"))
RUN, PAUSE, CLOSED = SegmentKind.RUN, SegmentKind.PAUSE, SegmentKind.CLOSED


def a_segment(kind: SegmentKind, start: datetime, end: datetime | None, cause: str = "opened") -> Segment:
    """Give a segment in the hours of the office."""
    return Segment(kind, start, end, cause, 1, "office")


def a_clock(*segments: Segment) -> Clock:
    """Give a response clock with these segments."""
    return Clock(
        name=ClockName.RESPONSE, key="1", segments=segments, calendar="office", elapsed=timedelta(0), due=None,
        left=None,
    )  # fmt: skip


def local(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """Give a time in Berlin."""
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


def told(clock: Clock, now: datetime, policy: Policy = POLICY) -> list[str]:
    """Write the intervals of a clock as people read them."""
    return [
        f"{each.start.astimezone(BERLIN):%a %H:%M} {f'{each.end.astimezone(BERLIN):%a %H:%M}' if each.end else 'now'}"
        f" {each.why or 'counts'}"
        for each in intervals(clock, policy, now)
    ]


def test_a_run_over_a_weekend_counts_its_hours_and_says_what_was_closed() -> None:
    clock = a_clock(a_segment(RUN, local(20, 16), None))

    assert told(clock, local(23, 13, 30)) == [
        "Fri 16:00 Fri 17:00 counts",
        "Fri 17:00 Sat 09:00 closed hours",
        "Sat 09:00 Sat 12:00 counts",
        "Sat 12:00 Mon 08:00 closed: Sunday",
        "Mon 08:00 Mon 12:00 counts",
        "Mon 12:00 Mon 13:00 closed hours",
        "Mon 13:00 now counts",
    ]


def test_a_pause_says_what_it_waits_for_and_what_came_after_the_end_is_left_out() -> None:
    clock = a_clock(
        a_segment(RUN, local(23, 9), local(23, 10)),
        a_segment(PAUSE, local(23, 10), local(23, 11), "waiting for customer"),
        a_segment(RUN, local(23, 11), local(23, 11, 30), "resumed"),
        a_segment(CLOSED, local(23, 11, 30), None, "replied"),
    )

    assert told(clock, local(23, 16)) == [
        "Mon 09:00 Mon 10:00 counts",
        "Mon 10:00 Mon 11:00 waiting for customer",
        "Mon 11:00 Mon 11:30 counts",
    ]


def test_a_change_of_severity_cuts_no_interval_in_two() -> None:
    clock = a_clock(a_segment(RUN, local(23, 9), local(23, 10)), a_segment(RUN, local(23, 10), None, "severity S1"))
    assert told(clock, local(23, 11)) == ["Mon 09:00 now counts"]


def test_a_pause_that_lasts_has_no_end_and_a_reason_even_where_nothing_gave_one() -> None:
    clock = a_clock(a_segment(RUN, local(23, 9), local(23, 10)), a_segment(PAUSE, local(23, 10), None, ""))
    assert told(clock, local(23, 11))[-1] == "Mon 10:00 now paused"


def test_a_clock_that_began_this_instant_says_whether_it_counts() -> None:
    assert told(a_clock(a_segment(RUN, local(23, 9), None)), local(23, 9)) == ["Mon 09:00 now counts"]
    assert told(a_clock(a_segment(RUN, local(22, 9), None)), local(22, 9)) == ["Sun 09:00 now closed: Sunday"]


def test_a_clock_that_was_cut_at_once_has_no_empty_interval() -> None:
    clock = a_clock(a_segment(RUN, local(23, 9), local(23, 9)), a_segment(PAUSE, local(23, 9), None, "waiting for bo"))
    assert told(clock, local(23, 10)) == ["Mon 09:00 now waiting for bo"]


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        (local(2, 17, month=4), local(7, 8, month=4), "closed: Sunday; holiday: 3 Apr, 6 Apr"),
        (local(23, 17, month=12), local(25, 10, month=12), "closed: 24 Dec"),
        (local(23, 12), local(23, 13), "closed hours"),
        (local(21, 12), local(22, 0), "closed hours"),
    ],
)
def test_holidays_and_exceptions_are_named(start: datetime, end: datetime, why: str) -> None:
    assert closed_because(OFFICE, start, end) == why


def test_many_days_are_not_named_one_by_one() -> None:
    rare = replace(OFFICE, week=((), (), (), (), (), SATURDAY, ()), holidays=frozenset(), years={})
    assert closed_because(rare, local(21, 12), local(28, 9)) == "closed: Sunday, Monday, Tuesday, Wednesday, …"


def test_a_calendar_without_a_week_counts_nothing() -> None:
    assert closed_because(Calendar("never"), MORNING, at(hours=1)) == "closed: Monday"


SPANS = st.lists(st.integers(0, 7 * 24 * 60), min_size=1, max_size=6)


@given(start=st.integers(0, 365 * 24 * 60), spans=SPANS)
def test_intervals_leave_no_gap_and_those_that_count_add_up_to_what_has_elapsed(start: int, spans: list[int]) -> None:
    begin = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=start)
    segments, elapsed, pointer = [], timedelta(0), begin
    for number, minutes in enumerate(spans):
        end = pointer + timedelta(minutes=minutes)
        kind = PAUSE if number % 2 else RUN
        segments.append(a_segment(kind, pointer, None if number == len(spans) - 1 else end, "waiting"))
        elapsed += OFFICE.between(pointer, end) if kind is RUN else timedelta(0)
        pointer = end

    found = intervals(a_clock(*segments), POLICY, pointer)

    assert sum((each.length(pointer) for each in found if each.counts), timedelta(0)) == elapsed
    assert [each.start for each in found] == [begin, *[each.end for each in found[:-1]]]
    assert found[-1].end is None
    assert all(one.why != two.why or one.end != two.start for one, two in pairwise(found))


def test_an_interval_that_lies_ahead_has_no_length_yet() -> None:
    assert Interval(at(hours=1), None).length(MORNING) == timedelta(0)
