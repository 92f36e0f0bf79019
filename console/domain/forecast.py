"""The forecast: what happens to a case, and when, if nobody acts; by the plan that live runs go by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from console.domain.actions import Action
from console.domain.facts import Facts
from console.domain.plan import unrolled
from console.domain.policy import Policy

MOST_AT_ONCE = 100
"""How many plans one instant is given; more would be a fault, and the forecast ends."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One thing that will happen at a time if nobody acts before."""

    at: datetime
    action: Action


def forecast(facts: Facts, policy: Policy, now: datetime) -> Iterator[Foreseen]:
    """Give what will happen, soonest first, without an end of its own: what is due now, then plan after plan.

    Stops when nothing is planned any more. Agrees with what rounds do that are made at each of these times.
    """
    at, plans = now, 0
    while plans < MOST_AT_ONCE:
        planned, facts = unrolled(facts, policy, at)
        yield from (Foreseen(at, action) for action in planned.due)
        if planned.next_at is None:
            return
        plans = plans + 1 if planned.next_at <= at else 0
        at = max(planned.next_at, at)
