"""Moments and spans in words, in a zone that is handed in."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from console.domain.spans import away, dated, left_or_late, moment, on_day, span, zone_named
from tests.builders import MORNING, at

BERLIN = ZoneInfo("Europe/Berlin")


def test_a_moment_is_as_short_as_it_can_be_in_its_zone() -> None:
    assert moment(at(hours=1), MORNING, BERLIN) == "11:00"
    assert moment(at(hours=14.5), MORNING, BERLIN) == "24 Nov 00:30"
    assert moment(at(hours=14.5), MORNING, UTC) == "23:30"
    assert moment(at(days=-400), MORNING, BERLIN) == "19 Oct 2025"


def test_a_dated_moment_has_its_day_and_another_year() -> None:
    assert dated(at(days=-18), MORNING, BERLIN) == " 5 Nov 10:00"
    assert dated(at(days=-400), MORNING, BERLIN) == "19 Oct 2025 11:00"


def test_a_moment_on_its_day_names_the_weekday_there() -> None:
    assert on_day(at(hours=14.5), MORNING, BERLIN) == "Tue 24 Nov 00:30"
    assert on_day(at(hours=14.5), MORNING, UTC) == "Mon 23 Nov 23:30"
    assert on_day(at(days=-18), MORNING, BERLIN) == "Thu 5 Nov 10:00"


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        (BERLIN, "Europe/Berlin (CET)"),
        (UTC, "UTC"),
        (ZoneInfo("UTC"), "UTC"),
        (ZoneInfo("America/Sao_Paulo"), "America/Sao_Paulo (UTC-03)"),
        (timezone(timedelta(hours=2), "here"), "here"),
    ],
)
def test_a_zone_has_a_name(zone: ZoneInfo, name: str) -> None:
    assert zone_named(MORNING, zone) == name


def test_spans_fit_into_five_cells() -> None:
    assert [span(timedelta(minutes=minutes)) for minutes in (-12, 0, 59, 60, 100, 1440, 6000)] == [
        "-12m", "0m", "59m", "1h", "1h40", "1d", "4d",
    ]  # fmt: skip


def test_what_is_left_is_told_from_what_is_late() -> None:
    assert left_or_late(timedelta(minutes=100)) == "1 h 40 min left"
    assert left_or_late(timedelta(0)) == "less than a minute left"
    assert left_or_late(timedelta(minutes=-12)) == "12 min late"


def test_how_far_away_a_time_is() -> None:
    assert away(at(hours=2), MORNING) == "in 2 h"
    assert away(at(minutes=-12), MORNING) == "12 min ago"
    assert away(MORNING, MORNING) == "now"
