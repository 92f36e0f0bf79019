"""What is to be said about the ladders of a policy: steps that reach nobody, cases without one, hours uncovered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from console.domain.calendar import Calendar
from console.domain.case import Severity
from console.domain.policy import Policy
from console.domain.policy_finding import Finding, Grade
from console.domain.recipient_lint import is_single, recipient_findings
from console.domain.timing import ClockName, Count, Ladder, LadderStep, Target
from console.domain.toml_lines import KeyPath
from console.domain.toml_table import nearest
from console.domain.words import listed

NOTHING = timedelta(0)
ASKED_ALREADY = frozenset({"receiver", "manager"})
"""Words for whoever an escalation was sent to: the case is then with their team."""

PROMISED = (ClockName.RESPONSE, ClockName.ACCEPTANCE)
"""Clocks that are kept by somebody being there."""

WEEKS = (datetime(2026, 2, 2, tzinfo=UTC), datetime(2026, 7, 6, tzinfo=UTC))
"""The Mondays of two weeks by which opening hours are compared."""

Fit = tuple[Severity, str]


def ladder_findings(policy: Policy) -> Iterator[Finding]:
    """Give what is wrong with ladders, or could be better."""
    left = _fits(policy)
    for ladder in policy.timing.ladders:
        at = ("ladder", ladder.id)
        yield from _scope(policy, ladder, at)
        if not ladder.steps:
            yield Finding(at, f"It has no steps; add one as [[ladder.{ladder.id}.step]].", Grade.ERROR)
            continue
        fitting = _fitting(ladder, left)
        if not fitting:
            yield Finding(at, "No case is left for it: ladders before it hold for all of its own; put it before them.")
        left -= fitting
        yield from _steps(policy, ladder, at)
        yield from _cover(policy, ladder, at, {severity for severity, _ in fitting})
    if policy.timing.ladders:
        yield from _without(policy, left)


def known_calendar(policy: Policy, calendar: str) -> Calendar | None:
    """Give a calendar by its id, or that of the policy for an empty one; None where there is no such calendar."""
    return policy.timing.calendars.get(calendar or policy.timing.calendar)


def _fits(policy: Policy) -> set[Fit]:
    return {(severity, category) for severity in Severity for category in _categories(policy)}


def _categories(policy: Policy) -> list[str]:
    """Give the categories of a policy, and that of cases without one."""
    return ["", *(category.id for category in policy.categories)]


def _fitting(ladder: Ladder, left: set[Fit]) -> set[Fit]:
    return {
        (severity, category)
        for severity, category in left
        if (not ladder.severities or severity in ladder.severities)
        and (not ladder.categories or category in ladder.categories)
    }


def _scope(policy: Policy, ladder: Ladder, at: KeyPath) -> Iterator[Finding]:
    known = [category.id for category in policy.categories]
    for category in sorted(ladder.categories - {*known}):
        sentence = f"There is no category '{category}'; {nearest(category, known)}"
        yield Finding((*at, "categories"), sentence, Grade.ERROR)


def _steps(policy: Policy, ladder: Ladder, at: KeyPath) -> Iterator[Finding]:
    """Give what is wrong with the steps of a ladder."""
    for place, step in enumerate(ladder.steps):
        here = (*at, "step", place)
        if not step.to:
            yield Finding((*here, "to"), "This names nobody.", Grade.ERROR)
        yield from recipient_findings(policy, (*here, "to"), step.to)
        yield from _step(step, here)
        if not step.after and place:
            yield Finding(here, "It comes together with the step before it; give it a delay in after, or join them.")
        elif not step.after and ladder.gentle:
            yield Finding(here, "It comes together with the gentle reminder, whose time must pass; give it a delay.")
    if {word for step in ladder.steps for word in step.to} <= ASKED_ALREADY:
        yield Finding(at, "Every step goes to whoever was asked already; engage somebody else, such as 'team' or 'up'.")


def _step(step: LadderStep, at: KeyPath) -> Iterator[Finding]:
    if step.everyone and len(step.to) == 1 and is_single(step.to[0]):
        yield Finding((*at, "everyone"), f"'{step.to[0]}' is one person, so everyone says nothing; remove it.")
    if step.repeat and not step.every:
        yield Finding((*at, "repeat"), "How long between is missing; say it in every.", Grade.ERROR)
    if step.every and not step.repeat:
        yield Finding((*at, "every"), "It is never said again; say how often in repeat.")


def _cover(policy: Policy, ladder: Ladder, at: KeyPath, severities: set[Severity]) -> Iterator[Finding]:
    """Give the steps that wait for opening hours, where a severity is promised round the clock."""
    calendar = known_calendar(policy, ladder.calendar)
    for place, step in enumerate(ladder.steps):
        waits = step.after or (ladder.gentle and not place)
        if waits and step.count is Count.BUSINESS:
            yield from uncovered(policy, (*at, "step", place), calendar, severities)


def uncovered(policy: Policy, at: KeyPath, calendar: Calendar | None, severities: set[Severity]) -> Iterator[Finding]:
    """Say when somebody is promised to be there for these severities, but something waits for other opening hours."""
    for severity in sorted(severities):
        for target in policy.timing.targets:
            promised = known_calendar(policy, target.calendar)
            if target.clock in PROMISED and _is_for(target, severity) and promised and calendar:
                gap = _gap(promised, calendar)
                if gap is not None:
                    when = "round the clock" if promised.is_always else f"on {gap:%A at %H:%M}, for one"
                    yield Finding(
                        at,
                        f"The {target.clock} of {severity.name} counts {when}, but this waits for the hours of"
                        f' {calendar.id}, and until then nobody hears of it; write count = "wall".',
                    )
                    return


def _is_for(target: Target, severity: Severity) -> bool:
    """Say whether a target holds for a severity as such, not only for some of its cases."""
    return target.severity in {severity, None} and not (target.category or target.organisation or target.tier)


def _gap(promised: Calendar, kept: Calendar) -> datetime | None:
    """Give the first local time in a plain week of winter or summer that one calendar counts and another does not."""
    for monday in WEEKS if promised.id != kept.id else ():
        for start, end in promised.stretches(monday, monday + timedelta(weeks=1)):
            if kept.between(start, end) < end - start:
                return start.astimezone(ZoneInfo(promised.zone))
    return None


def _without(policy: Policy, left: set[Fit]) -> Iterator[Finding]:
    """Give the severities, or categories of one, that no ladder holds for."""
    every = set(_categories(policy))
    for severity in Severity:
        missing = {category for other, category in left if other is severity}
        if not missing:
            continue
        which = "" if missing == every else f" {listed(sorted(each or 'no category' for each in missing), 'or')}"
        yield Finding(
            ("ladder",),
            f"No ladder holds for {severity.name}{which}, so what nobody answers goes quiet there.",
        )
