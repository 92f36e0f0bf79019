"""One clock side at a time, whose clocks are trusted; consoles stand in for it, and everybody is told when it fails."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from console.desk import triage, watch
from console.desk.desk import Desk
from console.domain.case import CaseId
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Role
from console.domain.timing import ClockName, Target, Timing
from console.domain.watch import Reading
from console.log import Level
from console.store import agenda
from console.store.codec import micros
from console.store.engine import Store
from console.store.sight import WHOLE
from tests.builders import MORNING, a_policy, an_actor
from tests.desk.conftest import Clock
from tests.desk.givens import ADA, BO, open_case, stored

HOUR = Target(clock=ClockName.RESPONSE, within=timedelta(hours=1), calendar="always")
MINUTE = timedelta(minutes=1)


class Machine:
    """A machine whose wall clock can be set, and whose steady clock only runs."""

    def __init__(self, clock: Clock) -> None:
        """Begin with both in step."""
        self.clock, self.off, self.boot = clock, timedelta(0), "one"

    def __call__(self) -> Reading:
        """Read both clocks."""
        return Reading(self.clock.now, timedelta(days=1) + (self.clock.now - MORNING) - self.off, self.boot)

    def jump(self, by: timedelta) -> None:
        """Set the wall clock."""
        self.clock.now += by
        self.off += by


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Give a desk that wants an answer within the hour."""
    return replace(desk, policy=a_policy(timing=Timing(targets=(HOUR,), warn=(50, 100))))


@pytest.fixture
def machine(clock: Clock) -> Machine:
    """Give the machine that the desk is on."""
    return Machine(clock)


def did(desk: Desk, case_id: CaseId) -> list[str]:
    """Give what the clock side did to a case."""
    return [f"{e.kind} {e.at:%H:%M}" for e in stored(desk, case_id)[1] if e.actor.startswith("rule:")]


def test_one_keeps_watch_and_another_stands_by_until_it_falls_silent(
    desk: Desk, clock: Clock, machine: Machine
) -> None:
    assert watch.keep(desk, "one", machine).other == ""
    assert watch.keep(desk, "two", machine).other == "one"
    clock.forward(minutes=0.4)
    assert watch.keep(desk, "one", machine).other == ""
    clock.forward(minutes=0.4)
    assert watch.keep(desk, "two", machine).other == "one"
    clock.forward(minutes=0.2)

    assert watch.keep(desk, "two", machine).other == ""
    assert watch.keep(desk, "one", machine).other == "two"
    watch.leave(desk, "one")
    assert watch.keep(desk, "one", machine).other == "two"
    watch.leave(desk, "two")
    assert watch.keep(desk, "one", machine).other == ""


def test_a_dead_watcher_is_followed_within_a_minute_by_whoever_looks_twice_a_minute(desk: Desk) -> None:
    assert desk
    assert watch.HELD + timedelta(seconds=30) <= MINUTE


def test_the_watch_does_what_is_due_and_says_when_something_will_be(desk: Desk, clock: Clock, machine: Machine) -> None:
    case_id = open_case(desk)
    assert watch.keep(desk, "one", machine).next_at == MORNING + 30 * MINUTE
    clock.forward(minutes=30)
    kept = watch.keep(desk, "one", machine)
    assert [each.case.id for each in kept.rounds.done] == [case_id]
    assert kept.next_at == MORNING + 60 * MINUTE


def test_who_keeps_watch_writes_it_down_no_more_often_than_need_be(desk: Desk, clock: Clock, machine: Machine) -> None:
    watch.keep(desk, "one", machine)
    other = replace(desk, store=Store(desk.store.path))
    before = other.store.data_version()
    for _ in range(4):
        clock.forward(minutes=0.04)
        watch.keep(desk, "one", machine)
    assert other.store.data_version() == before
    clock.forward(minutes=0.1)
    watch.keep(desk, "one", machine)
    assert other.store.data_version() != before
    other.store.close()


def test_a_watch_that_is_lost_between_two_batches_is_not_gone_on_with(
    desk: Desk, clock: Clock, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [open_case(desk) for _ in range(3)]
    clock.forward(minutes=30)
    monkeypatch.setattr("console.desk.rounds.BATCH", 1)

    def pause(_: float) -> None:
        clock.forward(minutes=0.6)
        watch.stand_in(desk, "two", machine())
        watch.keep(desk, "three", machine)

    monkeypatch.setattr("console.desk.watch.time.sleep", pause)
    kept = watch.keep(desk, "one", machine)
    assert (len(kept.rounds.done), kept.rounds.is_cut) == (1, True)
    assert [len(did(desk, case_id)) for case_id in ids] == [1, 1, 1]


def test_a_console_stands_in_where_nobody_keeps_watch(desk: Desk, clock: Clock, machine: Machine) -> None:
    case_id = open_case(desk)
    assert watch.stand_in(desk, "console", machine()) is not None
    assert watch.stand_in(desk, "console", machine()) is None
    clock.forward(minutes=30)

    made = watch.stand_in(desk, "console", machine())

    assert made is not None
    assert did(desk, case_id) == ["warned 09:30"]
    assert watch.keep(desk, "two", machine).other == ""
    clock.forward(minutes=30)
    watch.keep(desk, "two", machine)
    triage.note(desk, ADA, case_id, triage.Said("hm"))
    assert watch.stand_in(desk, "console", machine()) is None


def test_a_console_that_finds_another_first_leaves_it_to_them(
    desk: Desk, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_case(desk)
    other, real = Store(desk.store.path), agenda.has_due

    def meanwhile(*asked: Any) -> bool:  # noqa: ANN401 - whatever is asked
        with other.jot() as tx:
            tx.rows("UPDATE watch SET holder = 'two', until = :until", {"until": micros(MORNING + MINUTE / 2)})
        return real(*asked)

    monkeypatch.setattr(agenda, "has_due", meanwhile)
    assert watch.stand_in(desk, "console", machine()) is None


def test_a_console_under_a_policy_that_was_replaced_leaves_it_to_others(
    desk: Desk, clock: Clock, machine: Machine
) -> None:
    old, new = desk, replace(desk, policy=replace(desk.policy, version="v2"))
    open_case(desk)
    assert watch.stand_in(old, "old", machine()) is not None
    clock.forward(minutes=1)
    assert watch.stand_in(new, "new", machine()) is not None
    clock.forward(minutes=40)
    assert watch.stand_in(old, "old", machine()) is None
    assert watch.stand_in(new, "new", machine()) is not None


@pytest.mark.parametrize("by", [timedelta(hours=-1), timedelta(days=1)])
def test_after_a_jump_nothing_is_done_until_the_clock_is_right_again(
    by: timedelta, desk: Desk, clock: Clock, machine: Machine
) -> None:
    noted: list[tuple[Level, str]] = []
    desk = replace(desk, note=lambda *told: noted.append(told))
    case_id = open_case(desk)
    watch.keep(desk, "one", machine)
    clock.forward(minutes=10)
    noted.clear()
    machine.jump(by)

    held = watch.keep(desk, "one", machine).held
    assert held is not None
    assert watch.keep(desk, "one", machine).held == held
    watch.leave(desk, "one")
    assert watch.stand_in(desk, "console", machine()) is None
    found = watch.alarm(desk)
    assert found is not None
    assert found.held == held
    assert did(desk, case_id) == []

    clock.forward(minutes=25)
    machine.jump(-by)
    assert watch.keep(desk, "one", machine).held is None
    assert did(desk, case_id) == ["warned 09:35"]
    assert watch.alarm(desk) is None
    assert noted == [
        (Level.WARNING, f"acts by the clock are held: {held.why}"),
        (Level.INFO, "acts by the clock go on"),
    ]


def test_a_clock_back_an_hour_and_right_again_makes_nothing_early_twice_or_skipped(
    desk: Desk, clock: Clock, machine: Machine
) -> None:
    case_id = open_case(desk)
    jumps = {25: -timedelta(hours=1), 40: timedelta(hours=1), 55: timedelta(hours=1), 70: -timedelta(hours=1)}
    for minute in range(1, 150):
        clock.forward(minutes=1)
        machine.jump(jumps.get(minute, timedelta(0)))
        watch.keep(desk, "one", machine)
    assert did(desk, case_id) == ["warned 09:40", "breached 10:00"]


def test_a_lead_may_say_that_the_clock_is_right(desk: Desk, machine: Machine) -> None:
    case_id = open_case(desk)
    watch.keep(desk, "one", machine)
    machine.jump(timedelta(days=1))
    assert watch.keep(desk, "one", machine).held is not None
    told: list[str] = []
    noting = replace(desk, note=lambda _, said: told.append(said))
    for nobody in (ADA, an_actor("emil", Role.AUDITOR)):
        with pytest.raises(Refused, match="Only a lead or an admin") as refused:
            watch.go(noting, nobody, machine())
        assert refused.value.code is RefusalCode.NOT_ALLOWED
    assert told == [f"denied: {name} may not let acts by the clock go on" for name in ("ada", "emil")]

    held = watch.go(noting, BO, machine())
    assert held is not None
    assert held.drift == timedelta(days=1)
    assert watch.go(noting, BO, machine()) is None
    assert told[2:] == ["acts by the clock go on: bo says that the clock is right"]
    watch.keep(desk, "one", machine)
    assert did(desk, case_id) == ["breached 10:00"]


def test_a_lease_that_reaches_further_than_one_can_is_none(desk: Desk, clock: Clock, machine: Machine) -> None:
    """The clock has jumped back: whoever kept watch may be long dead."""
    watch.keep(desk, "one", machine)
    clock.now -= timedelta(hours=1)
    assert watch.keep(desk, "two", machine).other == ""


def test_work_that_is_five_minutes_overdue_is_an_alarm(desk: Desk, clock: Clock, machine: Machine) -> None:
    open_case(desk)
    watch.keep(desk, "one", machine)
    clock.forward(minutes=34)
    assert watch.alarm(desk, ADA) is None
    clock.forward(minutes=1.1)

    found = watch.alarm(desk, ADA)

    assert found is not None
    assert (found.number, found.since, found.watcher) == (1, MORNING + 30 * MINUTE, "")
    with desk.store.jot(WHOLE) as tx:
        tx.rows("UPDATE watch SET until = :until", {"until": micros(clock.now + MINUTE / 3)})
    found = watch.alarm(desk, ADA)
    assert found is not None
    assert found.watcher == "one"
    watch.keep(desk, "one", machine)
    assert watch.alarm(desk, ADA) is None
