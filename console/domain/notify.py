"""What a policy says of notices: when people may be disturbed, how often, by which way, and in which words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from console.domain.calendar import Calendar
from console.domain.case import Severity
from console.domain.notice import NoticeKind
from console.domain.people import Person

MORNING = time(8)
"""When what was held back goes out, where the policy does not say."""


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a notice: names such as `$case` stand for what is known then, and nothing else means anything."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Which channels notices take to whom; of the routes of a policy the first whose criteria all hold counts.

    Empty criteria hold for all. `is_digest`: not one by one, but together at the next time for digests.
    """

    channels: tuple[str, ...]
    kinds: frozenset[NoticeKind] = frozenset()
    severities: frozenset[Severity] = frozenset()
    people: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    tiers: frozenset[int] = frozenset()
    is_outside: bool = False
    is_digest: bool = False

    def fits(self, kind: NoticeKind, severity: Severity, person: Person | None) -> bool:
        """Say whether a notice takes this way; None is for a contact outside."""
        if (person is None) is not self.is_outside:
            return False
        of_the_case = (not self.kinds or kind in self.kinds) and (not self.severities or severity in self.severities)
        return of_the_case and (person is None or self._is_for(person))

    def _is_for(self, person: Person) -> bool:
        return (
            (not self.people or person.id in self.people)
            and (not self.teams or bool(self.teams & set(person.teams)))
            and (not self.tiers or person.tier in self.tiers)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Notify:
    """Everything a policy says of notices; one that says nothing has notices inside the console only.

    `hours` is when people may be disturbed, and only while the policy's `calendar` of that name is open: outside of
    either a notice waits, unless it is urgent. `budget` is how many messages a person gets a day in `zone`, 0 for as
    many as there are; what is beyond waits for the next of `digests`.
    """

    zone: str = "UTC"
    hours: Calendar | None = None
    calendar: str = ""
    urgent_severities: frozenset[Severity] = frozenset()
    urgent_kinds: frozenset[NoticeKind] = frozenset()
    budget: int = 0
    digests: tuple[time, ...] = ()
    routes: tuple[Route, ...] = ()
    link: str = "triage show $case"
    texts: Mapping[str, Text] = field(default_factory=dict)

    def is_urgent(self, kind: NoticeKind, severity: Severity) -> bool:
        """Say whether a notice goes out at any hour, and beyond the budget."""
        return severity in self.urgent_severities or kind in self.urgent_kinds

    def route(self, kind: NoticeKind, severity: Severity, person: Person | None) -> Route | None:
        """Give the way a notice takes, or None where it is for the console only."""
        return next((route for route in self.routes if route.fits(kind, severity, person)), None)

    def quiet_until(self, at: datetime, calendars: Mapping[str, Calendar]) -> datetime | None:
        """Give when people may be disturbed again, or None where they may be now."""
        until, named = at, [calendars[self.calendar]] if self.calendar else []
        both = [each for each in (self.hours, *named) if each]
        for _ in range(_MOST_TURNS):
            later = max((calendar.opens(until) for calendar in both), default=until)
            if later == until:
                break
            until = later
        return until if until > at else None

    def digest_after(self, at: datetime) -> datetime:
        """Give the next time for digests after an instant, in UTC."""
        there = at.astimezone(ZoneInfo(self.zone))
        times = sorted(self.digests) or [MORNING]
        days = (there.date() + timedelta(days=ahead) for ahead in range(_DAYS_AHEAD))
        return next(found for day in days for each in times if (found := self._instant(day, each)) > at)

    def day_began(self, at: datetime) -> datetime:
        """Give the beginning of the day in `zone` that an instant is in, in UTC."""
        return self._instant(at.astimezone(ZoneInfo(self.zone)).date(), time(0))

    def _instant(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, ZoneInfo(self.zone)).astimezone(UTC)


_MOST_TURNS = 100
_DAYS_AHEAD = 4
