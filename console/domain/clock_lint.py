"""What is to be said about the targets of clocks of a policy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from console.domain.calendar import Calendar
from console.domain.policy import Policy
from console.domain.policy_finding import Finding, Grade
from console.domain.timing import ClockName, Target
from console.domain.toml_lines import KeyPath
from console.domain.toml_table import nearest
from console.domain.words import lasting

DAY = timedelta(days=1)


def clock_findings(policy: Policy) -> Iterator[Finding]:
    """Give what is wrong, or could be better."""
    timing = policy.timing
    if timing.calendar not in timing.calendars:
        yield _no_calendar(policy, ("clocks", "calendar"), timing.calendar)
    for target in timing.targets:
        at = path_of(target)
        if target.calendar and target.calendar not in timing.calendars:
            yield _no_calendar(policy, (*at, "calendar") if target.place is not None else at, target.calendar)
        yield from _criteria(policy, target, at)
        yield from _in_days(policy, target, at)
    yield from _never_reached(timing.targets)
    for clock in ClockName:
        yield from _upside_down([each for each in timing.targets if each.clock is clock])
    yield from _slower_to_respond(timing.targets)


def path_of(target: Target) -> KeyPath:
    """Give where a target stands in the policy file."""
    if target.place is not None:
        return "clock", target.clock.value, "for", target.place
    return "clock", target.clock.value, target.severity.name if target.severity else "within"


def _no_calendar(policy: Policy, at: KeyPath, calendar: str) -> Finding:
    known = nearest(calendar, policy.timing.calendars)
    return Finding(at, f"There is no calendar '{calendar}'; {known}", Grade.ERROR)


def _criteria(policy: Policy, target: Target, at: KeyPath) -> Iterator[Finding]:
    """Give the categories and tiers of an exception that the policy does not have."""
    categories = [category.id for category in policy.categories]
    if target.category and target.category not in categories:
        hint = nearest(target.category, categories)
        yield Finding((*at, "category"), f"There is no category '{target.category}'; {hint}", Grade.ERROR)
    levels = [tier.level for tier in policy.tiers]
    if target.tier is not None and target.tier not in levels:
        known = ", ".join(map(str, levels))
        yield Finding((*at, "tier"), f"There is no tier {target.tier}; the tiers are {known}.", Grade.ERROR)


def _in_days(policy: Policy, target: Target, at: KeyPath) -> Iterator[Finding]:
    """Say how long a target in days is where a day of opening hours has fewer than 24."""
    calendar = policy.timing.calendars.get(target.calendar or policy.timing.calendar)
    if calendar is None or calendar.is_always or target.within < DAY or target.within % DAY:
        return
    days = _working_days(calendar, target.within)
    if days:
        sentence = (
            f"{lasting(target.within)} counts 24 hours of opening time a day, which takes about {days} days of"
            f" {calendar.id}; write hours, such as 9h for a day of nine."
        )
        yield Finding((*at, "within") if target.place is not None else at, sentence, Grade.NOTE)


def _working_days(calendar: Calendar, within: timedelta) -> int:
    """Give how many days with hours a time takes, by the mean day of the week."""
    opening = [sum(closes - opens for opens, closes in day) for day in calendar.week if day]
    if not opening or not sum(opening):
        return 0
    return round(within / timedelta(minutes=sum(opening) / len(opening)))


def _never_reached(targets: tuple[Target, ...]) -> Iterator[Finding]:
    """Give exceptions that an earlier one, holding for more cases, leaves nothing to."""
    exceptions = [target for target in targets if target.place is not None]
    for number, target in enumerate(exceptions):
        earlier = next((each for each in exceptions[:number] if _covers(each, target)), None)
        if earlier is not None:
            where = f"[[clock.{earlier.clock}.for]]"
            yield Finding(
                path_of(target),
                f"This never counts: number {(earlier.place or 0) + 1} of {where} fits first; move it up.",
            )


def _covers(wide: Target, narrow: Target) -> bool:
    """Say whether every case that one target is for is also one of the other."""
    return (
        wide.clock is narrow.clock
        and wide.severity in {None, narrow.severity}
        and wide.category in {"", narrow.category}
        and wide.organisation.casefold() in {"", narrow.organisation.casefold()}
        and wide.tier in {None, narrow.tier}
    )


def _upside_down(targets: list[Target]) -> Iterator[Finding]:
    """Give severities that have longer than a milder one, in the same calendar."""
    plain = [each for each in targets if each.place is None and each.severity is not None]
    for worse, milder in pairwise(plain):
        if worse.within > milder.within and worse.calendar == milder.calendar and worse.severity and milder.severity:
            told = f"{worse.severity.name} has longer ({lasting(worse.within)}) than {milder.severity.name}"
            yield Finding(path_of(worse), f"{told} ({lasting(milder.within)}); the worse must be the faster.")
    if plain and len(plain) < 4 and not any(each.place is None and each.severity is None for each in targets):  # noqa: PLR2004 - all severities
        lacking = ", ".join(sorted({"S1", "S2", "S3", "S4"} - {each.severity.name for each in plain if each.severity}))
        yield Finding(
            ("clock", plain[0].clock.value), f"There is no time for {lacking}, so it has no such clock.", Grade.NOTE
        )


def _slower_to_respond(targets: tuple[Target, ...]) -> Iterator[Finding]:
    """Give severities whose first answer may take longer than the solution."""
    of = {(each.clock, each.severity): each for each in targets if each.place is None and each.severity is not None}
    for (clock, severity), target in of.items():
        solved = of.get((ClockName.RESOLUTION, severity))
        if (
            clock is ClockName.RESPONSE
            and solved
            and solved.calendar == target.calendar
            and target.within > solved.within
        ):
            yield Finding(
                path_of(target),
                f"The first answer has longer ({lasting(target.within)}) than the solution ({lasting(solved.within)}).",
            )
