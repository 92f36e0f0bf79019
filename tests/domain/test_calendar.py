"""Business time against brute force, minute by minute, and the laws it keeps."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.calendar import ALWAYS, KNOWN, Calendar, Opening
from console.domain.errors import Refused

MINUTE = timedelta(minutes=1)
CHANGES = {
    "Europe/Berlin": (datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)),
    "America/New_York": (datetime(2026, 3, 8, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)),
    "Australia/Lord_Howe": (datetime(2026, 4, 4, tzinfo=UTC), datetime(2026, 10, 3, tzinfo=UTC)),
    "Pacific/Apia": (datetime(2011, 12, 30, tzinfo=UTC), datetime(2011, 9, 24, tzinfo=UTC)),
    "Africa/Casablanca": (datetime(2026, 2, 15, tzinfo=UTC), datetime(2026, 3, 22, tzinfo=UTC)),
    "Asia/Kathmandu": (datetime(1985, 12, 31, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)),
    "Pacific/Chatham": (datetime(2026, 4, 4, tzinfo=UTC), datetime(2026, 9, 26, tzinfo=UTC)),
}
"""Zones with the days on which their clocks change, by an hour, by half of one, by a whole day."""


@st.composite
def days(draw: st.DrawFn) -> tuple[Opening, ...]:
    """Draw the opening hours of a day: none, some, or all of it, to the minute."""
    kind = draw(st.sampled_from(["closed", "hours", "hours", "whole"]))
    if kind == "closed":
        return ()
    if kind == "whole":
        return ((0, 1440),)
    edges = sorted(draw(st.sets(st.integers(0, 1440), min_size=2, max_size=6)))
    return tuple(zip(edges[0::2], edges[1::2], strict=False))


@st.composite
def calendars(draw: st.DrawFn) -> tuple[Calendar, datetime]:
    """Draw a calendar that opens, and a time shortly before a change of its clocks."""
    zone = draw(st.sampled_from(sorted(CHANGES)))
    change = draw(st.sampled_from(CHANGES[zone]))
    week = tuple(draw(st.lists(days(), min_size=7, max_size=7).filter(any)))
    near = st.integers(-3, 5).map(lambda step: (change + timedelta(days=step)).date())
    calendar = Calendar(
        "drawn", zone, week, holidays=frozenset(draw(st.sets(near, max_size=2))),
        exceptions=draw(st.dictionaries(near, days(), max_size=2)),
    )  # fmt: skip
    return calendar, change - timedelta(days=draw(st.integers(0, 3)), minutes=draw(st.integers(0, 1440)))


def counts(calendar: Calendar, at: datetime) -> bool:
    """Say by the definition whether an instant counts: its local time lies within the hours of its local day."""
    there = at.astimezone(ZoneInfo(calendar.zone))
    minute = there.hour * 60 + there.minute
    return any(opens <= minute < closes for opens, closes in calendar.hours(there.date()))


@given(calendars())
@settings(max_examples=settings().max_examples // 5)
def test_every_minute_counts_as_the_clock_on_the_wall_says(drawn: tuple[Calendar, datetime]) -> None:
    calendar, start = drawn
    counted, at = 0, start
    for _ in range(5 * 1440):
        assert calendar.is_open(at) == counts(calendar, at), at
        counted += counts(calendar, at)
        at += MINUTE
        if not counted % 211:
            assert calendar.between(start, at) == counted * MINUTE
    assert calendar.between(start, at) == counted * MINUTE
    assert sum((b - a for a, b in calendar.stretches(start, at)), timedelta()) == counted * MINUTE


@pytest.mark.full
@given(calendars())
@settings(max_examples=2000, deadline=None)
def test_every_minute_counts_in_thousands_of_calendars(drawn: tuple[Calendar, datetime]) -> None:
    calendar, start = drawn
    for step in range(3 * 1440):
        at = start + step * MINUTE
        assert calendar.is_open(at) == counts(calendar, at), at


spans = st.integers(0, 40 * 3600 * 10**6).map(lambda micros: timedelta(microseconds=micros))


@given(calendars(), spans, spans)
@settings(max_examples=150, deadline=None)
def test_what_is_added_is_what_is_measured(drawn: tuple[Calendar, datetime], span: timedelta, more: timedelta) -> None:
    calendar, start = drawn
    end = calendar.add(start, span)
    assert calendar.between(start, end) == span
    assert calendar.add(end, more) >= calendar.add(start, span + more) or span == timedelta(0)
    assert calendar.between(start, calendar.add(end, more)) == span + more
    assert span == timedelta(0) or calendar.is_open(end - timedelta(microseconds=1)), "it is due within opening hours"
    assert calendar.opens(start) == calendar.add(start, timedelta(0)) >= start


@given(calendars(), st.lists(spans, min_size=2, max_size=5))
@settings(max_examples=settings().max_examples // 5)
def test_time_is_the_sum_of_its_parts(drawn: tuple[Calendar, datetime], steps: list[timedelta]) -> None:
    calendar, at = drawn
    marks = [at]
    for step in steps:
        marks.append(marks[-1] + step)
    parts = (calendar.between(a, b) for a, b in pairwise(marks))
    assert sum(parts, timedelta()) == calendar.between(marks[0], marks[-1])
    assert calendar.between(marks[-1], marks[0]) == timedelta(0)


def test_a_night_in_which_the_clocks_go_back_counts_an_hour_more() -> None:
    night = Calendar("night", "Europe/Berlin", (((0, 360),),) * 7)
    autumn, spring = datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert night.between(autumn, autumn + timedelta(hours=12)) == timedelta(hours=7)
    assert night.between(spring, spring + timedelta(hours=12)) == timedelta(hours=5)


def test_a_day_that_a_zone_left_out_counts_nothing() -> None:
    apia = Calendar("apia", "Pacific/Apia", (((540, 1020),),) * 7)
    thursday_noon = datetime(2011, 12, 29, 12, tzinfo=ZoneInfo("Pacific/Apia"))
    due = apia.add(thursday_noon, timedelta(hours=6)).astimezone(ZoneInfo("Pacific/Apia"))
    assert (due.date(), due.hour) == (date(2011, 12, 31), 10)


def test_holidays_close_and_exceptions_outrank_them() -> None:
    calendar = Calendar(
        "office", "UTC", (((540, 1020),),) * 5 + ((), ()), holidays=frozenset({date(2026, 12, 25)}),
        exceptions={date(2026, 12, 25): ((600, 660),), date(2026, 12, 24): ()},
    )  # fmt: skip
    start = datetime(2026, 12, 23, 17, tzinfo=UTC)
    assert calendar.opens(start) == datetime(2026, 12, 25, 10, tzinfo=UTC)
    assert calendar.add(start, timedelta(hours=2)) == datetime(2026, 12, 28, 10, tzinfo=UTC)


def test_round_the_clock_every_second_counts() -> None:
    start, span = datetime(2026, 10, 25, tzinfo=UTC), timedelta(hours=30)
    assert ALWAYS.add(start, span) - start == ALWAYS.between(start, start + span) == span
    assert ALWAYS.is_open(start)
    assert ALWAYS.opens(start) == start
    assert [*ALWAYS.stretches(start, start + span)] == [(start, start + span)]
    assert [*ALWAYS.stretches(start, start)] == []
    assert ALWAYS.add(start, -span) == start


def test_a_calendar_that_never_opens_is_refused_instead_of_searched_for_ever() -> None:
    shut = Calendar("shut", "UTC", ((),) * 7)
    with pytest.raises(Refused, match="'shut' has no opening hours ahead"):
        shut.add(datetime(2026, 1, 1, tzinfo=UTC), timedelta(hours=1))
    with pytest.raises(Refused, match="give it some"):
        shut.opens(datetime(2026, 1, 1, tzinfo=UTC))
    assert Calendar("none").hours(date(2026, 1, 1)) == ()
    assert not shut.is_open(datetime(2026, 1, 1, tzinfo=UTC))


def test_a_date_thousands_of_years_away_costs_no_more_than_the_years_that_are_known() -> None:
    office = Calendar("office", "Europe/Berlin", (((480, 1080),),) * 5 + ((), ()))
    start, far = datetime(2098, 1, 1, tzinfo=UTC), datetime.max.replace(tzinfo=UTC)

    counted = office.between(start, far)

    assert counted == office.between(start, datetime(2100, 1, 1, tzinfo=UTC))
    assert office.between(datetime.min.replace(tzinfo=UTC), start) > counted
    assert len(office.years) <= len(KNOWN)
    assert not office.is_open(far)
    assert [*office.stretches(far - timedelta(days=9), far)] == []
    with pytest.raises(Refused):
        office.add(far, timedelta(hours=1))
