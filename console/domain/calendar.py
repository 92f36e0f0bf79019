"""Business time: calendars with opening hours, holidays and exceptions, exact over every change of a time zone.

A calendar is turned, year by year, into the intervals of UTC that count, with running sums: adding and measuring are
then two searches. Counted are real seconds, so that a day of 23 or 25 hours counts what it has.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from console.domain.errors import RefusalCode, Refused

Opening = tuple[int, int]
"""Opening hours within a day: from and to, in minutes of local wall time; 1440 is midnight at the end of the day."""

Week = tuple[tuple[Opening, ...], ...]
"""The opening hours of the seven weekdays, Monday first, each ascending and without overlap."""

FARTHEST = 30
"""For how many years is looked for business time before a calendar is said to have none."""

KNOWN = range(1970, 2100)
"""The years in which business time counts: a date that somebody mistyped must not cost thousands of them."""

DAY = timedelta(days=1)
NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class Year:
    """The intervals of one year of UTC that count: starts, ends, and how much counts before each start."""

    starts: tuple[datetime, ...]
    ends: tuple[datetime, ...]
    before: tuple[timedelta, ...]
    total: timedelta

    @property
    def intervals(self) -> Iterator[tuple[datetime, datetime]]:
        """Give the intervals one by one."""
        return zip(self.starts, self.ends, strict=True)

    def counted(self, at: datetime) -> timedelta:
        """Give how much of the year counts until an instant in it."""
        place = bisect_right(self.starts, at) - 1
        return NOTHING if place < 0 else self.before[place] + min(at, self.ends[place]) - self.starts[place]

    def at(self, counted: timedelta) -> datetime:
        """Give the first instant until which so much counts; more than nothing, at most all of it."""
        place = bisect_left(self.before, counted) - 1
        return self.starts[place] + (counted - self.before[place])


NO_TIME = Year((), (), (), NOTHING)


@dataclass(frozen=True, slots=True)
class Calendar:
    """When time counts: an IANA zone, several intervals a weekday, holidays, exceptions; or always.

    `region` names whose public holidays are closed (`DE`, `DE-HE`); their dates stand in `holidays`, where the store
    keeps them. `exceptions` replace a day's hours, holiday or not; none at all means closed.
    """

    id: str
    zone: str = "UTC"
    week: Week = ()
    region: str = ""
    holidays: frozenset[date] = frozenset()
    exceptions: Mapping[date, tuple[Opening, ...]] = field(default_factory=lambda: MappingProxyType({}))
    is_always: bool = False
    years: dict[int, Year] = field(default_factory=dict, compare=False, repr=False)

    def add(self, at: datetime, span: timedelta) -> datetime:
        """Give the instant at which so much business time has passed since `at`, in UTC.

        A span of nothing or less gives the first business instant from `at` on. Refused: a calendar that does not open
        within `FARTHEST` years.
        """
        at = at.astimezone(UTC)
        if self.is_always:
            return at + max(span, NOTHING)
        if span <= NOTHING:
            return self.opens(at)
        left = span + self.year(at.year).counted(at)
        for number in range(at.year, at.year + FARTHEST):
            year = self.year(number)
            if left <= year.total:
                return year.at(left)
            left -= year.total
        raise self._never()

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Give the business time from `start` to `end`; nothing where the end is not after the start."""
        if end <= start:
            return NOTHING
        if self.is_always:
            return end - start
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        whole = sum((self.year(number).total for number in range(start.year, end.year)), NOTHING)
        return whole + self.year(end.year).counted(end) - self.year(start.year).counted(start)

    def opens(self, at: datetime) -> datetime:
        """Give the first business instant from `at` on, in UTC. Refused: a calendar that never opens any more."""
        at = at.astimezone(UTC)
        if self.is_always:
            return at
        for number in range(at.year, at.year + FARTHEST):
            year = self.year(number)
            place = bisect_right(year.ends, at)
            if place < len(year.starts):
                return max(at, year.starts[place])
        raise self._never()

    def is_open(self, at: datetime) -> bool:
        """Say whether time counts at this instant."""
        if self.is_always:
            return True
        at = at.astimezone(UTC)
        year = self.year(at.year)
        place = bisect_right(year.starts, at) - 1
        return place >= 0 and at < year.ends[place]

    def stretches(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Give the intervals that count between two instants, in UTC, oldest first."""
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        if end <= start:
            return
        if self.is_always:
            yield start, end
            return
        every = (each for number in range(start.year, end.year + 1) for each in self.year(number).intervals)
        inside = ((max(a, start), min(b, end)) for a, b in every if a < end and b > start)
        yield from joined(inside)

    def hours(self, day: date) -> tuple[Opening, ...]:
        """Give the opening hours of a day: its exception, else none on a holiday, else those of its weekday."""
        if day in self.exceptions:
            return self.exceptions[day]
        return () if day in self.holidays else self.week[day.weekday()] if self.week else ()

    def year(self, number: int) -> Year:
        """Give the intervals of a year of UTC, made when they are first asked for; none before or after `KNOWN`."""
        if number not in KNOWN:
            return NO_TIME
        found = self.years.get(number)
        if found is None:
            found = self.years[number] = _summed(joined(self._intervals(number)))
        return found

    def _intervals(self, number: int) -> Iterator[tuple[datetime, datetime]]:
        """Give the intervals of a year: where the zone's offset stands still, local hours are UTC hours moved by it."""
        first, last = datetime(number, 1, 1, tzinfo=UTC), datetime(number + 1, 1, 1, tzinfo=UTC)
        for start, end, offset in _offsets(ZoneInfo(self.zone), first, last):
            day, until = (start + offset).date(), (end + offset).date()
            while day <= until:
                midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) - offset
                for opens, closes in self.hours(day):
                    a, b = midnight + timedelta(minutes=opens), midnight + timedelta(minutes=closes)
                    if a < end and b > start:
                        yield max(a, start), min(b, end)
                day += DAY

    def _never(self) -> Refused:
        return Refused(
            f"The calendar '{self.id}' has no opening hours ahead; give it some in the policy.", RefusalCode.POLICY
        )


ALWAYS = Calendar("always", is_always=True)
"""Round the clock: every second counts."""


def joined(intervals: Iterator[tuple[datetime, datetime]]) -> Iterator[tuple[datetime, datetime]]:
    """Give ascending intervals with those that touch made one."""
    start = end = None
    for a, b in intervals:
        if end is not None and start is not None and a > end:
            yield start, end
            start = None
        start, end = (a if start is None else start), b
    if start is not None and end is not None:
        yield start, end


def _summed(intervals: Iterator[tuple[datetime, datetime]]) -> Year:
    """Give the intervals with their running sum."""
    found = tuple(intervals)
    before: list[timedelta] = []
    total = NOTHING
    for start, end in found:
        before.append(total)
        total += end - start
    return Year(tuple(a for a, _ in found), tuple(b for _, b in found), tuple(before), total)


def _offsets(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[tuple[datetime, datetime, timedelta]]:
    """Give the stretches between two instants in which the zone's offset stands still, with that offset."""
    start, at = first, first
    while at < last:
        after = min(at + DAY, last)
        if _offset(zone, at) != _offset(zone, after):
            change = _change(zone, at, after)
            yield start, change, _offset(zone, start)
            start = at = change
        else:
            at = after
    yield start, last, _offset(zone, start)


def _change(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """Give the first second of two instants' time between them at which the offset is no longer that of the first."""
    was, second = _offset(zone, low), timedelta(seconds=1)
    while high - low > second:
        middle = low + timedelta(seconds=(high - low) // second // 2)
        low, high = (middle, high) if _offset(zone, middle) == was else (low, middle)
    return high


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or NOTHING
