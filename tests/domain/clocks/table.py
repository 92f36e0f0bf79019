"""The table of worked cases as it is read: calendars, and for each case its targets, what happened, what is expected.

`cases.txt` says how it is written. Times are local to the zone of the first target's calendar, and of the year 2026
unless they say another; where the hour comes twice, `*` behind it is the second time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
TIME = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?: (\d{4}))?"
    r" (\d\d):(\d\d)(\*?)"
)
SPAN = re.compile(r"(-?)(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?")
FILE = Path(__file__).with_name("cases.txt")


@dataclass(frozen=True)
class Hours:
    """A calendar as the table writes it: a zone, opening hours by weekday in minutes, and days without any."""

    name: str
    zone: ZoneInfo
    week: tuple[tuple[tuple[int, int], ...], ...]
    closed: frozenset[date]

    def is_open(self, at: datetime) -> bool:
        """Say whether the minute that begins here counts."""
        local = at.astimezone(self.zone)
        minute = local.hour * 60 + local.minute
        return local.date() not in self.closed and any(a <= minute < b for a, b in self.week[local.weekday()])


@dataclass(frozen=True)
class Goal:
    """One target: `response 4h office S1 category=tills tier=2`."""

    clock: str
    within: timedelta
    hours: str
    only: dict[str, str]


@dataclass(frozen=True)
class Line:
    """What happened, or is expected, at a time, word by word."""

    at: datetime
    says: str
    is_expected: bool


@dataclass
class Worked:
    """One worked case; `since` is when its policy came into force, `is_by_hand` what no counter of minutes can do."""

    title: str
    number: int
    goals: list[Goal] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    since: datetime | None = None
    is_by_hand: bool = False


def read() -> tuple[dict[str, Hours], list[Worked]]:
    """Read the whole table."""
    calendars: dict[str, Hours] = {}
    found: list[Worked] = []
    for number, raw in enumerate(FILE.read_text(encoding="utf-8").splitlines(), 1):
        text = raw.split("#")[0].rstrip()
        if text.startswith("calendar "):
            hours = _hours(text)
            calendars[hours.name] = hours
        elif text and not text.startswith(" "):
            found.append(Worked(text, number))
        elif text:
            _add(found[-1], text.strip(), calendars)
    return calendars, found


def _add(worked: Worked, text: str, calendars: dict[str, Hours]) -> None:
    zone = calendars[worked.goals[0].hours].zone if worked.goals else ZoneInfo("UTC")
    when = TIME.match(text)
    if when is not None:
        says = text[when.end() :].strip()
        is_expected = says.startswith("=")
        worked.lines.append(Line(moment(text, zone), says.removeprefix("=").strip(), is_expected))
    elif text == "by hand":
        worked.is_by_hand = True
    elif text.startswith("policy since "):
        worked.since = moment(text.removeprefix("policy since "), zone)
    else:
        clock, within, hours, *only = text.split()
        pairs = [each.partition("=") if "=" in each else ("severity", "=", each) for each in only]
        criteria = {name: value for name, _, value in pairs}
        worked.goals.append(Goal(clock, span(within), hours, criteria))


def moment(text: str, zone: ZoneInfo) -> datetime:
    """Read a local time at the beginning of a text, as an instant; its weekday must be right."""
    found = TIME.match(text)
    assert found is not None, text
    weekday, day, month, year, hour, minute, is_second = found.groups()
    at = datetime(
        int(year or 2026), MONTHS.index(month) + 1, int(day), int(hour), int(minute), tzinfo=zone, fold=bool(is_second)
    )
    assert f"{at:%a}" == weekday, f"{text}: that is a {at:%A}"
    return at.astimezone(UTC)


def span(text: str) -> timedelta:
    """Read `4h`, `2h30m`, `45m`, `30d` (of 24 hours), `-20m`."""
    found = SPAN.fullmatch(text)
    assert found is not None, text
    sign, days, hours, minutes = found.groups()
    size = timedelta(days=int(days or 0), hours=int(hours or 0), minutes=int(minutes or 0))
    return -size if sign else size


def shown(at: datetime, zone: ZoneInfo) -> str:
    """Write a time as the table does."""
    local = at.astimezone(zone)
    year = "" if local.year == 2026 else f" {local.year}"
    twice = "*" if local.fold and local.replace(fold=0).utcoffset() != local.utcoffset() else ""
    return f"{local:%a} {local.day} {local:%b}{year} {local:%H:%M}{twice}"


def lasting(size: timedelta) -> str:
    """Write a span as the table does."""
    minutes = abs(int(size.total_seconds())) // 60
    hours, rest = divmod(minutes, 60)
    told = (f"{hours}h" if hours else "") + (f"{rest}m" if rest or not hours else "")
    return f"-{told}" if size < timedelta(0) else told


def _hours(text: str) -> Hours:
    """Read `calendar NAME ZONE mo-fr 08:00-18:00 … closed DATE …`."""
    _, name, zone, *words = text.split()
    week: list[list[tuple[int, int]]] = [[] for _ in DAYS]
    closed: set[date] = set()
    while words and words[0] != "closed":
        days, hours, *words = words
        first, _, last = days.partition("-")
        opens, closes = (int(part[:2]) * 60 + int(part[3:]) for part in hours.split("-"))
        for day in range(DAYS.index(first), DAYS.index(last or first) + 1):
            week[day].append((opens, closes))
    closed |= {date.fromisoformat(word) for word in words[1:]}
    return Hours(name, ZoneInfo(zone), tuple(tuple(sorted(day)) for day in week), frozenset(closed))
