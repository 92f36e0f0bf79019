"""What a policy's rules would have done to a case: its plan, made at every moment at which something was due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from console.domain.actions import Does
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

CHANGING = frozenset({RuleAct.ESCALATE, RuleAct.RAISE, RuleAct.TAG, RuleAct.REASSIGN})
"""What rules do that sends a case up, or may make another rule do so."""

BY_CLOCKS = frozenset({"next_clock", "next_due", "time_left"})
"""What only clocks tell of a case."""

NOTHING_BESIDE = Beside(CaseText(), has_brief=False)

Found = tuple[datetime, Target | None, str]
"""When a rule would have sent a case up, to whom, and which rule."""


def only_sending(policy: Policy) -> Policy:
    """Give a policy without what never sends a case up nor changes one: warnings, ladders, rules that only tell.

    Nor has it targets where no rule looks at what clocks come to.
    """
    timing = policy.timing
    rules = tuple(rule for rule in timing.rules if rule.do in CHANGING)
    asked = [criteria(rule.when) for rule in rules]
    is_timed = any(each.is_advised or each.looks_at & BY_CLOCKS for each in asked)
    targets = timing.targets if is_timed else ()
    return replace(policy, timing=replace(timing, rules=rules, ladders=(), warn=(), targets=targets))


class Glance:
    """Says at a glance whether a policy's rules may have sent a case up; most cases fit none of them."""

    def __init__(self, sending: Policy) -> None:
        """Make the queries of the rules ready; see `only_sending`."""
        rules, self.sending = sending.timing.rules, sending
        self.bounces = sending.timing.ping_pong.bounces
        self.sends = any(rule.do is RuleAct.ESCALATE for rule in rules)
        self.asked = [criteria(rule.when) for rule in rules]
        self.reads_text = self.sends and any(each.query.finds_text for each in self.asked)
        self.is_blind = self.reads_text or any(each.query.names("has") for each in self.asked)

    def may_send(self, history: Sequence[Event], cases: Iterable[Case]) -> bool:
        """Say whether a case may have been sent up, by how it stood from event to event."""
        if self.bounces and sum(event.kind is Kind.RETURNED for event in history) >= self.bounces:
            return True
        return self.sends and any(map(self.may_hold, cases))

    def may_hold(self, case: Case) -> bool:
        """Say whether any rule may hold for a case as it stands."""
        return self.is_blind or any(each.settled(case, NOTHING_BESIDE) is not False for each in self.asked)


def first_by_rule(facts: Facts, glance: Glance, until: datetime, end: datetime) -> Found | None:
    """Give when a rule would first have sent a case up, up to `end`, with what people did before `until`.

    What the clock side did under the policy of then is left out: this policy does its own.
    """
    done = [each for each in facts.history if each.kind not in BY_THE_CLOCK and written_at(each) < until]
    state = replace(facts, case=before(facts.case, facts.history[1:]), history=(), escalations=())
    for place, event in enumerate(done):
        at = written_at(event)
        state = _acted(state, event, facts)
        stop = written_at(done[place + 1]) if place + 1 < len(done) else end
        if not (glance.bounces or glance.may_hold(state.case)):
            continue
        state, found = _rounds(state, glance.sending, at, min(stop, end))
        if found is not None:
            return found
    return None


def _acted(state: Facts, event: Event, facts: Facts) -> Facts:
    """Give the facts after what was done, as it was recorded; what the clock side made of them before stands."""
    moves = state.escalations
    if any(name.startswith("escalation.") for name in event.changes):
        moves = as_before(facts, written_at(event)).escalations
    return replace(state, case=after(state.case, event), history=(*state.history, event), escalations=moves)


def _rounds(facts: Facts, policy: Policy, at: datetime, stop: datetime) -> tuple[Facts, Found | None]:
    """Make rounds until a time, or until something sends the case up."""
    while at <= stop:
        planned, facts = unrolled(facts, policy, at)
        sends = next((each for each in planned.due if each.does is Does.ESCALATE), None)
        if sends is not None:
            return facts, (at, sends.target, sends.source)
        if planned.next_at is None or (planned.next_at <= at and not planned.due):
            break
        at = max(planned.next_at, at)
    return facts, None
