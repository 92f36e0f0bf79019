"""Why, why not, what next: everything the clock side knows of a case, with its reasons, as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from console.domain.clock import clocks
from console.domain.facts import Facts
from console.domain.policy import Policy
from console.domain.toml_lines import KeyPath
from console.domain.why_ahead import Ahead, ahead
from console.domain.why_clocks import ClockTold, clocks_told
from console.domain.why_fired import Fired, fired
from console.domain.why_ladders import Climb, climbs
from console.domain.why_rules import RuleTold

NO_LINES: Mapping[KeyPath, int] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """What is to be said of a case at a time. The recommendation has an explanation of its own (`explanation`)."""

    at: datetime
    clocks: tuple[ClockTold, ...]
    fired: tuple[Fired, ...]
    rules: tuple[RuleTold, ...]
    ladders: tuple[Climb, ...]
    ahead: Ahead


def why(facts: Facts, policy: Policy, now: datetime, lines: Mapping[KeyPath, int] = NO_LINES) -> Why:
    """Explain a case: its clocks, what fired, what did not and why, its ladders, and what comes if nobody acts.

    `lines` say where each key of the policy's text stands; without them, lines are not named.
    """
    found = clocks(facts.case, facts.history, facts.escalations, policy, now)
    return Why(
        at=now, clocks=clocks_told(found, facts.case, facts.history, policy, now, lines), fired=fired(facts.history),
        rules=(), ladders=climbs(facts, policy), ahead=ahead(facts, policy, now),
    )  # fmt: skip
