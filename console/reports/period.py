"""Periods: cut into days, weeks or months of the desk's own calendar, so that a report has few enough rows to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

MOST_DAYS = 15
MOST_WEEKS = 18
"""Up to so many are shown one by one."""


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a period: the word it is asked for by, its name for people, when it begins and ends."""

    key: str
    name: str
    start: datetime
    end: datetime


def steps(since: datetime, until: datetime, zone: str) -> tuple[Step, ...]:
    """Give the days, weeks or months of a period, whichever are few enough; the first and last may be cut short."""
    local = ZoneInfo(zone)
    length = until - since
    unit = (
        "day" if length <= timedelta(days=MOST_DAYS) else "week" if length <= timedelta(weeks=MOST_WEEKS) else "month"
    )
    found, start = [], since
    while start < until:
        begun = _begun(start.astimezone(local), unit)
        end = min(_next(begun, unit).astimezone(UTC), until)
        found.append(Step(_key(begun, unit), _name(begun, unit), start, end))
        start = end
    return tuple(found)


def _begun(at: datetime, unit: str) -> datetime:
    """Give when the day, week or month of a local time began."""
    day = at.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if unit == "month" else day


def _next(begun: datetime, unit: str) -> datetime:
    """Give when the next one begins; local days have their length by the clock on the wall."""
    if unit == "month":
        return (begun + timedelta(days=31)).replace(day=1)
    return begun + timedelta(days=7 if unit == "week" else 1)


def _key(begun: datetime, unit: str) -> str:
    return f"{begun:%Y-%m}" if unit == "month" else f"{begun:%G-W%V}" if unit == "week" else f"{begun:%Y-%m-%d}"


def _name(begun: datetime, unit: str) -> str:
    if unit == "month":
        return f"{begun:%b %Y}"
    return f"week of {begun.day} {begun:%b}" if unit == "week" else f"{begun:%a} {begun.day} {begun:%b}"
