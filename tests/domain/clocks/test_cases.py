"""The table of worked cases: the fold says what is expected, and so does a counter of minutes that shares nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from console.domain.clock import Clock, clocks, pressed
from console.domain.clock_marks import breaches_at_once, mark
from console.domain.policy import Policy
from tests.builders import a_policy
from tests.domain.clocks.happenings import happen
from tests.domain.clocks.history import Desk, desk_until, read_facts, timing_of
from tests.domain.clocks.minutes import Counter
from tests.domain.clocks.table import Worked, lasting, read, shown
from tests.figures import counted

CALENDARS, CASES = read()
NAMES = [f"line {each.number}: {each.title}" for each in CASES]


KINDS = {"run": "runs", "pause": "paused", "closed": "closed"}
"""How the table calls what a clock does."""


def test_the_table_is_as_long_as_it_says() -> None:
    assert len(CASES) >= 200
    assert len({each.title for each in CASES}) == len(CASES)


@pytest.mark.parametrize("worked", CASES, ids=NAMES)
def test_a_case_is_as_worked_out(worked: Worked) -> None:
    policy = a_policy(timing=timing_of(worked, CALENDARS))
    seen = 0
    for number, line in enumerate(worked.lines):
        if line.is_expected:
            before = Worked(worked.title, worked.number, worked.goals, worked.lines[:number], worked.since)
            desk = desk_until(before, CALENDARS)
            for wanted in line.says.split(";"):
                assert expected(desk, policy, line.at, wanted.split()) == "", f"at {line.says!r}"
                seen += 1
    assert seen
    counted(8, "worked cases of clocks, by hand", 1, "as worked out, 0 wrong")


@pytest.mark.parametrize(
    "worked", [each for each in CASES if not each.is_by_hand], ids=lambda each: f"line {each.number}"
)
def test_a_counter_of_minutes_agrees(worked: Worked) -> None:
    policy = a_policy(timing=timing_of(worked, CALENDARS))
    counter = Counter(worked, CALENDARS, worked.lines[0].at)
    for number, line in enumerate(worked.lines):
        if not line.is_expected:
            happen(counter, line)
            continue
        counter.until(line.at)
        before = Worked(worked.title, worked.number, worked.goals, worked.lines[:number])
        desk = desk_until(before, CALENDARS)
        found = clocks(desk.case, desk.history, tuple(desk.moves.values()), policy, line.at)
        by_minutes = [(hand.name, counter.told(hand)) for hand in counter.hands if hand.was_kept]
        assert sorted(map(plainly, found)) == sorted((name, *told.values()) for name, told in by_minutes), line.says
    counted(8, "the same against a counter of minutes", 1, "agree, 0 do not")


def plainly(clock: Clock) -> tuple[Any, ...]:
    """Give a clock as the counter tells of one."""
    state = {"pause": "paused"}.get(clock.kind.value, clock.kind.value)
    return clock.name.value, state, clock.elapsed, clock.missed, clock.due, clock.left


def expected(desk: Desk, policy: Policy, at: datetime, words: list[str]) -> str:
    """Say what is not as expected, or nothing."""
    case, moves = desk.case, tuple(desk.moves.values())
    found = clocks(case, desk.history, moves, policy, at)
    match words:
        case ["none", name]:
            return "" if not any(each.name == name for each in found) else f"there is a clock {name}"
        case ["presses", *rest]:
            return _pressing(desk, policy, rest)
        case ["at-once", facts, *names]:
            wanted = _wanted(desk, facts)
            used_up = breaches_at_once(case, desk.history, moves, policy, at, wanted)
            said = [each.name.value for each in used_up] or ["nothing"]
            return "" if said == names else f"at once: {said}"
    name, _, place = words[0].partition("#")
    of_name = [each for each in found if each.name == name]
    if not of_name:
        return f"there is no clock {name}"
    clock = of_name[int(place or 0) - 1]
    return _clock(clock, desk, policy, at, words[1:])


def _clock(clock: Clock, desk: Desk, policy: Policy, at: datetime, words: list[str]) -> str:
    """Compare one clock with the words of the table."""
    told = _told(clock, desk)
    for part in _parts(" ".join(words)):
        name, _, value = part.partition(" ")
        if not value:
            told[name], value = KINDS[clock.kind], name
        elif name.endswith("%"):
            reached = mark(clock, int(name[:-1]), policy.timing, at)
            told[name] = shown(reached, desk.zone) if reached else "never"
        if told.get(name, "none") != value:
            return f"{name} is {told.get(name, 'none')}, not {value}"
    return ""


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _told(clock: Clock, desk: Desk) -> dict[str, str]:
    told: dict[str, str] = {}
    times: Mapping[str, datetime | None] = {"due": clock.due, "missed": clock.missed, "breached": clock.breached_at}
    spans: Mapping[str, timedelta | None] = {"left": clock.left, "elapsed": clock.elapsed, "within": clock.within}
    told |= {name: shown(time, desk.zone) for name, time in times.items() if time is not None}
    told |= {name: lasting(size) for name, size in spans.items() if size is not None}
    return told | {"key": clock.key}


def _pressing(desk: Desk, policy: Policy, words: list[str]) -> str:
    found = pressed(desk.case, desk.history, tuple(desk.moves.values()), policy)
    told = f"{found.name} due {shown(found.due, desk.zone)}" if found.due else ""
    told = told or (f"{found.name} left {lasting(found.left)}" if found.left is not None else "nothing")
    return "" if told == " ".join(words) else f"{told} presses"


def _wanted(desk: Desk, facts: str) -> Any:  # noqa: ANN401 - a case
    from dataclasses import replace

    return replace(desk.case, **read_facts(facts, desk.zone))
