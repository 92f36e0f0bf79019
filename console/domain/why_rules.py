"""Rules explained: for each rule of the policy why it has not fired, or when it will."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from console.domain.actions import Does
from console.domain.facts import Facts
from console.domain.firings import firings
from console.domain.holding import held, lacking
from console.domain.look import Look, look
from console.domain.plan_rules import coming_by_rules, needless
from console.domain.policy import Policy
from console.domain.timing import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTold:
    """How one rule stands to a case.

    `holds_since` is when its facts began to hold, None where they do not. `lacks` is what keeps it from firing: the
    first condition that is false, with the value that the case has, or why there is nothing for it to do. `at` is when
    it acts if its facts go on as they are, None where it will not, and `does` what it does then: a gentle reminder may
    come first. `flips_at` is when time alone will make its facts hold, or cease to. `fired` is how often it has fired.
    """

    rule: Rule
    holds_since: datetime | None = None
    lacks: str = ""
    at: datetime | None = None
    does: Does | None = None
    flips_at: datetime | None = None
    fired: int = 0


def rules_told(facts: Facts, policy: Policy, now: datetime) -> tuple[RuleTold, ...]:
    """Explain every rule of a policy, in its order."""
    return tuple(_told(look(facts, policy, now)))


def _told(seen: Look) -> Iterator[RuleTold]:
    for rule in seen.policy.timing.rules:
        found = held(rule, seen.facts, seen.policy, seen.now)
        made = [each for each in firings(seen.facts.history) if each.source == f"rule:{rule.id}" and each.step]
        told = RuleTold(rule=rule, holds_since=found.since, flips_at=found.flips_at, fired=len(made))
        if not seen.case.status.is_live:
            yield replace(told, lacks=f"the case is {seen.case.status}, and rules look at open ones only")
        elif found.since is None:
            yield replace(told, lacks=_lack(rule, seen))
        elif reason := needless(rule, seen):
            yield replace(told, lacks=reason)
        else:
            yield _coming(told, seen)


def _lack(rule: Rule, seen: Look) -> str:
    """Name the first condition that is false, with the value that the case has."""
    finding = lacking(rule, seen.facts, seen.policy, seen.now)
    value = f"it is {finding.value}" if finding and finding.value else "the case has nothing there"
    return f"{finding.clause} is not so: {value}" if finding else "its conditions do not hold"


def _coming(told: RuleTold, seen: Look) -> RuleTold:
    """Say when a rule acts next, by the plan; nothing is left for one that has fired as often as it may."""
    alone = replace(seen.policy, timing=replace(seen.policy.timing, rules=(told.rule,)))
    acts = [each for each in coming_by_rules(replace(seen, policy=alone)) if each.act is not None]
    if acts:
        return replace(told, at=max(acts[0].at, seen.now), does=acts[0].does)
    return replace(told, lacks="for these facts it has fired as often as it may")
