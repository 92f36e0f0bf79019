"""Periods: cut into days, weeks, months or years of the desk's own calendar, so that a report has few enough rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

LONGEST = {"day": timedelta(days=15), "week": timedelta(weeks=18), "month": timedelta(days=31 * 18)}
"""The longest period that is cut into each; a longer one is cut into years."""
DAYS = {"day": 1, "week": 7, "month": 31, "year": 366}
"""How many days at most one of each has."""
KEYS = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m", "year": "%Y"}


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a period: the word it is asked for by, its name for people, when it begins and ends."""

    key: str
    name: str
    start: datetime
    end: datetime


def steps(since: datetime, until: datetime, zone: str) -> tuple[Step, ...]:
    """Give the parts of a period, of whichever unit they are few enough; the first and last may be cut short."""
    local = ZoneInfo(zone)
    unit = next((unit for unit, most in LONGEST.items() if until - since <= most), "year")
    found, start = [], since
    while start < until:
        begun = _begun(start.astimezone(local), unit)
        following = _begun(begun + timedelta(days=DAYS[unit]), unit)
        end = min(following.astimezone(UTC), until)
        found.append(Step(begun.strftime(KEYS[unit]), _name(begun, unit), start, end))
        start = end
    return tuple(found)


def _begun(at: datetime, unit: str) -> datetime:
    """Give when the day, week, month or year of a local time began, by the clock on the wall."""
    day = at.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    match unit:
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "year":
            return day.replace(month=1, day=1)
    return day


def _name(begun: datetime, unit: str) -> str:
    day = f"{begun.day} {begun:%b}"
    match unit:
        case "week":
            return f"week of {day}"
        case "month":
            return f"{begun:%b %Y}"
        case "year":
            return f"{begun:%Y}"
    return f"{begun:%a} {day}"
