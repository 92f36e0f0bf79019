"""What is to be said about calendars of a policy."""

from __future__ import annotations

from collections.abc import Iterator

from console.domain.calendar import Calendar
from console.domain.policy import Policy
from console.domain.policy_finding import Finding, Grade


def calendar_findings(policy: Policy) -> Iterator[Finding]:
    """Give what could be better: calendars that nothing counts by, closed days that are closed anyway."""
    timing = policy.timing
    used = {timing.calendar, *(target.calendar for target in timing.targets)}
    used |= {rule.calendar for rule in timing.rules} | {ladder.calendar for ladder in timing.ladders}
    for name, calendar in timing.calendars.items():
        if name != "always":
            yield from _about(calendar, is_used=name in used)


def _about(calendar: Calendar, *, is_used: bool) -> Iterator[Finding]:
    at = ("calendar", calendar.id)
    if not is_used:
        yield Finding(
            at, "Nothing counts by this calendar; name it in [clocks], a clock, a rule or a ladder.", Grade.NOTE
        )
    if calendar.is_always and (calendar.exceptions or calendar.region):
        yield Finding(at, "This calendar always counts, so its holidays and exceptions say nothing.")
        return
    for day, hours in calendar.exceptions.items():
        if not hours and not calendar.is_always and not calendar.week[day.weekday()]:
            yield Finding((*at, "closed"), f"{day} is a day without hours anyway.", Grade.NOTE)
