"""Times as people type and read them."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from console.domain.case import Status
from console.domain.errors import Refused
from console.tui.widgets.moments import dated, left, moment, span
from console.tui.widgets.times import typed_time, written_time
from tests.builders import MORNING, a_case
from tests.builders import at as time_at


@pytest.fixture(autouse=True)
def berlin() -> Iterator[None]:
    """Put the tests into Berlin, an hour before UTC in winter."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "Europe/Berlin"
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14:30", datetime(2026, 11, 23, 13, 30, tzinfo=UTC)),
        ("9:00", datetime(2026, 11, 24, 8, 0, tzinfo=UTC)),
        ("today 9:00", datetime(2026, 11, 23, 8, 0, tzinfo=UTC)),
        ("tomorrow  14:30", datetime(2026, 11, 24, 13, 30, tzinfo=UTC)),
        ("in 2h", MORNING + timedelta(hours=2)),
        ("90 min", MORNING + timedelta(minutes=90)),
        ("2d", MORNING + timedelta(days=2)),
        ("1w", MORNING + timedelta(weeks=1)),
        ("2026-11-30 14:30", datetime(2026, 11, 30, 13, 30, tzinfo=UTC)),
        ("2026-11-30T14:30Z", datetime(2026, 11, 30, 14, 30, tzinfo=UTC)),
    ],
)
def test_times_are_read_as_they_are_said(typed: str, meant: datetime) -> None:
    assert typed_time(typed, MORNING) == meant


@pytest.mark.parametrize("typed", ["soon", "25:00", "2026-13-01", "in 5 x", "0001-01-01"])
def test_what_is_no_time_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(Refused, match=r"is no time; write 14:30"):
        typed_time(typed, MORNING)


def test_nothing_typed_is_no_time() -> None:
    assert typed_time("  ", MORNING) is None


def test_a_written_time_is_read_back() -> None:
    assert typed_time(written_time(MORNING), MORNING) == MORNING
    assert written_time(None) == ""


def test_moments_are_as_short_as_they_can_be() -> None:
    assert moment(time_at(hours=1), MORNING) == "11:00"
    assert moment(time_at(days=-2), MORNING) == "21 Nov 10:00"
    assert moment(time_at(days=-400), MORNING) == "19 Oct 2025"
    assert dated(time_at(days=-18), MORNING) == " 5 Nov 10:00"
    assert dated(time_at(days=-400), MORNING) == "19 Oct 2025 11:00"


def test_spans_fit_into_five_cells() -> None:
    assert [span(timedelta(minutes=minutes)) for minutes in (-12, 0, 59, 60, 100, 1440, 6000)] == [
        "-12m", "0m", "59m", "1h", "1h40", "1d", "4d",
    ]  # fmt: skip


def test_what_is_left_of_a_case_depends_on_its_state() -> None:
    assert left(a_case(due=time_at(minutes=5)), MORNING) == "5m"
    assert left(a_case(due=time_at(minutes=5), status=Status.WAITING), MORNING) == "paused"
    assert left(a_case(due=time_at(minutes=5), status=Status.CLOSED), MORNING) == ""
    assert left(a_case(), MORNING) == ""
