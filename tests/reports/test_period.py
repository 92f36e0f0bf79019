"""Periods are cut into days, weeks or months of the desk's own calendar, without a gap."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.reports.period import steps

BERLIN = "Europe/Berlin"


def on(text: str) -> datetime:
    """Read a time."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "until", "keys", "names"),
    [
        ("2026-03-28T12:00", "2026-03-30T12:00", "2026-03-28 2026-03-29 2026-03-30", "Sat 28 Mar"),
        ("2026-11-02", "2026-11-30", "2026-W45 2026-W46 2026-W47 2026-W48 2026-W49", "week of 2 Nov"),
        ("2023-05-01", "2026-01-02", "2023 2024 2025 2026", "2023"),
        ("2025-11-15", "2026-04-02", "2025-11 2025-12 2026-01 2026-02 2026-03 2026-04", "Nov 2025"),
    ],
)
def test_a_period_has_few_enough_steps(since: str, until: str, keys: str, names: str) -> None:
    found = steps(on(since), on(until), BERLIN)
    assert " ".join(each.key for each in found) == keys
    assert found[0].name == names


def test_a_day_is_as_long_as_the_clock_on_the_wall_says() -> None:
    _, short, _ = steps(on("2026-03-28T12:00"), on("2026-03-30T12:00"), BERLIN)
    assert short.end - short.start == timedelta(hours=23)


@given(
    st.datetimes(datetime(2001, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
    st.timedeltas(timedelta(seconds=1), timedelta(days=4_000)),
    st.sampled_from(["UTC", BERLIN, "America/Sao_Paulo", "Australia/Lord_Howe"]),
)
def test_steps_follow_one_another_without_a_gap(since: datetime, length: timedelta, zone: str) -> None:
    found = steps(since, since + length, zone)
    assert (found[0].start, found[-1].end) == (since, since + length)
    assert all(one.end == two.start for one, two in pairwise(found))
    assert all(each.start < each.end for each in found)
    assert len({each.key for each in found}) == len(found)
