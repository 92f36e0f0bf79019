"""A back-test counts what a policy would have done, against what happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from console.domain.backtest import Load, Tally, flips, is_night
from console.domain.calendar import Calendar
from console.domain.case import CaseId
from console.domain.checklist import Factor
from console.domain.happened import Fate, Happened, Rise
from console.domain.matrix import Target
from console.domain.notify import Notify
from console.domain.recommendation import Advice, Verdict
from console.domain.replay import Judged, Replay, Result, Would
from tests.builders import MORNING, a_case, a_policy, at

DATABASE, NETWORK = Target(2, "database"), Target(2, "network")
POLICY = a_policy()


def judged(low: int, ask: Factor | None = None) -> Judged:
    """Give a recommendation with this score."""
    return Judged(MORNING, Advice(verdict=Verdict.HANDLE, low=low, high=low, threshold=6, ask=ask), a_case())


def a_replay(
    *,
    would: datetime | None = None,
    went: datetime | None = None,
    needed: bool | None = None,
    score: int = 3,
    to: Target = DATABASE,
    ask: Factor | None = None,
) -> Replay:
    """Give a case that would have gone up at one time and went up at another; one that went up needed it."""
    rise = Rise(went, DATABASE, Fate.NEEDED) if went else None
    past = Happened(needed=True if went else needed, rise=rise, shown=went)
    return Replay(CaseId(7), "v1", judged(score), judged(score, ask), Would(would, to) if would else None, past)


def tallied(*found: Replay) -> Tally:
    """Count cases."""
    tally = Tally(POLICY)
    for each in found:
        tally.add(each)
    return tally


def test_results_are_counted_against_what_happened() -> None:
    tally = tallied(
        a_replay(would=at(minutes=10), went=at(hours=3)),
        a_replay(would=at(minutes=10), went=at(minutes=20)),
        a_replay(would=at(hours=3), went=at(hours=2)),
        a_replay(went=at(hours=2)),
        a_replay(would=at(hours=1), needed=False),
        a_replay(needed=False),
        a_replay(would=at(hours=1)),
    )

    assert tally.results == {
        Result.FOUND: 2, Result.LATE: 1, Result.MISSED: 1, Result.UNNECESSARY: 1, Result.SPARED: 1, Result.UNSETTLED: 1,
    }  # fmt: skip
    assert (tally.cases, tally.sooner) == (7, 1)
    precision, recall = tally.precision, tally.recall
    assert precision is not None
    assert recall is not None
    assert (precision.value, precision.of, recall.value, recall.of) == (0.75, 4, 0.5, 4)


def test_without_cases_there_is_nothing_to_tell() -> None:
    tally = tallied()

    assert (tally.precision, tally.recall, tally.ranking.auc(), tally.loads) == (None, None, None, [])


def test_cases_are_ranked_by_their_first_score() -> None:
    tally = tallied(a_replay(went=MORNING, score=9), a_replay(needed=False, score=1), a_replay(score=20))

    measure = tally.ranking.auc()

    assert measure is not None
    assert (measure.value, measure.of) == (1.0, 2)


def test_an_open_question_is_counted_where_it_left_the_case_below() -> None:
    tally = tallied(
        a_replay(ask=Factor.SCOPE), a_replay(ask=Factor.SCOPE, would=MORNING), a_replay()
    )  # fmt: skip

    assert tally.asked == 1


def test_load_is_told_by_team_and_day() -> None:
    tally = tallied(
        *[a_replay(would=at(minutes=each)) for each in range(3)], a_replay(would=at(days=1)),
        a_replay(would=at(days=2), to=NETWORK),
    )  # fmt: skip

    assert tally.loads == [
        Load("2/database", 4, 2.0, 3, MORNING.date()),
        Load("2/network", 1, 1.0, 1, at(days=2).date()),
    ]


@pytest.mark.parametrize(("hour", "expected"), [(9, False), (21.9, False), (22, True), (3, True), (6, False)])
def test_without_quiet_hours_it_is_night_from_ten_to_six(hour: float, *, expected: bool) -> None:
    assert is_night(POLICY, at(hours=hour - 9)) is expected


def test_the_quiet_hours_of_the_policy_count() -> None:
    notify = Notify(hours=Calendar("hours", "UTC", (((9 * 60, 12 * 60),),) * 7), zone="Asia/Tokyo")
    policy = replace(POLICY, notify=notify)

    assert not is_night(policy, at(hours=2))
    assert is_night(policy, at(hours=4))


def test_what_would_have_come_at_night_is_counted() -> None:
    assert tallied(a_replay(would=at(hours=18)), a_replay(would=at(hours=1)), a_replay()).at_night == 1


def test_a_case_flips_where_policies_would_have_done_another_thing() -> None:
    up, elsewhere, down = a_replay(would=MORNING), a_replay(would=MORNING, to=NETWORK), a_replay()

    assert flips(up, down)
    assert flips(down, up)
    assert flips(up, elsewhere)
    assert not flips(up, a_replay(would=at(days=1)))
    assert not flips(down, down)
