"""What the policy's automatic rules make due while their facts hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from console.domain.actions import Action, Does
from console.domain.case import Severity
from console.domain.errors import Refused
from console.domain.escalation import AWAITING
from console.domain.firings import firings
from console.domain.holding import MOMENT, held_in
from console.domain.look import Coming, Look, later, responsible
from console.domain.matrix import Route, Target
from console.domain.outcome import outcome
from console.domain.past import Past
from console.domain.people import called
from console.domain.plan_targets import way_of
from console.domain.recipients import Recipients, place_of
from console.domain.timing import Rule, RuleAct

DOES: Mapping[RuleAct, Does] = {act: Does(act.value) for act in RuleAct}
"""What the acts of rules are called as actions."""

TOLD_INSTEAD = (("manager",), ("owner", "handler"), ("team",))
"""Who hears of what a rule could not do."""


def coming_by_rules(seen: Look) -> Iterator[Coming]:
    """Give what each rule does next, while its facts hold, and when they may begin or cease to hold."""
    past = Past(seen.facts, seen.policy)
    for rule in seen.policy.timing.rules:
        found = held_in(past, rule, seen.now)
        if found.flips_at is not None:
            yield Coming(found.flips_at)
        if found.since is not None and not needless(rule, seen):
            yield from _firing(seen, rule, found.since)


def needless(rule: Rule, seen: Look) -> str:
    """Say why there is nothing for a rule to do though its facts hold, or nothing where there is."""
    case, place = seen.case, _place(rule)
    match rule.do:
        case RuleAct.ESCALATE if case.escalation_state in AWAITING:
            return f"it was escalated by {called(case.escalated_by)} already and waits to be accepted"
        case RuleAct.RAISE if case.severity is Severity.S1:
            return "it is S1 already"
        case RuleAct.TAG if set(rule.tags) <= set(case.tags):
            return "it has these tags already"
        case RuleAct.REASSIGN if place and (case.tier, case.team) == (place.tier, place.team):
            return "it is there already"
        case RuleAct.REASSIGN if not place and case.handler in (seen.told(rule.to).people[:1] or (rule.to[0],)):
            return f"it is with {case.handler} already"
    return ""


def _firing(seen: Look, rule: Rule, since: datetime) -> Iterator[Coming]:
    """Give the next time a rule fires for what has held since then, or the gentle reminder before its escalation.

    What begins to hold just after a time, and is acted on at that very moment, began at that time all the same.
    """
    every = [each for each in firings(seen.facts.history, _source(rule)) if each.source == _source(rule)]
    before = [each for each in every if abs(each.deadline - since) <= MOMENT]
    since = before[-1].deadline if before else since
    fired, reminded = [each for each in before if each.step], [each for each in before if not each.step]
    if len(fired) >= (rule.times if rule.every else 1):
        return
    at = _later(seen, rule, fired[-1].at, rule.every) if fired else _later(seen, rule, since, rule.held)
    if rule.do is RuleAct.ESCALATE and rule.remind and not fired:
        if not reminded:
            at = _later(seen, rule, since, max(rule.held - rule.remind, timedelta(0)))
            yield Coming(at, Does.REMIND, partial(_reminder, seen, rule, since, at))
            return
        at = max(at, _later(seen, rule, reminded[-1].at, rule.remind))
    yield Coming(at, DOES[rule.do], partial(_possible, seen, rule, (since, len(fired) + 1), at))


def _reminder(seen: Look, rule: Rule, since: datetime, at: datetime) -> Action:
    people = seen.told(*responsible(seen.case))
    action = _action(seen, rule, people, (since, 0), at)
    return replace(action, does=Does.REMIND, says="remind whoever has it", why=f"{rule.says}; it is escalated next")


def _possible(seen: Look, rule: Rule, when: tuple[datetime, int], at: datetime) -> Action:
    """Give what a rule does; where it cannot be done, whoever answers for the case is told why."""
    action = _act(seen, rule, when, at)
    try:
        outcome(seen.facts, action, seen.policy, seen.now)
    except Refused as refused:
        people = seen.told(*TOLD_INSTEAD)
        told = _action(seen, rule, people, when, at)
        detail = {"instead_of": rule.do.value}
        says = f"say that it could not {rule.do} it"
        return replace(told, does=Does.NOTIFY, says=says, why=refused.sentence, detail=detail)
    return action


def _act(seen: Look, rule: Rule, when: tuple[datetime, int], at: datetime) -> Action:
    match rule.do:
        case RuleAct.ESCALATE:
            way = way_of(seen, _place(rule))
            return replace(_action(seen, rule, Recipients(), when, at), target=way.target, absent=_passed(way))
        case RuleAct.REASSIGN:
            place = _place(rule)
            people = Recipients() if place else seen.told(rule.to)
            people = replace(people, people=people.people[:1], outside=())
            return replace(_action(seen, rule, people, when, at), target=place)
        case RuleAct.RAISE:
            worse = seen.case.severity.worse.name
            return replace(_action(seen, rule, Recipients(), when, at), detail={"severity": worse})
        case RuleAct.TAG:
            return replace(_action(seen, rule, Recipients(), when, at), tags=rule.tags)
    words = (rule.to,) if rule.to else responsible(seen.case)
    return _action(seen, rule, seen.told(*words), when, at)


def _action(seen: Look, rule: Rule, people: Recipients, when: tuple[datetime, int], at: datetime) -> Action:
    """Give what all actions of a rule have in common."""
    since, number = when
    return Action(
        does=DOES[rule.do], source=_source(rule), says=rule.do.value, deadline=since, step=number,
        steps=rule.times if rule.every else 1, due=at, why=rule.says, to=people.people, outside=people.outside,
        absent=people.absent, policy=seen.policy.version,
    )  # fmt: skip


def _passed(way: Route) -> tuple[tuple[str, str], ...]:
    return tuple((str(where), reason) for where, reason in way.skipped)


def _later(seen: Look, rule: Rule, at: datetime, span: timedelta) -> datetime:
    return later(at, span, rule.count, rule.calendar, seen.policy) if span else at


def _place(rule: Rule) -> Target | None:
    """Give the place a rule names first, or None where it names people, or nobody."""
    return place_of(rule.to[0]) if rule.to else None


def _source(rule: Rule) -> str:
    return f"rule:{rule.id}"
