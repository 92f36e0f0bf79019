"""Cases that flip between two policies, for the better or the worse."""

from __future__ import annotations

import pytest

from console.domain import flipped
from console.domain.flipped import Flip, Flips, Turn, Way, turn
from console.domain.replay import Replay
from tests.builders import MORNING, a_case, at
from tests.domain.test_backtest import NETWORK, a_replay

FOUND, LATE = a_replay(would=MORNING, went=at(hours=1)), a_replay(would=at(hours=2), went=at(hours=1))
MISSED, ELSEWHERE = a_replay(went=at(hours=1)), a_replay(would=MORNING, went=at(hours=1), to=NETWORK)
IN_VAIN, SPARED = a_replay(would=MORNING, needed=False), a_replay(needed=False)
OPEN, SENT = a_replay(), a_replay(would=MORNING)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (MISSED, FOUND, Turn.BETTER),
        (MISSED, LATE, Turn.BETTER),
        (FOUND, MISSED, Turn.WORSE),
        (IN_VAIN, SPARED, Turn.BETTER),
        (SPARED, IN_VAIN, Turn.WORSE),
        (FOUND, ELSEWHERE, Turn.ELSEWHERE),
        (OPEN, SENT, Turn.UNSETTLED),
    ],
)
def test_a_flip_is_for_the_better_where_it_is_closer_to_what_was_needed(
    one: Replay, other: Replay, expected: Turn
) -> None:
    assert turn(one, other) is expected


def test_flips_are_counted_and_the_first_of_each_turn_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flipped, "MOST", 1)
    found, case = Flips(), a_case(id=7, title="Disk full")

    for one, other in ((MISSED, FOUND), (SPARED, IN_VAIN), (MISSED, LATE), (FOUND, FOUND)):
        found.add(case, one, other)

    assert (found.number, found.counts) == (3, {Turn.BETTER: 2, Turn.WORSE: 1})
    assert found.says == "3 cases would go another way under the draft: 2 better, 1 worse."
    assert Flips().says == "No case would go another way under the draft."
    handled, up = (
        Way("handle", MORNING, "3 of 12, threshold 6"),
        Way("up to 2/database", MORNING, "3 of 12, threshold 6"),
    )
    assert found.kept == [
        Flip(case.id, "Disk full", handled, up, "needed", Turn.BETTER),
        Flip(case.id, "Disk full", handled, up, "handled", Turn.WORSE),
    ]


def test_cases_that_may_not_be_seen_any_more_are_neither_kept_nor_counted() -> None:
    found = Flips()
    for number in (1, 2):
        found.add(a_case(id=number), MISSED, FOUND)

    found.keep_only({a_case(id=2).id})

    assert [each.case for each in found.kept] == [2]
    assert found.number == 1
