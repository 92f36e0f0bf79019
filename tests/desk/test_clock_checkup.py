"""The checkup of the clock side."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.desk import clock_checkup, rounds
from console.desk.desk import Desk
from console.domain.timing import ClockName, Target, Timing
from console.settings import sample_data
from console.store import agenda
from console.store.agenda import Trouble
from console.store.sight import WHOLE
from tests.builders import MORNING, a_policy
from tests.desk.conftest import Clock
from tests.desk.givens import open_case

HOUR = Target(clock=ClockName.RESPONSE, within=timedelta(hours=1), calendar="always")


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Give a desk that wants an answer within the hour."""
    return replace(desk, policy=a_policy(timing=Timing(targets=(HOUR,), warn=(50, 100))))


def damaged(desk: Desk, sql: str) -> None:
    """Do something to the database that the program never does."""
    with desk.store.write(WHOLE) as tx:
        tx.driver.execute(sql)


def test_all_is_well_where_rounds_were_made(desk: Desk) -> None:
    open_case(desk)
    rounds.make_rounds(desk)
    assert list(clock_checkup.alarms(desk)) == []
    assert list(clock_checkup.overlooked(desk)) == []
    assert clock_checkup.standing(desk.store.path, MORNING) == ("nobody keeps watch", ())
    (remark,) = clock_checkup.remarks(desk)
    assert remark.startswith("Nobody keeps watch")


def test_nobody_needs_to_watch_where_nothing_is_ahead(desk: Desk) -> None:
    assert list(clock_checkup.remarks(desk)) == []


def test_overdue_work_and_what_could_not_be_done_is_told_but_not_of_a_confidential_case(
    desk: Desk, clock: Clock
) -> None:
    ids = [open_case(desk), open_case(desk, confidential=True, ref="x", source="y")]
    with desk.store.write(WHOLE) as tx:
        agenda.leave(tx, [Trouble(case_id, "nobody is there", MORNING) for case_id in ids], MORNING)
    clock.forward(minutes=6)
    overdue, trouble = clock_checkup.alarms(desk)
    assert overdue.startswith("1 case has work overdue since")
    assert trouble == "Case 1: something due was left for later: nobody is there"
    assert len(clock_checkup.standing(desk.store.path, clock.now)[1]) == 1


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("DELETE FROM agenda", "Case 1 has no agenda, so nothing will be done for it by the clock."),
        ("UPDATE agenda SET next_at = next_at + 60000000", "Case 1 is looked at later than something is due for it."),
        ("UPDATE agenda SET next_at = NULL", "Case 1 is looked at later than something is due for it."),
        ("UPDATE \"case\" SET next_clock = 'update'", "Case 1 shows another clock than its history gives."),
    ],
)
def test_what_is_kept_and_is_not_right_is_told(sql: str, told: str, desk: Desk) -> None:
    open_case(desk)
    rounds.make_rounds(desk)
    damaged(desk, sql)
    assert list(clock_checkup.overlooked(desk)) == [told]


def test_what_is_looked_at_too_soon_is_no_fault(desk: Desk) -> None:
    open_case(desk)
    rounds.make_rounds(desk)
    damaged(desk, "UPDATE agenda SET next_at = next_at - 60000000")
    assert list(clock_checkup.overlooked(desk)) == []


def test_a_policy_with_errors_is_not_gone_by(desk: Desk) -> None:
    assert clock_checkup.desk_on(desk.store, "name = 1", "policy.toml", MORNING) is None
    text = (sample_data() / "policy.toml").read_text(encoding="utf-8")
    found = clock_checkup.desk_on(desk.store, text, "policy.toml", MORNING)
    assert found is not None
    assert found.now() == MORNING


def test_cases_that_are_still_to_be_planned_are_told_of_where_nobody_watches(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        open_case(desk)
    assert next(clock_checkup.remarks(desk)) == "When something is due is still to be worked out for 3 cases."
    monkeypatch.setattr(agenda, "COUNTED", 2)
    assert next(clock_checkup.remarks(desk)) == "When something is due is still to be worked out for 2+ cases."
    damaged(desk, "UPDATE watch SET holder = 'ada', until = 1795424420000000")
    assert list(clock_checkup.remarks(desk)) == []


def test_holidays_that_are_fetched_anew_let_every_case_be_planned_anew(desk: Desk) -> None:
    open_case(desk)
    rounds.make_rounds(desk)
    with desk.store.jot() as tx:
        agenda.forget(tx)
    assert rounds.make_rounds(desk).looked == 1
