"""What the policy says of time, for people to read and as JSON: clocks, rules, ladders and the brake."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from console.domain.timing import Count, Ladder, LadderStep, Rule, RuleAct, Target, Timing
from console.domain.words import counted, lasting, listed, times


def time_page(timing: Timing) -> Iterator[str]:
    """Give it section by section; nothing of what the policy does not say."""
    if timing.targets:
        yield from ("", f"Clocks (warned at {listed(f'{each} %' for each in timing.warn)})")
        yield from (f"  {each.clock:<14}{_target(each, timing)}" for each in timing.targets)
    if timing.rules:
        yield from ("", "Rules")
        yield from (f"  {rule.id:<20}{line}" for rule in timing.rules for line in [_rule(rule, timing)])
    for ladder in timing.ladders:
        yield from ("", f"Ladder {ladder.id}, {_scope(ladder)}; {counted(ladder.rounds, 'round')}")
        yield from ([f"  reminder after {lasting(ladder.gentle)}"] if ladder.gentle else [])
        yield from (f"  {number} {_step(step, ladder, timing)}" for number, step in enumerate(ladder.steps, 1))
    if timing.ping_pong.bounces:
        yield from ("", f"Brake: {times(timing.ping_pong.bounces)} back within {lasting(timing.ping_pong.within)}")


def time_form(timing: Timing) -> dict[str, Any]:
    """Give it as JSON; times in seconds."""
    return {
        "clocks": [
            {"clock": each.clock.value, "within": _seconds(each.within), "calendar": each.calendar or timing.calendar,
             "severity": each.severity.name if each.severity else None, "category": each.category or None,
             "organisation": each.organisation or None, "tier": each.tier}
            for each in timing.targets
        ],
        "warn": list(timing.warn),
        "rules": [
            {"id": each.id, "says": each.says, "when": each.when, "for": _seconds(each.held), "count": each.count.value,
             "do": each.do.value, "to": list(each.to), "tags": list(each.tags), "remind": _seconds(each.remind),
             "every": _seconds(each.every), "times": each.times}
            for each in timing.rules
        ],
        "ladders": [
            {"id": each.id, "severities": sorted(one.name for one in each.severities),
             "categories": sorted(each.categories), "gentle": _seconds(each.gentle), "rounds": each.rounds,
             "steps": [
                 {"to": list(step.to), "after": _seconds(step.after), "count": step.count.value,
                  "skip_if_absent": step.skip_if_absent, "everyone": step.everyone, "repeat": step.repeat,
                  "every": _seconds(step.every)}
                 for step in each.steps
             ]}
            for each in timing.ladders
        ],
        "ping_pong": {"bounces": timing.ping_pong.bounces, "within": _seconds(timing.ping_pong.within)},
    }  # fmt: skip


def _target(target: Target, timing: Timing) -> str:
    """Write `S1 for ACME GmbH: 15 min, round the clock`."""
    tier = f"tier {target.tier}" if target.tier else ""
    whom = [target.severity.name if target.severity else "", target.category, target.organisation, tier]
    whose = ", ".join(filter(None, whom)) or "every case"
    return f"{whose}: {_delay(target.within, Count.BUSINESS, target.calendar, timing)}"


def _rule(rule: Rule, timing: Timing) -> str:
    """Write what a rule waits for and does, in one line."""
    waits = f" for {_delay(rule.held, rule.count, rule.calendar, timing)}" if rule.held else ""
    whom = f" {listed(rule.to)}" if rule.to else ""
    preposition = " to" if whom and rule.do in {RuleAct.ESCALATE, RuleAct.REASSIGN} else ""
    tags = f" {listed(rule.tags)}" if rule.tags else ""
    reminded = f", with a reminder {lasting(rule.remind)} before" if rule.remind else ""
    again = f", {times(rule.times)}, {lasting(rule.every)} apart" if rule.every and rule.times > 1 else ""
    return f"{rule.says}: {rule.when or 'always'}{waits} -> {rule.do}{preposition}{whom}{tags}{reminded}{again}"


def _step(step: LadderStep, ladder: Ladder, timing: Timing) -> str:
    after = f"after {_delay(step.after, step.count, ladder.calendar, timing)}" if step.after else "at once"
    more = [
        "all must respond" if step.everyone else "",
        "passed over where nobody is there" if step.skip_if_absent else "",
        f"said again {times(step.repeat)}, {lasting(step.every)} apart" if step.repeat else "",
    ]
    return "; ".join(filter(None, [f"{after}: {listed(step.to)}", *more]))


def _scope(ladder: Ladder) -> str:
    """Write for which cases a ladder holds."""
    severities = listed(sorted(each.name for each in ladder.severities)) if ladder.severities else "every severity"
    return f"{severities}{f' of {listed(sorted(ladder.categories))}' if ladder.categories else ''}"


def _delay(span: timedelta, count: Count, calendar: str, timing: Timing) -> str:
    """Write a delay; one in opening hours without days, of which each would have 24 of them."""
    found = timing.calendar_of(calendar)
    if count is Count.WALL or found.is_always:
        return lasting(span)
    hours, rest = divmod(span, timedelta(hours=1))
    told = f"{hours} h {lasting(rest) if rest else ''}".strip() if hours else lasting(span)
    return f"{told} of {found.id}"


def _seconds(span: timedelta) -> int:
    return int(span.total_seconds())
