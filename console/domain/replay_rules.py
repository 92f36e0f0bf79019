"""What a policy's rules would have done to a case: its plan, made at every moment at which something was due."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from console.domain.actions import Action, Does
from console.domain.as_of import before as as_before
from console.domain.as_of import written_at
from console.domain.events import BY_THE_CLOCK, Event
from console.domain.facts import Facts
from console.domain.following import before
from console.domain.matrix import Target
from console.domain.plan import unrolled
from console.domain.policy import Policy
from console.domain.stages import after
from console.domain.timing import RuleAct

MOST = 200
"""How many plans the time between two events of a case is given."""

Found = tuple[datetime, Target | None, str]
"""When a rule would have sent a case up, to whom, and which rule."""


def escalates_by_rule(policy: Policy) -> bool:
    """Say whether any rule of a policy sends cases up."""
    return any(rule.do is RuleAct.ESCALATE for rule in policy.timing.rules)


def first_by_rule(facts: Facts, policy: Policy, until: datetime, end: datetime) -> Found | None:
    """Give when a rule would first have sent a case up, up to `end`, with what people did before `until`.

    What the clock side did under the policy of then is left out: this policy does its own.
    """
    done = [each for each in facts.history if each.kind not in BY_THE_CLOCK and written_at(each) < until]
    if not done:
        return None
    state = replace(facts, case=before(facts.case, facts.history[1:]), history=(), escalations=())
    for place, event in enumerate(done):
        at = written_at(event)
        state = _acted(state, event, facts)
        stop = written_at(done[place + 1]) if place + 1 < len(done) else end
        state, found = _rounds(state, policy, at, min(stop, end))
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
