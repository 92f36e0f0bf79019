"""Numbers, durations and foreign text in words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.words import counted, lasting, listed, megabytes, percent, quoted, shortened, times

SPANS = {
    timedelta(0): "less than a minute",
    timedelta(seconds=59): "less than a minute",
    timedelta(minutes=40): "40 min",
    timedelta(hours=3, minutes=20, seconds=50): "3 h 20 min",
    timedelta(days=2): "2 d",
    timedelta(days=2, minutes=5): "2 d",
    timedelta(weeks=1, days=1, hours=5): "1 w 1 d",
    timedelta(minutes=-40): "40 min",
}


@pytest.mark.parametrize(("span", "says"), SPANS.items())
def test_a_duration_is_said_in_its_two_largest_units(span: timedelta, says: str) -> None:
    assert lasting(span) == says


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=3_000)))
def test_a_duration_never_says_more_than_there_is(span: timedelta) -> None:
    units = {"w": 604_800, "d": 86_400, "h": 3_600, "min": 60}
    told = lasting(span).split()
    if told[0] == "less":
        assert span < timedelta(minutes=1)
        return
    said = sum(int(number) * units[unit] for number, unit in zip(told[::2], told[1::2], strict=True))
    assert said <= span.total_seconds() < said * 2


def test_counts_are_said_with_their_things() -> None:
    assert [counted(number, "attempt") for number in (0, 1, 1_200)] == ["0 attempts", "1 attempt", "1,200 attempts"]
    assert [times(number) for number in (1, 2, 3)] == ["once", "twice", "3 times"]


def test_a_share_is_never_told_as_all_or_nothing_that_it_is_not() -> None:
    told = [percent(part) for part in (0, 0.001, 0.426, 0.999, 1)]
    assert told == ["0 %", "<1 %", "43 %", ">99 %", "100 %"]


def test_lists_end_in_and() -> None:
    assert [listed([]), listed(["a"]), listed("ab"), listed("abc", "or")] == ["", "a", "a and b", "a, b or c"]


@given(st.text(), st.integers(1, 50))
def test_quoted_text_is_one_line_and_never_too_long(text: str, most: int) -> None:
    assert len(quoted(text, most).splitlines()) == 1
    assert len(quoted(text, most)) <= most + 2
    assert shortened("abc", 3) == "abc"
    assert shortened("abcd", 3) == "ab…"


def test_bytes_are_told_in_megabytes() -> None:
    assert (megabytes(0), megabytes(11_449_999), megabytes(270_553_200_000)) == ("0.0 MB", "11.4 MB", "270,553.2 MB")
