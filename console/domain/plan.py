"""The plan: the one place that decides what the clock side does, for live runs, previews and back-tests alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from console.domain.actions import Action
from console.domain.facts import Facts
from console.domain.policy import Policy


@dataclass(frozen=True, slots=True)
class Plan:
    """What is due for a case now, in the order in which it is to be done, and when something will be if nobody acts."""

    due: tuple[Action, ...] = ()
    next_at: datetime | None = None


def plan(facts: Facts, policy: Policy, now: datetime) -> Plan:
    """Decide what is due for one case. Pure; the same facts, policy and time always give the same plan.

    After a downtime at most one action of `LEVELS` is due at once. What has fired (by the history) is not due again.
    """
    raise NotImplementedError
