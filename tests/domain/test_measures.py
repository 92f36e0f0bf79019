"""A share and a ranking are told with the interval that holds the truth 19 times of 20."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.measures import Measure, Ranking, area, ranged, share

SCORES = st.lists(st.integers(0, 12), min_size=1, max_size=25)


def ranked(happened: list[float], others: list[float]) -> Ranking:
    """Give a ranking of so many scores."""
    found = Ranking()
    for score in happened:
        found.add(score, happened=True)
    for score in others:
        found.add(score, happened=False)
    return found


def told(measure: Measure | None) -> str:
    """Write a figure with its interval."""
    return f"{measure.value:.3f} {measure.low:.3f} {measure.high:.3f} of {measure.of}" if measure else "-"


@pytest.mark.parametrize(
    ("hits", "of", "says"),
    [
        (0, 0, "-"),
        (31, 40, "0.775 0.625 0.877 of 40"),
        (0, 10, "0.000 0.000 0.278 of 10"),
        (10, 10, "1.000 0.722 1.000 of 10"),
        (1, 1, "1.000 0.207 1.000 of 1"),
    ],
)
def test_a_share_has_its_wilson_interval(hits: int, of: int, says: str) -> None:
    assert told(share(hits, of)) == says


@pytest.mark.parametrize(
    ("happened", "others", "says"),
    [
        ([], [1], "-"),
        ([1], [], "-"),
        ([3, 4, 5, 6], [1, 2, 2, 1], "1.000 0.510 1.000 of 8"),
        ([1, 1], [2, 2, 2], "0.000 0.000 0.658 of 5"),
        ([2, 2], [2, 2], "0.500 0.500 0.500 of 4"),
        ([2], [1, 3], "0.500 0.055 0.945 of 3"),
    ],
)
def test_a_ranking_has_its_area_and_interval(happened: list[float], others: list[float], says: str) -> None:
    assert told(ranked(happened, others).auc()) == says


def test_a_figure_is_written_with_its_interval() -> None:
    assert [ranged(share(1, 2)), ranged(share(999, 1_000)), ranged(None)] == ["50 % (9-91)", ">99 % (99-100)", "-"]
    assert [area(ranked([2], [1, 3]).auc()), area(None)] == ["0.50 (0.05-0.95)", "-"]


@given(SCORES, SCORES)
def test_the_area_is_the_share_of_pairs_that_stand_the_right_way(happened: list[int], others: list[int]) -> None:
    measure = ranked([*happened], [*others]).auc()

    pairs = [(a > b) + (a == b) / 2 for a in happened for b in others]
    assert measure is not None
    assert measure.value == pytest.approx(sum(pairs) / len(pairs))
    assert 0 <= measure.low <= measure.value <= measure.high <= 1


@given(SCORES, SCORES)
def test_the_interval_is_that_of_delong(happened: list[int], others: list[int]) -> None:
    """By the plain definition: the variance of each case's own share of the pairs it stands in."""
    beats = [sum((a > b) + (a == b) / 2 for b in others) / len(others) for a in happened]
    beaten = [sum((a > b) + (a == b) / 2 for a in happened) / len(happened) for b in others]
    value = sum(beats) / len(beats)

    measure = ranked([*happened], [*others]).auc()

    if min(len(happened), len(others)) > 1 and 0 < value < 1:
        variance = sum(
            sum((each - value) ** 2 for each in side) / (len(side) - 1) / len(side) for side in (beats, beaten)
        )
        assert measure is not None
        assert measure.low == pytest.approx(max(value - 1.96 * variance**0.5, 0), abs=1e-4)


def test_the_interval_holds_the_truth_nineteen_times_of_twenty() -> None:
    random = Random(7)
    held = 0
    for _ in range(400):
        happened = [random.gauss(1, 1) for _ in range(60)]
        measure = ranked(happened, [random.gauss(0, 1) for _ in range(90)]).auc()
        held += measure is not None and measure.low <= 0.7602 <= measure.high

    assert 370 <= held <= 394
