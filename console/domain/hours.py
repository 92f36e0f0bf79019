"""Working hours as people write them: `mo-fr 09:00-17:00 Europe/Berlin`, several spans between commas."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from console.domain.errors import RefusalCode, Refused

DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
SPAN = re.compile(r"(?P<first>[a-z]{2})(?:-(?P<last>[a-z]{2}))? +(?P<start>\d{2}:\d{2})-(?P<end>\d{2}:\d{2})")
FORM = "write them as mo-fr 09:00-17:00 Europe/Berlin, several spans as mo-th 08:00-16:00, fr 08:00-13:00 Europe/Paris"
MIDNIGHT = "24:00"


@dataclass(frozen=True, slots=True)
class Span:
    """The same hours on several days of the week (Monday is 0); `end` None is midnight."""

    days: tuple[int, ...]
    start: time
    end: time | None


@dataclass(frozen=True, slots=True)
class Hours:
    """When a person works, in their own time zone."""

    spans: tuple[Span, ...]
    zone: ZoneInfo

    def cover(self, at: datetime) -> bool:
        """Say whether they work at this time."""
        there = at.astimezone(self.zone)
        moment = there.time()
        return any(
            there.weekday() in span.days and span.start <= moment and (span.end is None or moment < span.end)
            for span in self.spans
        )


def hours(text: str) -> Hours:
    """Read working hours. Refused: an unknown day or zone, hours that end before they begin, anything else."""
    said = " ".join(text.split())
    spans, _, zone = said.rpartition(" ")
    found = tuple(_span(part.strip(), text) for part in spans.lower().split(","))
    try:
        return Hours(found, ZoneInfo(zone))
    except (ValueError, OSError, KeyError):
        raise _wrong(text, f"there is no time zone '{zone}'") from None


def spans(text: str) -> tuple[Span, ...]:
    """Read spans without their zone, as `mo-th 08:00-16:00, fr 08:00-13:00`. Refused: as `hours`."""
    return tuple(_span(part.strip(), text) for part in " ".join(text.split()).lower().split(","))


def _span(part: str, text: str) -> Span:
    match = SPAN.fullmatch(part)
    if match is None:
        raise _wrong(text, f"'{part}' is no span of hours" if part else "no days and hours are named")
    first, last = match["first"], match["last"] or match["first"]
    for day in (first, last):
        if day not in DAYS:
            raise _wrong(text, f"'{day}' is no day; days are {', '.join(DAYS)}")
    start, end = _time(match["start"], text), None if match["end"] == MIDNIGHT else _time(match["end"], text)
    if end is not None and end <= start:
        raise _wrong(text, f"'{part}' ends before it begins")
    from_day, to_day = DAYS.index(first), DAYS.index(last)
    count = (to_day - from_day) % len(DAYS) + 1
    return Span(tuple(sorted((from_day + step) % len(DAYS) for step in range(count))), start, end)


def _time(said: str, text: str) -> time:
    try:
        return time.fromisoformat(said)
    except ValueError:
        raise _wrong(text, f"'{said}' is no time of day") from None


def _wrong(text: str, why: str) -> Refused:
    return Refused(f"'{text}' are no working hours: {why}; {FORM}.", RefusalCode.BAD_INPUT)
