"""What a policy says of notices, as a value: routes, quiet hours, days and digests in its zone."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.calendar import ALWAYS, Calendar
from console.domain.case import Severity
from console.domain.notice import NoticeKind
from console.domain.notify import Notify, Route
from tests.builders import a_person, at

ADA = a_person("ada", tier=2, teams=("database",))


@pytest.mark.parametrize(
    ("route", "fits"),
    [
        (Route(channels=()), True),
        (Route(channels=(), kinds=frozenset({NoticeKind.LATE})), True),
        (Route(channels=(), kinds=frozenset({NoticeKind.TOLD})), False),
        (Route(channels=(), severities=frozenset({Severity.S2})), True),
        (Route(channels=(), severities=frozenset({Severity.S1})), False),
        (Route(channels=(), people=frozenset({"ada"})), True),
        (Route(channels=(), people=frozenset({"bo"})), False),
        (Route(channels=(), teams=frozenset({"database", "lab"})), True),
        (Route(channels=(), teams=frozenset({"lab"})), False),
        (Route(channels=(), tiers=frozenset({2})), True),
        (Route(channels=(), tiers=frozenset({3})), False),
        (Route(channels=(), is_outside=True), False),
    ],
)
def test_a_route_fits_where_all_its_criteria_hold(route: Route, fits: bool) -> None:  # noqa: FBT001 - a column
    assert route.fits(NoticeKind.LATE, Severity.S2, ADA) is fits


def test_the_first_route_that_fits_counts_and_none_is_the_console() -> None:
    late, rest = Route(channels=("pager",), kinds=frozenset({NoticeKind.LATE})), Route(channels=("mail",))
    notify = Notify(routes=(late, rest))
    assert notify.route(NoticeKind.LATE, Severity.S2, ADA) is late
    assert notify.route(NoticeKind.TOLD, Severity.S2, ADA) is rest
    assert notify.route(NoticeKind.LATE, Severity.S2, None) is None
    outside = Route(channels=("mail",), is_outside=True)
    assert Notify(routes=(outside,)).route(NoticeKind.LATE, Severity.S2, None) is outside


def test_what_is_urgent_is_so_by_severity_or_kind() -> None:
    notify = Notify(urgent_severities=frozenset({Severity.S1}), urgent_kinds=frozenset({NoticeKind.EXHAUSTED}))
    assert notify.is_urgent(NoticeKind.TOLD, Severity.S1)
    assert notify.is_urgent(NoticeKind.EXHAUSTED, Severity.S4)
    assert not notify.is_urgent(NoticeKind.LATE, Severity.S2)


def test_without_quiet_hours_it_is_never_quiet() -> None:
    assert Notify().quiet_until(at(), {}) is None
    assert Notify(calendar="always").quiet_until(at(), {"always": ALWAYS}) is None


DAY = Calendar("quiet", "Europe/Berlin", (((7 * 60, 20 * 60),),) * 7)
OFFICE = Calendar("office", "America/New_York", (((8 * 60, 17 * 60),),) * 5 + ((), ()))


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(lambda each: each.replace(tzinfo=UTC)))  # noqa: DTZ001
def test_it_is_quiet_until_both_hours_and_calendar_are_open(now: datetime) -> None:
    notify, calendars = Notify(hours=DAY, calendar="office"), {"office": OFFICE}
    until = notify.quiet_until(now, calendars)
    if until is None:
        assert DAY.is_open(now)
        assert OFFICE.is_open(now)
    else:
        assert until > now
        assert DAY.is_open(until)
        assert OFFICE.is_open(until)
        just_before = until - timedelta(microseconds=1)
        assert not (DAY.is_open(just_before) and OFFICE.is_open(just_before))


def test_hours_and_a_calendar_that_never_meet_are_looked_at_for_weeks_and_not_for_ever() -> None:
    night = Calendar("night", "UTC", (((0, 60),),) * 7)
    until = Notify(hours=Calendar("quiet", "UTC", (((120, 180),),) * 7), calendar="n").quiet_until(at(), {"n": night})
    assert until is not None
    assert timedelta(days=40) < until - at() < timedelta(days=60)


@pytest.mark.parametrize(
    ("now", "next_one"),
    [
        (at(), at(hours=1)),  # 10:00 in Berlin; the digest is at 11:00
        (at(hours=1), at(hours=5)),
        (at(hours=5), at(hours=25)),
    ],
)
def test_a_digest_goes_out_at_the_next_of_its_times(now: datetime, next_one: datetime) -> None:
    assert Notify(zone="Europe/Berlin", digests=(time(15), time(11))).digest_after(now) == next_one


def test_without_times_digests_go_out_at_eight_and_days_begin_at_midnight_of_the_zone() -> None:
    notify = Notify(zone="Europe/Berlin")
    assert notify.digest_after(at()) == at(hours=22)
    assert notify.day_began(at()) == at(hours=-10)
    assert notify.day_began(at(hours=14, minutes=30)) == at(hours=14)
