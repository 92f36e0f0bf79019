"""The plan: the one place that decides what the clock side does, for live runs, previews and back-tests alike."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from console.domain.actions import LEVELS, Action, Does, Key
from console.domain.case import Status
from console.domain.facts import Facts
from console.domain.firings import firings
from console.domain.look import Coming, Look, look
from console.domain.outcome import enacted
from console.domain.plan_bounces import coming_by_bounces
from console.domain.plan_clocks import coming_by_clocks
from console.domain.plan_ladders import coming_by_ladders
from console.domain.plan_rules import coming_by_rules
from console.domain.policy import Policy

MOST = 100
"""How many actions one plan holds at most; more would be a fault, and would be due at the next."""

ORDER = {Does.RESUME: 0, Does.BREACH: 1, Does.WARN: 2}
FURTHER = 3
LEVEL = 4


@dataclass(frozen=True, slots=True)
class Plan:
    """What is due for a case now, in the order in which it is to be done, and when something will be if nobody acts.

    Each action is planned on the case as those before it leave it.
    """

    due: tuple[Action, ...] = ()
    next_at: datetime | None = None

    def due_from(self, now: datetime) -> datetime | None:
        """Give from when on there is something to do: at once, at `next_at`, or never if nobody acts."""
        return now if self.due else self.next_at


def plan(facts: Facts, policy: Policy, now: datetime) -> Plan:
    """Decide what is due for one case. Pure; the same facts, policy and time always give the same plan.

    After a downtime at most one action of `LEVELS` is due at once; then `next_at` is now. What has fired (by the
    history) is not due again.
    """
    return unrolled(facts, policy, now)[0]


def unrolled(facts: Facts, policy: Policy, now: datetime) -> tuple[Plan, Facts]:
    """Give the plan, and the facts as they are once it is carried out."""
    due: list[Action] = []
    fired = {each.key for each in firings(facts.history)}
    has_level = False
    while True:
        seen = look(facts, policy, now)
        found = sorted(coming(seen), key=_turn)
        action, is_held = _next(found, now, fired, has_level=has_level)
        if action is None or len(due) == MOST:
            return Plan(tuple(due), now if is_held or action else _soonest(found, now)), facts
        due.append(action)
        fired.add(action.key)
        has_level = has_level or action.is_level
        facts = enacted(facts, action, policy, now)


def coming(seen: Look) -> Iterator[Coming]:
    """Give everything that is due for a case, or will be."""
    if seen.facts.is_done:
        return
    if seen.case.status is Status.WAITING and seen.case.resume_at is not None:
        yield Coming(seen.case.resume_at, Does.RESUME, lambda: _resume(seen))
    yield from coming_by_clocks(seen)
    if seen.case.status.is_live:
        yield from coming_by_bounces(seen)
        yield from coming_by_ladders(seen)
        yield from coming_by_rules(seen)


def _next(found: list[Coming], now: datetime, fired: Collection[Key], *, has_level: bool) -> tuple[Action | None, bool]:
    """Give the first action that is due and has not fired, and whether one was held back for being another level."""
    is_held = False
    for each in found:
        action = each.act() if each.act and each.at <= now else None
        if action is None or action.key in fired:
            continue
        if not (has_level and action.is_level):
            return action, is_held
        is_held = True
    return None, is_held


def _turn(each: Coming) -> tuple[int, datetime]:
    """Give what decides the order: resumption, breaches, warnings, what changes the case, and what goes further."""
    if each.does in LEVELS:
        return LEVEL, each.at
    return FURTHER if each.does is None else ORDER.get(each.does, FURTHER), each.at


def _soonest(found: list[Coming], now: datetime) -> datetime | None:
    return min((each.at for each in found if each.at > now), default=None)


def _resume(seen: Look) -> Action:
    """Give the end of a wait whose time has come."""
    case, at = seen.case, seen.case.resume_at or seen.now
    return Action(
        does=Does.RESUME, source="wait", says=f"resume it, which waited for {case.waiting_for}", deadline=at, due=at,
        why=f"it was to wait for {case.waiting_for} until then", policy=seen.policy.version,
    )  # fmt: skip
