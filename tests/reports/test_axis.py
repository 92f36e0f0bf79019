"""The axis of a plot: few round marks, the last of them not below the greatest value."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.reports.axis import MOST, ticks
from console.reports.report import Holds

HOUR, DAY = 3_600, 86_400


@pytest.mark.parametrize(
    ("most", "holds", "expected"),
    [
        (0, Holds.COUNT, (0, 1)),
        (3, Holds.COUNT, (0, 1, 2, 3)),
        (296, Holds.COUNT, (0, 50, 100, 150, 200, 250, 300)),
        (7 * HOUR, Holds.SPAN, (0, 4 * HOUR, 8 * HOUR)),
        (60 * DAY, Holds.SPAN, (0, 30 * DAY, 60 * DAY)),
    ],
)
def test_it_is_marked_in_round_steps(most: float, holds: Holds, expected: tuple[float, ...]) -> None:
    assert ticks(most, holds) == expected


def test_shares_are_marked_up_to_the_whole() -> None:
    assert [round(each, 2) for each in ticks(1.0, Holds.SHARE)] == [0, 0.2, 0.4, 0.6, 0.8, 1.0]


@given(st.floats(min_value=0, max_value=1e12, allow_subnormal=False), st.sampled_from(Holds))
def test_the_marks_hold_every_value_and_are_few(most: float, holds: Holds) -> None:
    marks = ticks(most, holds)
    assert marks[-1] >= most * (1 - 1e-6)
    assert 2 <= len(marks) <= MOST + 1
    assert all(one < other for one, other in pairwise(marks))
