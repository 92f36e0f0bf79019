"""Dates as tables write them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.intake.dates import ORDERS, Dates, orders_of

AT = datetime(2024, 1, 9, 15, 54, tzinfo=UTC)


@pytest.mark.parametrize(
    ("order", "text"),
    [
        ("dmy", "09/Jan/24 3:54 PM"), ("mdy", "09/Jan/24 3:54 PM"), ("dmy", "9.1.2024 15:54"),
        ("dmy", "09.01.24, 15:54:00 Uhr"), ("mdy", "1/9/2024 3:54:00 p.m."), ("ymd", "2024-01-09 15:54:00"),
        ("ymd", "2024/01/09 15:54"), ("mdy", "2024-01-09T15:54Z"), ("dmy", "2024-01-09 15:54:00.000"),
        ("ymd", "January 9, 2024 15:54"), ("dmy", "9. Januar 2024 15:54"), ("dmy", "9 janv. 2024 à 15h54"),
        ("dmy", "9-ene-2024 15:54"), ("ymd", "2024-01-09 16:54 +0100"), ("ymd", "2024-01-09 13:24 -02:30"),
        ("ymd", "2024-01-09T16:54:00.000000+01:00"), ("dmy", "9 1 2024 15:54 UTC"),
        ("dmy", "9.1.2024 15:54:00,000"),
    ],
)  # fmt: skip
def test_a_time_is_read_however_it_is_written(order: str, text: str) -> None:
    assert Dates(order).read(text) == AT


def test_midnight_and_noon_and_the_century() -> None:
    assert Dates("mdy").read("1/9/24 12:00 AM") == datetime(2024, 1, 9, tzinfo=UTC)
    assert Dates("mdy").read("1/9/24 12:00 PM") == datetime(2024, 1, 9, 12, tzinfo=UTC)
    assert Dates("dmy").read("9.1.99") == datetime(1999, 1, 9, tzinfo=UTC)
    assert Dates("dmy").read("1 juin 2024").month == 6
    assert Dates("dmy").read("1 juillet 2024").month == 7


def test_a_time_without_a_zone_is_in_that_of_the_map() -> None:
    berlin = Dates("dmy", ZoneInfo("Europe/Berlin"))
    assert berlin.read("9.7.2024 15:54") == datetime(2024, 7, 9, 13, 54, tzinfo=UTC)
    assert berlin.read("2024-07-09T15:54:00.1") == datetime(2024, 7, 9, 13, 54, tzinfo=UTC)
    assert berlin.read("20240709T155400") == datetime(2024, 7, 9, 13, 54, tzinfo=UTC)
    assert berlin.read("20240709T155400Z") == datetime(2024, 7, 9, 15, 54, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "soon", "31.2.2024", "9 foo 2024", "13/13/2024", "1.1.0001 00:00 +0300", "9" * 99]
)
def test_what_is_no_time_is_none(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
        Dates("dmy").read(text)
    with pytest.raises(ValueError):  # noqa: PT011 - as above
        Dates("ymd", ZoneInfo("Asia/Tokyo")).read("09.01.24" if text else "0001-01-01 00:00")


def test_the_order_is_found_from_many() -> None:
    assert orders_of(["2024-01-09"]) == ["ymd", "dmy", "mdy"]
    assert orders_of(["1/9/2024", "1/13/2024"]) == ["mdy"]
    assert orders_of(["1/9/2024", "2/3/2024"]) == ["dmy", "mdy"]
    assert orders_of(["1/9/2024", "none"]) == []


@given(st.text(max_size=70) | st.from_regex(r"\d{1,4}[-/. ]\w{1,4}[-/. ]\d{1,4} \d+:\d+ ?[apm+\-0-9]*", fullmatch=True))
def test_nothing_but_value_error_is_raised(text: str) -> None:
    for order in ORDERS:
        try:
            assert Dates(order, ZoneInfo("Europe/Berlin")).read(text).tzinfo is UTC
        except ValueError:
            continue
