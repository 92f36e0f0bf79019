"""Which backups are kept: the rule as it is told, and laws that hold for any backups at any time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.retention import USUAL, Rule, kept, rule
from tests.builders import MORNING

MOMENTS = st.integers(-600 * 24, 24).map(lambda hours: MORNING + timedelta(hours=hours))
SETS = st.frozensets(MOMENTS, max_size=60)
RULES = st.builds(Rule, *[st.integers(0, 20)] * 4)
LATER = st.integers(0, 500 * 24).map(lambda hours: timedelta(hours=hours))


def hourly(days: int) -> list[datetime]:
    """Give a backup of every hour of so many days."""
    return [MORNING - timedelta(hours=hours) for hours in range(days * 24)]


def test_all_of_two_days_stay_then_one_a_day_a_week_and_a_month() -> None:
    ages = sorted((MORNING - at) / timedelta(days=1) for at in kept(hourly(500), MORNING))

    assert len([age for age in ages if age < 2]) == 48
    assert len([age for age in ages if 2 <= age < 16]) == 14
    assert len([age for age in ages if 16 <= age < 72]) in {8, 9, 10}  # and months that end within
    assert len([age for age in ages if 72 <= age < 72 + 12 * 31]) == 12
    assert max(ages) < 72 + 12 * 31


def test_the_newest_of_a_day_stands_for_it() -> None:
    day = MORNING - timedelta(days=5)
    assert kept([day, day + timedelta(hours=1), MORNING], MORNING) == {day + timedelta(hours=1), MORNING}


def test_a_rule_is_four_numbers_or_all() -> None:
    assert rule("all") is None
    assert rule("2,14,8,12") == USUAL
    assert rule("7,0,0,1") == Rule(7, 0, 0, 1)
    for wrong in ("", "2", "2,14,8", "2,14,8,-1", "every", "2,14,8,12,1", "²,1,1,1"):
        with pytest.raises(ValueError, match="is no rule"):
            rule(wrong)


def test_without_backups_nothing_is_kept() -> None:
    assert kept([], MORNING) == frozenset()


@given(SETS.filter(bool), RULES, LATER)
def test_the_newest_is_never_dropped(times: frozenset[datetime], by: Rule, later: timedelta) -> None:
    assert max(times) in kept(times, MORNING + later, by)


@given(SETS, RULES, LATER)
def test_what_is_dropped_stays_dropped(times: frozenset[datetime], by: Rule, later: timedelta) -> None:
    assert kept(times, MORNING + later, by) <= kept(times, MORNING, by) <= times


@given(SETS, RULES, LATER)
def test_dropping_on_the_way_makes_no_difference_later(times: frozenset[datetime], by: Rule, later: timedelta) -> None:
    then = MORNING + later
    assert kept(kept(times, MORNING, by), then, by) == kept(times, then, by)


@given(SETS, RULES, MOMENTS)
def test_a_new_backup_brings_none_back(times: frozenset[datetime], by: Rule, new: datetime) -> None:
    assert kept(times | {new}, MORNING, by) - {new} <= kept(times, MORNING, by)


@given(SETS)
def test_a_longer_rule_keeps_no_less(times: frozenset[datetime]) -> None:
    assert kept(times, MORNING, Rule(2, 7, 4, 6)) <= kept(times, MORNING, Rule(3, 14, 8, 12))
