"""Clocks, firings, rules, ladders and the future as JSON; spans of time are whole seconds."""

from __future__ import annotations

from datetime import timedelta

from console.cli.forms import Form, told, when
from console.domain.action_words import saying
from console.domain.forecast import Foreseen
from console.domain.policy import Policy
from console.domain.why import Why
from console.domain.why_ahead import Ahead
from console.domain.why_clocks import ClockTold
from console.domain.why_fired import Fired
from console.domain.why_ladders import LadderTold
from console.domain.why_rules import RuleTold


def seconds(span: timedelta | None) -> int | None:
    """Write a span in whole seconds, rounded down."""
    return None if span is None else int(span // timedelta(seconds=1))


def reasons(found: Why, policy: Policy) -> Form:
    """Give why, why not and what next of a case."""
    return {
        "clocks": [clock(each) for each in found.clocks],
        "fired": [firing(each) for each in found.fired],
        "rules": [rule(each) for each in found.rules],
        "ladders": [ladder(each) for each in found.ladders],
        "next": ahead(found.ahead, policy),
    }


def clock(each: ClockTold) -> Form:
    """Give a clock with its intervals."""
    found = each.clock
    return {
        "name": found.name.value, "key": found.key, "state": found.kind.value, "target": seconds(found.within),
        "fixed": when(found.fixed), "calendar": found.calendar, "rule": each.rule or None,
        "elapsed": seconds(found.elapsed), "due": when(found.due), "left": seconds(found.left), "late": each.is_late,
        "breached_at": when(found.breached_at), "found_at": when(each.found_at),
        "warned": [{"percent": percent, "due": when(due)} for percent, due in each.warned],
        "intervals": [
            {"start": when(part.start), "end": when(part.end), "counts": part.counts, "why": part.why or None}
            for part in each.intervals
        ],
    }  # fmt: skip


def firing(each: Fired) -> Form:
    """Give one firing with its event."""
    return {
        "source": each.firing.source, "step": each.firing.step, "at": when(each.at), "due": when(each.due),
        "late": seconds(each.late), "policy": each.policy or None, "told": list(each.told),
        "not_told": [list(pair) for pair in each.absent], "event": told(each.firing.event),
    }  # fmt: skip


def rule(each: RuleTold) -> Form:
    """Give how a rule stands."""
    return {
        "id": each.rule.id, "says": each.rule.says, "when": each.rule.when, "fired": each.fired,
        "times": each.rule.times,
        "holds_since": when(each.holds_since), "lacks": each.lacks or None,
        "does": each.does.value if each.does else None, "at": when(each.at), "flips_at": when(each.flips_at),
    }  # fmt: skip


def ladder(each: LadderTold) -> Form:
    """Give the ladder of one escalation."""
    return {
        "escalation": each.escalation.id, "state": each.escalation.state.value,
        "ladder": each.ladder.id if each.ladder else None, "step": each.stands.step,
        "steps": len(each.ladder.steps) if each.ladder else 0, "round": each.stands.round,
        "rounds": each.ladder.rounds if each.ladder else 0, "fired": [firing(rung) for rung in each.fired],
        "answers": [told(event) for event in each.answers], "stopped": each.stopped or None,
    }  # fmt: skip


def ahead(found: Ahead, policy: Policy) -> Form:
    """Give what comes if nobody acts."""
    return {
        "until": when(found.until), "ends": found.ends, "is_more": found.is_more,
        "actions": [foreseen(each, policy) for each in found.foreseen],
    }  # fmt: skip


def foreseen(each: Foreseen, policy: Policy) -> Form:
    """Give one thing to come, with the key under which it happens once."""
    action = each.action
    return {
        "at": when(each.at), "does": action.does.value, "source": action.source, "deadline": when(action.deadline),
        "step": action.step, "steps": action.steps, "says": saying(action, policy), "why": action.why,
        "to": list(action.to), "outside": list(action.outside), "absent": [list(pair) for pair in action.absent],
        "target": str(action.target) if action.target else None, "escalation": action.escalation,
        "tags": list(action.tags), "policy": action.policy or None,
    }  # fmt: skip
