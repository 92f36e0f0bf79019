"""The `[calendar.ID]` tables of a policy file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, time
from itertools import pairwise
from types import MappingProxyType
from zoneinfo import ZoneInfo, available_timezones

from console.domain.calendar import ALWAYS, Calendar, Opening, Week
from console.domain.errors import Refused
from console.domain.hours import DAYS, Span, spans
from console.domain.toml_table import Table, nearest

_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
_REGION = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,6})?")
_CLOCK = re.compile(r"(\d{2}):(\d{2})-(\d{2}):(\d{2})")
_DAY_END = 24 * 60


def calendars_of(root: Table) -> Mapping[str, Calendar]:
    """Read the calendars by their ids; `always` is there without being named."""
    found = {ALWAYS.id: ALWAYS}
    for name, table in root.tables("calendar", required=False):
        if name == ALWAYS.id:
            table.note("The calendar 'always' is there already; give this one another name.")
        elif not _ID.fullmatch(name):
            table.note(f"'{name}' is not an id; use small letters a to z, digits, '-' and '_'.")
        else:
            found[name] = _calendar(name, table)
    return MappingProxyType(found)


def _calendar(name: str, table: Table) -> Calendar:
    is_always = table.values.get("hours") == "always"
    calendar = Calendar(
        name,
        zone=_zone(table),
        week=() if is_always else _week(table),
        region=_region(table),
        exceptions=MappingProxyType(dict(_exceptions(table))),
        is_always=is_always,
    )
    table.asked["hours"] = None
    table.done()
    return calendar


def _zone(table: Table) -> str:
    """Read an IANA time zone."""
    zone = table.text("zone", "UTC")
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, KeyError):
        table.note(f"There is no time zone '{zone}'; {nearest(zone, sorted(available_timezones()))}", "zone")
        return "UTC"
    return zone


def _week(table: Table) -> Week:
    """Read the hours of the week; those of one day must not overlap."""
    days: list[list[Opening]] = [[] for _ in DAYS]
    for place, text in enumerate(table.texts("hours", required=True)):
        for span in _spans(table, text, place):
            opening = _minutes(span.start), _DAY_END if span.end is None else _minutes(span.end)
            for day in span.days:
                if any(opening[0] < closes and opens < opening[1] for opens, closes in days[day]):
                    table.note(f"These hours overlap others on {DAYS[day]}.", "hours", place)
                days[day].append(opening)
    if table.values.get("hours") == []:
        table.note('This calendar never opens; give it hours, or write hours = "always".', "hours")
    return tuple(tuple(sorted(each)) for each in days)


def _spans(table: Table, text: str, place: int) -> tuple[Span, ...]:
    try:
        return spans(text)
    except Refused:
        told = f"'{text}' are no opening hours; write them as mo-fr 09:00-17:00, past midnight as fr 22:00-24:00"
        table.note(f"{told} and sa 00:00-06:00.", "hours", place)
        return ()


def _region(table: Table) -> str:
    """Read a region of public holidays; whether the holidays of it are known is said when they are fetched."""
    region = table.text("holidays", "")
    if region and not _REGION.fullmatch(region):
        table.note(
            f"'{region}' is no region of holidays; write a country as DE, or with its region as DE-HE.", "holidays"
        )
        return ""
    return region


def _exceptions(table: Table) -> Iterable[tuple[date, tuple[Opening, ...]]]:
    """Read the days that are closed, and those with hours of their own; none may be both."""
    closed: set[date] = set()
    for place, text in enumerate(table.texts("closed")):
        day = _day(table, text, "closed", place)
        if day is not None:
            closed.add(day)
            yield day, ()
    opened = table.table("open", required=False)
    for text in opened.values:
        day, hours = _day(opened, text, text), opened.texts(text)
        read = [_opening(opened, each, text, place) for place, each in enumerate(hours)]
        found = sorted(each for each in read if each is not None)
        if any(later < closes for (_, closes), (later, _) in pairwise(found)):
            opened.note("These hours overlap each other.", text)
        if day in closed:
            opened.note(f"{day} stands under `closed` too; leave it out there or here.", text)
        elif day is not None:
            yield day, tuple(found)


def _day(table: Table, text: str, *key: str | int) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        table.note(f"'{text}' is no day; write it as 2026-12-24.", *key)
        return None


def _opening(table: Table, text: str, *key: str | int) -> Opening | None:
    """Read `09:00-15:00`."""
    found = _CLOCK.fullmatch(text.strip())
    a, b, c, d = map(int, found.groups()) if found else (0, 0, 0, 0)
    opens, closes = a * 60 + b, c * 60 + d
    if found is None or b > 59 or d > 59 or not opens < closes <= _DAY_END:  # noqa: PLR2004 - minutes of an hour
        table.note(f"'{text}' are no hours of a day; write them as 09:00-15:00.", *key)
        return None
    return opens, closes


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
