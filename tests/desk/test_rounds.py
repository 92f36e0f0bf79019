"""Rounds do what is due by the plan: once, in order, whatever else goes wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.desk import rounds
from console.desk.desk import Desk
from console.domain.events import Kind
from console.domain.timing import ClockName, Target, Timing
from console.store import firings
from console.store.sight import WHOLE
from tests.builders import a_policy
from tests.desk.conftest import Clock
from tests.desk.givens import open_case, stored

HOUR = Target(clock=ClockName.RESPONSE, within=timedelta(hours=1), calendar="always")
POLICY = a_policy(timing=Timing(targets=(HOUR,)))


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Give a desk whose policy wants an answer within the hour."""
    return replace(desk, policy=POLICY)


def kinds(desk: Desk, case_id: int) -> list[tuple[Kind, str]]:
    """Give what history says of a case: kind and time."""
    return [(event.kind, f"{event.at:%H:%M}") for event in stored(desk, case_id)[1]]


def test_a_clock_that_runs_out_is_warned_of_and_breached_once(desk: Desk, clock: Clock) -> None:
    case_id = open_case(desk)
    print(rounds.make_rounds(desk))
    for _ in range(9):
        clock.forward(minutes=15)
        print(rounds.make_rounds(desk))
    print(kinds(desk, case_id))
    with desk.store.read(WHOLE) as tx:
        print(tx.rows("select * from agenda"), firings.of_case(tx, case_id))
