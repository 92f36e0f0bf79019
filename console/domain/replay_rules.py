"""What a policy's rules would have done to a case: its plan, made at every moment at which something was due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from console.domain.actions import Action, Does
from console.domain.as_of import before as as_before
from console.domain.as_of import written_at
from console.domain.case import Case, CaseText
from console.domain.events import BY_THE_CLOCK, Event, Kind
from console.domain.facts import Facts
from console.domain.following import before
from console.domain.matrix import Target
from console.domain.plan import unrolled
from console.domain.policy import Policy
from console.domain.query import Beside
from console.domain.rule_query import criteria
from console.domain.stages import after
from console.domain.timing import RuleAct

MOST = 200
"""How many plans the time between two events of a case is given."""

CHANGING = frozenset({RuleAct.ESCALATE, RuleAct.RAISE, RuleAct.TAG, RuleAct.REASSIGN})
"""What rules do that sends a case up, or may make another rule do so."""

NOTHING_BESIDE = Beside(CaseText(), has_brief=False)

Found = tuple[datetime, Target | None, str]
"""When a rule would have sent a case up, to whom, and which rule."""


def only_sending(policy: Policy) -> Policy:
    """Give a policy without what never sends a case up nor changes one: warnings, ladders, rules that only tell."""
    rules = tuple(rule for rule in policy.timing.rules if rule.do in CHANGING)
    return replace(policy, timing=replace(policy.timing, rules=rules, ladders=(), warn=()))


def may_send(sending: Policy, facts: Facts, cases: Iterable[Case]) -> bool:
    """Say whether a policy's rules may have sent a case up, by a glance at how it stood; most cases fit none."""
    bounces = sending.timing.ping_pong.bounces
    if bounces and sum(event.kind is Kind.RETURNED for event in facts.history) >= bounces:
        return True
    if all(rule.do is not RuleAct.ESCALATE for rule in sending.timing.rules):
        return False
    asked = [criteria(rule.when) for rule in sending.timing.rules]
    if any(each.query.finds_text or each.query.names("has") for each in asked):
        return True
    return any(each.settled(case, NOTHING_BESIDE) is not False for case in cases for each in asked)


def first_by_rule(facts: Facts, sending: Policy, until: datetime, end: datetime) -> Found | None:
    """Give when a rule would first have sent a case up, up to `end`, with what people did before `until`.

    What the clock side did under the policy of then is left out: this policy (`only_sending`) does its own.
    """
    done = [each for each in facts.history if each.kind not in BY_THE_CLOCK and written_at(each) < until]
    if not done:
        return None
    state = replace(facts, case=before(facts.case, facts.history[1:]), history=(), escalations=())
    for place, event in enumerate(done):
        at = written_at(event)
        state = _acted(state, event, facts)
        stop = written_at(done[place + 1]) if place + 1 < len(done) else end
        state, found = _rounds(state, sending, at, min(stop, end))
        if found is not None:
            return found
        if stop > end:
            break
    return None


def _acted(state: Facts, event: Event, facts: Facts) -> Facts:
    """Give the facts after what was done, as it was recorded; what the clock side made of them before stands."""
    moves = state.escalations
    if any(name.startswith("escalation.") for name in event.changes):
        moves = as_before(facts, written_at(event)).escalations
    return replace(state, case=after(state.case, event), history=(*state.history, event), escalations=moves)


def _rounds(facts: Facts, policy: Policy, at: datetime, stop: datetime) -> tuple[Facts, Found | None]:
    """Make rounds until a time, or until something sends the case up."""
    for _ in range(MOST):
        if at > stop:
            break
        planned, facts = unrolled(facts, policy, at)
        sends = next((each for each in planned.due if _sends(each)), None)
        if sends is not None:
            return facts, (at, sends.target, sends.source)
        if planned.next_at is None:
            break
        at = max(planned.next_at, at)
    return facts, None


def _sends(action: Action) -> bool:
    return action.does is Does.ESCALATE
