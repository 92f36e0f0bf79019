"""Intervals: what of a clock counted and what did not, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from console.domain.calendar import ALWAYS, Calendar
from console.domain.clock import Clock, Segment, SegmentKind
from console.domain.policy import Policy

CLOSED = "closed hours"
"""Why nothing counts at night or over lunch, on a day that has hours."""

MOST_DAYS = 4
"""So many days without hours are named one by one."""


@dataclass(frozen=True, slots=True)
class Interval:
    """One interval of a clock; `end` is None while it lasts, `why` is empty where it counts."""

    start: datetime
    end: datetime | None
    why: str = ""

    @property
    def counts(self) -> bool:
        """Say whether time counted."""
        return not self.why

    def length(self, now: datetime) -> timedelta:
        """Give how long it was, or has lasted until now."""
        return (self.end or max(now, self.start)) - self.start


Names = Mapping[str, Mapping[date, str]]
"""What the public holidays of each region are called."""


def intervals(clock: Clock, policy: Policy, now: datetime, names: Names = MappingProxyType({})) -> tuple[Interval, ...]:
    """Give every interval of a clock until now, oldest first, without gaps; what came after it was closed is left out.

    The counted ones add up to what has elapsed. Holidays that have no name are called by their date.
    """
    found: list[Interval] = []
    for segment in clock.segments:
        if segment.kind is SegmentKind.RUN:
            calendar = policy.timing.calendars.get(segment.calendar, ALWAYS)
            found += _run(segment, calendar, now, names.get(calendar.region, {}))
        elif segment.kind is SegmentKind.PAUSE:
            found.append(Interval(segment.start, segment.end, segment.cause or "paused"))
    return tuple(_joined(found))


def _run(segment: Segment, calendar: Calendar, now: datetime, names: Mapping[date, str]) -> list[Interval]:
    """Split a segment in which the clock ran into what its calendar counts and what lies between."""
    at, until = segment.start, segment.end or max(now, segment.start)
    found: list[Interval] = []
    for start, end in calendar.stretches(at, until):
        if at < start:
            found.append(Interval(at, start, closed_because(calendar, at, start, names)))
        found.append(Interval(start, end))
        at = end
    if at < until or not found:
        is_counted = not found and at == until and calendar.is_open(at)
        found.append(Interval(at, until, "" if is_counted else closed_because(calendar, at, until, names)))
    if segment.end is None:
        found[-1] = replace(found[-1], end=None)
    return found


def _joined(found: list[Interval]) -> list[Interval]:
    """Join neighbours of a kind, as a change of severity leaves them; those without length are left out."""
    joined: list[Interval] = []
    for each in found:
        if joined and joined[-1].end == each.start and joined[-1].why == each.why:
            joined[-1] = replace(joined[-1], end=each.end)
        elif each.end is None or each.end > each.start:
            joined.append(each)
    return joined


def closed_because(
    calendar: Calendar, start: datetime, end: datetime, names: Mapping[date, str] = MappingProxyType({})
) -> str:
    """Say why a calendar counts nothing between two instants: the days that have no hours, else the time of day."""
    zone = ZoneInfo(calendar.zone)
    first, last = start.astimezone(zone).date(), max(start, end - timedelta.resolution).astimezone(zone).date()
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    shut = [day for day in days if not calendar.hours(day)]
    if not shut:
        return CLOSED
    holidays = [day for day in shut if day in calendar.holidays and day not in calendar.exceptions]
    others = [day for day in shut if day not in holidays]
    told = [f"closed: {_listed([_day_named(calendar, day) for day in others])}"] if others else []
    told += [f"holiday: {_listed([names.get(day, _dated(day)) for day in holidays])}"] if holidays else []
    return "; ".join(told)


def _day_named(calendar: Calendar, day: date) -> str:
    """Name a day without hours: by its weekday, or by its date where the policy closes just that one."""
    return _dated(day) if day in calendar.exceptions else f"{day:%A}"


def _dated(day: date) -> str:
    return f"{day.day} {day:%b}"


def _listed(names: list[str]) -> str:
    """List days, in part where they are many."""
    each = list(dict.fromkeys(names))
    return ", ".join(each[:MOST_DAYS]) + (", …" if len(each) > MOST_DAYS else "")
