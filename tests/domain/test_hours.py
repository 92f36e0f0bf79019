"""Working hours, as people write them."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.errors import RefusalCode, Refused
from console.domain.hours import hours


def on(day: int, hour: int, minute: int = 0) -> datetime:
    """Give a time in the week of Monday 2026-11-23."""
    return datetime(2026, 11, 22 + day, hour, minute, tzinfo=UTC)


def test_hours_hold_in_the_persons_own_zone() -> None:
    berlin = hours("mo-fr 09:00-17:00 Europe/Berlin")
    assert [berlin.cover(on(1, hour)) for hour in (7, 8, 15, 16)] == [False, True, True, False]
    assert not berlin.cover(on(6, 10))


def test_several_spans_and_nights_are_read() -> None:
    shifts = hours("Mo 08:00-12:00, sa-mo 22:00-24:00 UTC")
    assert [shifts.cover(on(day, 23)) for day in (1, 2, 6, 7)] == [True, False, True, True]
    assert shifts.cover(on(1, 11, 59))
    assert not shifts.cover(on(1, 12))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no days and hours are named"),
        ("mo-fr 09:00-17:00", "'mo-fr' is no span of hours"),
        ("mo-fr 09:00-17:00 Mars/Olympus", "no time zone 'Mars/Olympus'"),
        ("mo-fr 09:00-17:00 ../../etc/passwd", "no time zone"),
        ("mo-xx 09:00-17:00 UTC", "'xx' is no day"),
        ("yy 09:00-17:00 UTC", "'yy' is no day"),
        ("mo 17:00-09:00 UTC", "ends before it begins"),
        ("mo 25:00-26:00 UTC", "'25:00' is no time of day"),
        ("mo 9-17 UTC", "'mo 9-17' is no span of hours"),
        ("mo 09:00-10:00, UTC", "no days and hours are named"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_form(text: str, told: str) -> None:
    with pytest.raises(Refused, match=told) as refused:
        hours(text)
    assert refused.value.code is RefusalCode.BAD_INPUT
    assert "mo-fr 09:00-17:00 Europe/Berlin" in refused.value.sentence


@given(st.text(max_size=40))
def test_no_text_is_more_than_refused(text: str) -> None:
    with suppress(Refused):
        assert hours(text).spans
