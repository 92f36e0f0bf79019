"""Times in tables: read in every usual way, and no order of day and month is ever guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.intake.native_fields import BadValueError
from console.intake.ticket_times import Order, Times

NINE = datetime(2024, 1, 9, 15, 54, tzinfo=UTC)


@pytest.mark.parametrize(
    "said",
    [
        "2024-01-09 15:54:00", "2024-01-09T15:54:00Z", "2024-01-09 15:54", "2024-01-09T16:54:00.000+0100",
        "2024/01/09 15:54:00", "09/Jan/24 3:54 PM", "09/Jan/2024 15:54", "9-jan-24 15:54", "Jan 9, 2024 3:54 PM",
        "9 January 2024 15:54", "January 9th, 2024, 3:54:00 p.m.", "09.01.2024 15:54:00", "9. 1. 2024 15:54",
        "09.01.24, 15:54", "09/Ene/24 3:54 PM", "09/janv./24 3:54 PM", "9 января 2024 15:54", "1/9/24, 3:54\u202fPM",
        "2024-01-09 15:54:00 UTC", "2024-01-09 17:54:00 +02:00", "2024-01-09 15:54:00.123456",
    ],
)  # fmt: skip
def test_a_time_is_read_as_systems_write_it(said: str) -> None:
    times = Times()
    times.see("created", "12/31/24, 1:00 PM")

    assert times.read("created", said).replace(microsecond=0) == NINE  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "said", ["soon", "31/31/2024", "2024-13-01", "2024-01-09 25:00", "09/Foo/24 3:54 PM", "9" * 500]
)
def test_what_is_no_time_is_said(said: str) -> None:
    with pytest.raises(BadValueError, match=r"^created is '.*', but takes a time"):
        Times().read("created", said)


def test_a_date_alone_is_its_midnight_and_no_cell_is_no_time() -> None:
    assert Times().read("due", "31/Mar/24") == datetime(2024, 3, 31, tzinfo=UTC)
    assert Times().read("due", "  ") is None


def test_one_cell_decides_for_its_column() -> None:
    times = Times()
    for cell in ("03/04/2024 10:00", "05/04/2024 10:00", "02/28/2024 10:00"):
        times.see("opened", cell)

    assert times.order_of("opened") is Order.MONTH
    assert times.read("opened", "03/04/2024 10:00") == datetime(2024, 3, 4, 10, tzinfo=UTC)


def test_a_column_without_evidence_follows_the_others_of_the_table() -> None:
    times = Times()
    times.see("opened", "03/04/2024")
    times.see("closed", "28/04/2024")

    assert times.read("opened", "03/04/2024") == datetime(2024, 4, 3, tzinfo=UTC)


def test_nothing_is_updated_before_it_is_created() -> None:
    times = Times()
    times.see_pair("05/04/2024 10:00", "04/05/2024 10:00")

    assert times.order_of("opened") is Order.DAY


def test_a_day_that_may_be_a_month_is_refused_where_nothing_says_which() -> None:
    times = Times()
    times.see("opened", "03/04/2024")

    with pytest.raises(BadValueError, match="day or month may come first, and nothing in the table says which"):
        times.read("opened", "03/04/2024")
    assert times.read("opened", "03/03/2024") == datetime(2024, 3, 3, tzinfo=UTC)


def test_a_column_that_writes_both_is_not_guessed() -> None:
    times = Times()
    times.see("opened", "28/02/2024")
    times.see("opened", "02/28/2024")

    with pytest.raises(BadValueError, match="both orders stand in it"):
        times.read("opened", "03/04/2024")
    assert times.read("opened", "28/02/2024") == times.read("opened", "02/28/2024")


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]))
def test_whatever_is_read_is_what_was_written(when: date, form: str) -> None:
    times = Times()
    times.see("opened", date(2024, 1, 31).strftime(form))

    read = times.read("opened", when.strftime(f"{form} 00:00:00"))
    assert read == datetime(when.year, when.month, when.day, tzinfo=UTC)


@given(st.text(max_size=30) | st.from_regex(r"[0-9/.: apm-]{0,25}", fullmatch=True))
def test_no_text_makes_it_raise_anything_else(said: str) -> None:
    times = Times()
    times.see("opened", said)
    times.see_pair(said, said[::-1])
    try:
        found = times.read("opened", said)
    except BadValueError:
        return
    assert found is None or found.tzinfo is not None


def test_what_a_time_says_is_told_without_acting_on_a_terminal() -> None:
    times = Times()
    with pytest.raises(BadValueError) as raised:
        times.read("created", "2-4-0026\x1b]52;c;x")
    assert str(raised.value).startswith("created is '2-4-0026␛]52;c;x': day or month may come first")
