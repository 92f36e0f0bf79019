"""What is to be said about the notices of a policy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from console.domain.policy import Policy
from console.domain.policy_finding import Finding, Grade
from console.domain.toml_table import nearest


def notify_findings(policy: Policy) -> Iterator[Finding]:
    """Give names that lead nowhere, routes that no notice ever takes, and digests that nothing goes into."""
    notify, teams, levels = policy.notify, [team.id for team in policy.teams], [tier.level for tier in policy.tiers]
    whole = {True: False, False: False}
    for place, route in enumerate(notify.routes):
        at = ("notify", "route", place)
        for team in sorted(route.teams - {*teams}):
            yield Finding((*at, "teams"), f"There is no team '{team}'; {nearest(team, teams)}", Grade.ERROR)
        for tier in sorted(route.tiers - {*levels}):
            known = ", ".join(map(str, levels))
            yield Finding((*at, "tiers"), f"There is no tier {tier}; the tiers are {known}.", Grade.ERROR)
        if whole[route.is_outside]:
            yield Finding(at, "No notice ever comes here: a route before it takes all of them.")
        whole[route.is_outside] |= not (route.kinds or route.severities or route.people or route.teams or route.tiers)
    if _is_always_quiet(policy):
        told = "It is always quiet while this calendar is open, so that only what is urgent would ever be sent."
        yield Finding(("notify", "calendar"), told, Grade.ERROR)
    if notify.routes and not any(route.channels for route in notify.routes):
        yield Finding(("notify", "route"), "No route has a channel, so that nothing is ever sent.")
    if not notify.routes and (notify.hours or notify.calendar or notify.budget or notify.digests or notify.texts):
        yield Finding(("notify",), "There is no route, so that nothing is ever sent; add [[notify.route]].")


def _is_always_quiet(policy: Policy) -> bool:
    """Say whether quiet hours and calendar leave no time in a week."""
    notify, calendars = policy.notify, policy.timing.calendars
    until = notify.quiet_until(SOME_MONDAY, calendars) or SOME_MONDAY
    return notify.quiet_until(until, calendars) is not None


SOME_MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
