"""Calendars for people to read, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from console.domain.calendar import Calendar, Opening

WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
AHEAD = timedelta(days=366)
"""How far ahead holidays and exceptions are listed."""


def page(calendar: Calendar, names: Mapping[date, str], now: datetime) -> Iterator[str]:
    """Give one calendar: whether it is open now, its week, and the days ahead that are not as usual."""
    if calendar.is_always:
        yield f"{calendar.id}  round the clock"
        return
    yield f"{calendar.id}  {calendar.zone}  {standing(calendar, now)}"
    for names_of_days, hours in _week(calendar):
        yield f"  {names_of_days:<10}{hours}"
    for day, told in _unusual(calendar, names, now):
        yield f"  {day:%a} {day}  {told}"


def standing(calendar: Calendar, now: datetime) -> str:
    """Say whether a calendar is open, and until or from when, in its own time."""
    zone = ZoneInfo(calendar.zone)
    if not calendar.is_open(now):
        return f"closed until {calendar.opens(now).astimezone(zone):%a %H:%M}"
    _, closes = next(calendar.stretches(now, now + timedelta(days=8)))
    return f"open until {closes.astimezone(zone):%a %H:%M}"


def on(calendar: Calendar, names: Mapping[date, str], day: date) -> str:
    """Say what counts on one day, and why."""
    hours = "round the clock" if calendar.is_always else written(calendar.hours(day))
    return f"{calendar.id}  {day:%a} {day}  {hours}{_because(calendar, names, day)}"


def day_form(calendar: Calendar, names: Mapping[date, str], day: date) -> dict[str, Any]:
    """Give what counts on one day as JSON."""
    hours = ["00:00-24:00"] if calendar.is_always else _spans(calendar.hours(day))
    holiday = names.get(day, "") if day in calendar.holidays else ""
    is_exception = day in calendar.exceptions and not calendar.is_always
    return {
        "id": calendar.id, "day": day.isoformat(), "hours": hours, "holiday": holiday, "exception": is_exception,
    }  # fmt: skip


def form(calendar: Calendar, names: Mapping[date, str], now: datetime) -> dict[str, Any]:
    """Give one calendar as JSON."""
    week = {} if calendar.is_always else dict(zip(WEEKDAYS, map(_spans, calendar.week), strict=True))
    return {
        "id": calendar.id, "always": calendar.is_always, "zone": calendar.zone, "open": calendar.is_open(now),
        "opens": calendar.opens(now).isoformat(), "week": week, "region": calendar.region,
        "holidays": [{"day": day.isoformat(), "name": names[day]} for day in sorted(names)],
        "exceptions": {day.isoformat(): _spans(hours) for day, hours in sorted(calendar.exceptions.items())},
    }  # fmt: skip


def written(hours: tuple[Opening, ...]) -> str:
    """Write the hours of a day: `08:00-12:30, 13:15-18:00`, or `closed`."""
    return ", ".join(_spans(hours)) or "closed"


def _spans(hours: tuple[Opening, ...]) -> list[str]:
    return [f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in hours]


def _week(calendar: Calendar) -> Iterator[tuple[str, str]]:
    """Give the days of the week, those with the same hours one after the other as one line."""
    start = 0
    for day in range(1, len(WEEKDAYS) + 1):
        if day == len(WEEKDAYS) or calendar.week[day] != calendar.week[start]:
            last = day - 1
            named = WEEKDAYS[start] if start == last else f"{WEEKDAYS[start]}-{WEEKDAYS[last]}"
            yield named, written(calendar.week[start])
            start = day


def _unusual(calendar: Calendar, names: Mapping[date, str], now: datetime) -> Iterator[tuple[date, str]]:
    """Give the days ahead that are not as their weekday: holidays and exceptions."""
    today = now.astimezone(ZoneInfo(calendar.zone)).date()
    for day in sorted({*calendar.holidays, *calendar.exceptions}):
        if today <= day < today + AHEAD and calendar.hours(day) != calendar.week[day.weekday()]:
            yield day, written(calendar.hours(day)) + _because(calendar, names, day)


def _because(calendar: Calendar, names: Mapping[date, str], day: date) -> str:
    if day in calendar.exceptions:
        return "  (exception)"
    return f"  ({names.get(day, 'holiday')})" if day in calendar.holidays and not calendar.is_always else ""
