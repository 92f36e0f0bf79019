"""What clocks make due: a warning at fractions of a target, and the breach at its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from console.domain.actions import Action, Does
from console.domain.clock import Clock, SegmentKind
from console.domain.events import Plain
from console.domain.look import Coming, Look, responsible
from console.domain.recipients import Recipients
from console.domain.timing import ClockName, Timing
from console.domain.words import listed

FULL = 100
"""The percent at which a target is used up: the breach itself."""


def coming_by_clocks(seen: Look) -> Iterator[Coming]:
    """Give the breach and the next warning of every clock that has not been breached.

    A due time that passed unnoticed before its clock was closed is a breach all the same, of which nobody is told.
    Of warnings that are overdue only the highest is due. Fixed dates warn by the time from the clock's start to them. A
    policy without targets has no clocks to warn of: what is late then only lists say.
    """
    for clock in seen.clocks if seen.policy.timing.targets else ():
        at = clock.missed or clock.due
        if at is None or clock.breached_at is not None:
            continue
        yield Coming(at, Does.BREACH, partial(_breach, seen, clock, at))
        if clock.due is not None and at > seen.now:
            yield from _warnings(seen, clock, clock.due)


def reached_at(clock: Clock, percent: int, timing: Timing, now: datetime) -> datetime:
    """Give when so much of a running clock's target is used up; of a fixed date, of the time to it from the start."""
    first, last = clock.segments[0], clock.segments[-1]
    if clock.fixed is not None:
        calendar = timing.calendar_of(first.calendar)
        return calendar.add(first.start, calendar.between(first.start, clock.fixed) * percent / FULL)
    calendar = timing.calendar_of(last.calendar)
    before = clock.elapsed - calendar.between(last.start, now)
    share = (clock.within or timedelta(0)) * percent / FULL
    return calendar.add(last.start, max(share - before, timedelta(0)))


def _warnings(seen: Look, clock: Clock, due: datetime) -> Iterator[Coming]:
    said = max((percent for percent, value in clock.warned if value == due), default=0)
    overdue: list[tuple[datetime, int]] = []
    for percent in sorted(each for each in seen.policy.timing.warn if said < each < FULL):
        at = reached_at(clock, percent, seen.policy.timing, seen.now)
        if at <= seen.now:
            overdue.append((at, percent))
        else:
            yield Coming(at)
    if overdue:
        at, percent = overdue[-1]
        skipped = tuple(each for _, each in overdue[:-1])
        yield Coming(at, Does.WARN, partial(_warn, seen, clock, (at, percent), skipped))


def _breach(seen: Look, clock: Clock, due: datetime) -> Action:
    people = Recipients() if clock.kind is SegmentKind.CLOSED else _with_manager(seen, clock)
    return Action(
        does=Does.BREACH, source=f"clock:{clock.name}", says=f"record that the {clock.name} clock ran out",
        deadline=due, step=FULL, due=due, why=f"its {clock.name} clock is due", to=people.people,
        outside=people.outside, absent=people.absent, detail=_named(clock), policy=seen.policy.version,
    )  # fmt: skip


def _warn(seen: Look, clock: Clock, reached: tuple[datetime, int], skipped: tuple[int, ...]) -> Action:
    at, percent = reached
    people = seen.told(*_keepers(seen, clock))
    passed: dict[str, Plain] = {"skipped": [*skipped]} if skipped else {}
    also = f", and {listed(f'{each} %' for each in skipped)} before" if skipped else ""
    return Action(
        does=Does.WARN, source=f"clock:{clock.name}", says=f"warn that {percent} % of the {clock.name} clock is used",
        deadline=clock.due or at, step=percent, due=at, why=f"{percent} % of its {clock.name} clock is used{also}",
        to=people.people, outside=people.outside, absent=people.absent, policy=seen.policy.version,
        detail={**_named(clock), "percent": percent, **passed},
    )  # fmt: skip


def _named(clock: Clock) -> dict[str, Plain]:
    return {"clock": clock.name.value, "key": clock.key}


def _keepers(seen: Look, clock: Clock) -> tuple[tuple[str, ...], ...]:
    """Give who is to keep a clock: who was asked for an acceptance, else whom the case is with."""
    asked = clock.name is ClockName.ACCEPTANCE and seen.case.escalation is not None
    return (("receiver",), ("team",)) if asked else responsible(seen.case)


def _with_manager(seen: Look, clock: Clock) -> Recipients:
    """Give who is told of a breach: who was to keep the clock, and the manager of the team."""
    keepers, above = seen.told(*_keepers(seen, clock)), seen.told(("manager",))
    return Recipients(
        people=tuple(dict.fromkeys((*keepers.people, *above.people))),
        outside=tuple(dict.fromkeys((*keepers.outside, *above.outside))),
        absent=tuple(dict.fromkeys((*keepers.absent, *above.absent))),
    )
