"""Which target of a policy a clock of a case goes by."""

from __future__ import annotations

from datetime import timedelta

from console.domain.calendar import ALWAYS, Calendar
from console.domain.case import Severity
from console.domain.timing import ClockName, Target, Timing

CLOSURE = Target(clock=ClockName.CLOSURE, within=timedelta(days=30), calendar=ALWAYS.id)
"""How long an escalation may be open where the policy does not say."""


def fitting(timing: Timing, clock: ClockName, of: tuple[Severity, str, str, int]) -> Target | None:
    """Give the first target whose criteria all hold, for a severity, category, organisation and tier."""
    severity, category, organisation, tier = of
    for target in timing.targets:
        if (
            target.clock is clock
            and (target.severity is None or target.severity is severity)
            and (target.tier is None or target.tier == tier)
            and (not target.category or target.category == category)
            and (not target.organisation or target.organisation.casefold() == organisation.casefold())
        ):
            return target
    return CLOSURE if clock is ClockName.CLOSURE and timing.targets else None


def calendar_of(timing: Timing, target: Target | None) -> Calendar:
    """Give the calendar in which a clock counts; round the clock where the policy has none of that name."""
    return timing.calendars.get((target.calendar if target else "") or timing.calendar, ALWAYS)
