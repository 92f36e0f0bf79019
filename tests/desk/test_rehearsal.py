"""A rehearsal says what would happen until a time, and does nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from console.desk import rehearsal, rounds
from console.desk.desk import Desk
from console.domain.case import CaseId
from console.domain.errors import Refused
from console.domain.timing import ClockName, Count, Ladder, LadderStep, Target, Timing
from tests.builders import MORNING, a_policy
from tests.desk.conftest import Clock
from tests.desk.givens import ADA, escalate, open_case, stored

MINUTE = timedelta(minutes=1)
STEPS = tuple(LadderStep(to=("ada",), after=10 * MINUTE, count=Count.WALL) for _ in range(2))
TIMING = Timing(
    targets=(Target(clock=ClockName.RESPONSE, within=60 * MINUTE, calendar="always"),),
    warn=(50, 100),
    ladders=(Ladder(id="up", steps=STEPS),),
)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Give a desk that wants an answer within the hour."""
    return replace(desk, policy=a_policy(timing=TIMING))


def played(desk: Desk, until: datetime) -> list[tuple[int, CaseId, str]]:
    """Give what would happen: minutes from nine, case, kind."""
    found = []
    for at, made in rehearsal.rehearse(desk, until):
        found += [((at - MORNING) // MINUTE, each.case.id, each.event.kind.value) for each in made.done]
    return found


def test_a_rehearsal_tells_each_moment_in_order_and_leaves_everything_as_it_was(desk: Desk, clock: Clock) -> None:
    first = open_case(desk)
    clock.forward(minutes=5)
    second = open_case(desk)
    before = [stored(desk, case_id) for case_id in (first, second)]
    files = sorted(path.name for path in desk.store.path.parent.iterdir())

    found = played(desk, MORNING + 62 * MINUTE)

    assert found == [(30, first, "warned"), (35, second, "warned"), (60, first, "breached")]
    assert [stored(desk, case_id) for case_id in (first, second)] == before
    assert sorted(path.name for path in desk.store.path.parent.iterdir()) == files
    assert rounds.make_rounds(desk).done == ()


def test_what_is_rehearsed_is_what_then_happens(desk: Desk, clock: Clock) -> None:
    for _ in range(3):
        escalate(desk, ADA, open_case(desk))
        clock.forward(minutes=7)
    until = MORNING + timedelta(hours=4)
    foretold = played(desk, until)

    happened = []
    while clock.now <= until:
        made = rounds.make_rounds(desk)
        happened += [((clock.now - MORNING) // MINUTE, each.case.id, each.event.kind.value) for each in made.done]
        clock.forward(minutes=1)

    assert happened == foretold
    assert {kind for *_, kind in foretold} >= {"engaged", "breached"}


def test_many_at_a_time_are_played_in_batches_that_wait_for_nobody(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [open_case(desk) for _ in range(3)]
    monkeypatch.setattr(rounds, "BATCH", 1)
    assert sorted(case for _, case, _ in played(desk, MORNING + 30 * MINUTE)) == ids


def test_what_is_late_goes_one_level_at_a_time_though_it_is_all_due(desk: Desk, clock: Clock) -> None:
    escalate(desk, ADA, open_case(desk))
    clock.forward(hours=5)
    kinds = [kind for *_, kind in played(desk, clock.now + 11 * MINUTE)]
    assert kinds.count("engaged") == 2


def test_a_time_that_has_passed_cannot_be_rehearsed(desk: Desk) -> None:
    with pytest.raises(Refused, match="has passed"):
        played(desk, MORNING - MINUTE)
