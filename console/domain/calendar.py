"""Business time: calendars with opening hours, holidays and exceptions, exact over every change of a time zone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType

Opening = tuple[int, int]
"""Opening hours within a day: from and to, in minutes of local wall time; 1440 is midnight at the end of the day."""

Week = tuple[tuple[Opening, ...], ...]
"""The opening hours of the seven weekdays, Monday first, each ascending and without overlap."""


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

    def add(self, at: datetime, span: timedelta) -> datetime:
        """Give the instant at which so much business time has passed since `at`, in UTC.

        A span of nothing or less gives the first business instant from `at` on. Exact to the microsecond, since it
        counts real seconds within opening hours (a day of 23 or 25 hours counts what it has).
        """
        raise NotImplementedError

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Give the business time from `start` to `end`; nothing where the end is not after the start."""
        raise NotImplementedError

    def opens(self, at: datetime) -> datetime:
        """Give the first business instant from `at` on, in UTC."""
        raise NotImplementedError

    def is_open(self, at: datetime) -> bool:
        """Say whether time counts at this instant."""
        raise NotImplementedError

    def stretches(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Give the intervals that count between two instants, in UTC, oldest first."""
        raise NotImplementedError


ALWAYS = Calendar("always", is_always=True)
"""Round the clock: every second counts."""
