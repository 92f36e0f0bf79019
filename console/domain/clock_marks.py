"""Marks on clocks: when so many percent of one are used up, and which ones a change would use up at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from console.domain.calendar import ALWAYS
from console.domain.case import Case, PersonId
from console.domain.changes import changes
from console.domain.clock import Clock, SegmentKind, clocks
from console.domain.escalation import Escalation
from console.domain.events import Event, Kind
from console.domain.policy import Policy
from console.domain.timing import Timing

NOTHING = timedelta(0)
SOMEBODY = PersonId("somebody")


def mark(clock: Clock, percent: int, timing: Timing, now: datetime) -> datetime | None:
    """Give the instant at which so many percent of a running clock are used up, never early; 100 is its due time.

    None where it does not run or has nothing to keep, and for less than 100 percent that would not come before that.
    """
    if clock.due is None or clock.kind is not SegmentKind.RUN:
        return None
    if percent >= 100:  # noqa: PLR2004 - percent
        return clock.due
    begun = clock.segments[-1].start
    if clock.within is None:
        first = clock.segments[0].start
        at = max(begun, first + (clock.due - first) * percent / 100)
    else:
        calendar = timing.calendars.get(clock.calendar, ALWAYS)
        before = clock.elapsed - calendar.between(begun, now)
        at = calendar.add(begun, clock.within * percent / 100 - before)
    return at if at < clock.due else None


def breaches_at_once(
    case: Case,
    history: Sequence[Event],
    escalations: Sequence[Escalation],
    policy: Policy,
    now: datetime,
    wanted: Case,
) -> tuple[Clock, ...]:
    """Give the running clocks whose time is used up as soon as the case is as wanted, and was not before."""
    told = Event(
        case=case.id, version=case.version + 1, at=now, actor=SOMEBODY, kind=Kind.CHANGED, changes=changes(case, wanted)
    )
    before = {_named(clock) for clock in clocks(case, history, escalations, policy, now) if _is_used_up(clock)}
    after = clocks(wanted, (*history, told), escalations, policy, now)
    return tuple(clock for clock in after if _is_used_up(clock) and _named(clock) not in before)


def _is_used_up(clock: Clock) -> bool:
    return clock.kind is SegmentKind.RUN and clock.left is not None and clock.left <= NOTHING


def _named(clock: Clock) -> tuple[str, str]:
    return clock.name, clock.key
