"""What the clock side would have done in a made-up past, by the plan that live runs go by."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from console.domain.actions import Action, Does
from console.domain.case import altered
from console.domain.events import Event
from console.domain.facts import Facts
from console.domain.forecast import forecast
from console.domain.look import look
from console.domain.outcome import actor_of, enacted, outcome
from console.domain.plan_clocks import coming_by_clocks
from console.domain.policy import Policy

MOST = 60
"""How many things the clock side does at most until a ladder has been climbed."""


def with_breaches(facts: Facts, policy: Policy, until: datetime) -> Facts:
    """Give the facts with a breach wherever a clock ran out, written down at that minute."""
    while True:
        coming = [each for each in coming_by_clocks(look(facts, policy, until)) if each.does is Does.BREACH]
        first = min((each for each in coming if each.at < until), key=lambda each: each.at, default=None)
        action = first.act() if first is not None and first.act is not None else None
        if action is None:
            return facts
        facts = _with(facts, action, policy)


def unanswered(facts: Facts, policy: Policy, now: datetime, until: datetime) -> Facts:
    """Give the facts after nobody has answered an escalation until its ladder was exhausted."""
    facts = with_breaches(facts, policy, now)
    for number, each in enumerate(forecast(facts, policy, now)):
        if each.at > until or number == MOST:
            break
        facts = enacted(facts, each.action, policy, each.at)
        if each.action.does is Does.EXHAUST:
            break
    return replace(facts, case=altered(facts.case, next_clock="", next_due=None, time_left=None))


def _with(facts: Facts, action: Action, policy: Policy) -> Facts:
    """Give the facts with a breach where it belongs in the history; what came later is numbered on."""
    done = outcome(facts, action, policy, action.due)
    place = next((n for n, each in enumerate(facts.history) if each.at > done.at), len(facts.history))
    breach = Event(
        case=facts.case.id, version=place + 1, at=done.at, actor=actor_of(action), kind=done.kind, detail=done.detail,
        changes={}, cause=done.cause, reason_text=done.reason_text,
    )  # fmt: skip
    later = (replace(each, version=each.version + 1) for each in facts.history[place:])
    version, updated = facts.case.version + 1, max(facts.case.updated, done.at)
    return replace(
        facts, history=(*facts.history[:place], breach, *later),
        case=altered(facts.case, version=version, updated=updated),
    )  # fmt: skip
