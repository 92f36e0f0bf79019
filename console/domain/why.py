"""Why, why not, what next: everything the clock side knows of a case, with its reasons, as one value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from console.domain.facts import Facts
from console.domain.firings import firings
from console.domain.policy import Policy
from console.domain.why_ahead import Ahead, ahead
from console.domain.why_clocks import NO_LEGEND, ClockTold, Legend, clocks_told
from console.domain.why_fired import Fired, fired
from console.domain.why_ladders import LadderTold, ladders_told
from console.domain.why_rules import RuleTold, rules_told


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """What is to be said of a case at a time. The recommendation has an explanation of its own (`explanation`)."""

    at: datetime
    clocks: tuple[ClockTold, ...]
    fired: tuple[Fired, ...]
    rules: tuple[RuleTold, ...]
    ladders: tuple[LadderTold, ...]
    ahead: Ahead


def why(facts: Facts, policy: Policy, now: datetime, legend: Legend = NO_LEGEND) -> Why:
    """Explain a case: its clocks, what fired, what did not and why, its ladders, and what comes if nobody acts.

    `legend` names lines of the policy and holidays.
    """
    return Why(
        at=now, clocks=clocks_told(facts, policy, now, legend), fired=fired([*firings(facts.history)]),
        rules=rules_told(facts, policy, now), ladders=ladders_told(facts, policy), ahead=ahead(facts, policy, now),
    )  # fmt: skip
