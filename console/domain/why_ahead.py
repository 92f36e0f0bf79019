"""What happens next to a case if nobody acts, as far as somebody wants to look; or why nothing will."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.domain.case import Case, Status
from console.domain.facts import Facts
from console.domain.forecast import Foreseen, forecast
from console.domain.policy import Policy

MOST = 12
"""So much is foretold where nobody says how much."""

HORIZON = timedelta(days=30)
"""So far is foretold where nobody says how far; thirty days are what an escalation has to be closed in."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is foreseen, soonest first. `ends` says why it stops there, in a sentence without a time."""

    foreseen: tuple[Foreseen, ...]
    until: datetime
    ends: str
    is_more: bool = False


def ahead(facts: Facts, policy: Policy, now: datetime, until: datetime | None = None, most: int = MOST) -> Ahead:
    """Give what will happen until a time (for thirty days, without one), at most so much of it."""
    horizon = until or now + HORIZON
    coming: Iterator[Foreseen] = forecast(facts, policy, now)
    found: list[Foreseen] = []
    for each in coming:
        if each.at > horizon:
            return Ahead(tuple(found), horizon, _later(found), is_more=True)
        if len(found) == most:
            return Ahead(tuple(found), horizon, "and more after that", is_more=True)
        found.append(each)
    return Ahead(tuple(found), horizon, "after that nothing more is planned" if found else _nothing(facts, policy))


def _later(found: list[Foreseen]) -> str:
    return "what comes then is later than you asked for" if found else "nothing happens that soon"


def _nothing(facts: Facts, policy: Policy) -> str:
    """Say why nothing is planned at all."""
    case, timing = facts.case, policy.timing
    if not (timing.targets or timing.rules or timing.ladders or case.due or case.promised_at):
        return "nothing will happen: the policy has no clocks, rules or ladders, and the case no due time"
    return f"nothing will happen: {_standing(case)}"


def _standing(case: Case) -> str:
    """Say what of a case leaves nothing to do."""
    if case.duplicate_of is not None:
        return f"it was merged into case {case.duplicate_of}, whose clocks count"
    if not case.status.is_live:
        return f"it is {case.status}, so no clock runs and no rule looks at it"
    if case.status is Status.WAITING:
        until = "" if case.resume_at else ", without a time at which it goes on"
        return f"it waits for {case.waiting_for or 'an answer'}{until}"
    return "no clock of it runs, and what rules and ladders had to do is done"
