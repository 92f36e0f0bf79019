"""Attainment at the desk: the ends of clocks in a period, of every case it touched or of every so many."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.desk import attainment, closing, triage
from console.desk.attainment import attained
from console.desk.desk import Desk
from console.domain.timing import ClockName, Target, Timing
from tests.builders import MORNING, a_policy, an_actor
from tests.desk.conftest import Clock
from tests.desk.figured import OLGA
from tests.desk.givens import open_case

HOUR = timedelta(hours=1)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Give a desk whose cases are to be finished in two hours."""
    target = Target(clock=ClockName.RESOLUTION, within=2 * HOUR, calendar="always")
    return Desk(desk.store, a_policy(timing=Timing(targets=(target,))), "text", desk.now)


def test_every_end_in_the_period_is_late_or_not(desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attainment, "AT_ONCE", 2)
    soon, late, still = (open_case(desk, title=title, severity="S2") for title in ("soon", "late", "still open"))
    clock.forward(hours=1)
    closing.resolve(desk, OLGA, soon, "done")
    clock.forward(hours=2)
    closing.resolve(desk, OLGA, late, "done")
    clock.forward(hours=1)

    found = attained(desk, OLGA, "", MORNING, clock.now)

    assert [(each.case, each.is_late, each.at) for each in found.ended] == [
        (soon, False, MORNING + HOUR), (late, True, MORNING + 3 * HOUR),
    ]  # fmt: skip
    assert found.step == 1
    assert [each.case for each in attained(desk, OLGA, "", MORNING, MORNING + 2 * HOUR).ended] == [soon]
    assert [each.case for each in attained(desk, OLGA, f"-id:{soon}", MORNING, clock.now).ended] == [late]
    assert attained(desk, OLGA, "id:0", MORNING, clock.now) == attainment.Attained((), 1)
    assert still not in {each.case for each in found.ended}


def test_of_very_many_cases_every_so_many_are_taken(desk: Desk, clock: Clock) -> None:
    ids = [open_case(desk, title=f"Case {number}", severity="S2") for number in range(5)]
    clock.forward(hours=1)
    for case_id in ids:
        closing.resolve(desk, OLGA, case_id, "done")
    clock.forward(hours=1)
    found = attained(desk, OLGA, "", MORNING, clock.now, most=2)
    assert ([each.case for each in found.ended], found.step) == ([ids[0], ids[3]], 3)


def test_clocks_of_hidden_cases_are_nobody_elses(desk: Desk, clock: Clock) -> None:
    hidden = open_case(desk, title="hidden", severity="S2")
    clock.forward(hours=1)
    closing.resolve(desk, OLGA, hidden, "done")
    triage.change(desk, OLGA, hidden, {"confidential": True})
    clock.forward(hours=1)
    assert [each.case for each in attained(desk, OLGA, "", MORNING, clock.now).ended] == [hidden]
    assert attained(desk, an_actor("bo"), "", MORNING, clock.now).ended == ()


def test_a_clock_that_ran_on_after_a_reopening_ends_once_more(desk: Desk, clock: Clock) -> None:
    case_id = open_case(desk, title="again", severity="S2")
    clock.forward(hours=1)
    closing.resolve(desk, OLGA, case_id, "done")
    closing.reopen(desk, OLGA, case_id)
    triage.wait(desk, OLGA, case_id, "vendor")
    clock.forward(hours=5)
    triage.resume(desk, OLGA, case_id)
    clock.forward(hours=2)
    closing.resolve(desk, OLGA, case_id, "done for good")
    clock.forward(hours=1)

    found = attained(desk, OLGA, "", MORNING, clock.now)

    assert [(each.at, each.is_late) for each in found.ended] == [
        (MORNING + HOUR, False), (MORNING + 8 * HOUR, True),
    ]  # fmt: skip
