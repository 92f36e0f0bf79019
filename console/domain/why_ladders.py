"""Ladders explained: how far up each escalation's has come, who was engaged and who responded, and why it stopped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from console.domain.escalation import AWAITING, Escalation, State
from console.domain.events import Event, Kind
from console.domain.facts import Facts
from console.domain.firings import firings
from console.domain.ladder import SOURCE, Progress, is_stopped, ladder_of, progress, stands_still
from console.domain.policy import Policy
from console.domain.timeline import standing
from console.domain.timing import Ladder
from console.domain.why_fired import Fired, fired
from console.domain.words import counted, listed

RESPONSES = frozenset({Kind.ACCEPTED, Kind.ASKED, Kind.REPLIED, Kind.RETURNED, Kind.ACKNOWLEDGED})
"""What is answered to an escalation, and to the question that was asked back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderTold:
    """The ladder of one escalation; None where the policy has none for it.

    `stands` is where it is, `fired` what it did, oldest first, `answers` what was responded. `stopped` says why it goes
    no further, and is empty while it does.
    """

    escalation: Escalation
    ladder: Ladder | None
    stands: Progress
    fired: tuple[Fired, ...] = ()
    answers: tuple[Event, ...] = ()
    stopped: str = ""


def ladders_told(facts: Facts, policy: Policy) -> tuple[LadderTold, ...]:
    """Explain the ladder of every escalation that still waits for an answer, or whose ladder did something."""
    found = [_told(each, facts, policy) for each in facts.escalations]
    return tuple(each for each in found if each.fired or each.escalation.state in AWAITING)


def _told(escalation: Escalation, facts: Facts, policy: Policy) -> LadderTold:
    ladder, _ = ladder_of(escalation, facts, policy)
    own = [event for event in facts.history if event.detail.get("escalation") == escalation.id]
    answers = tuple(event for event in standing(facts.history) if event in own and event.kind in RESPONSES)
    stands = progress(escalation, facts)
    return LadderTold(
        escalation=escalation, ladder=ladder, stands=stands, fired=fired([*firings(own, SOURCE)]), answers=answers,
        stopped=_over(escalation, answers) or _held(escalation, ladder, stands, facts),
    )  # fmt: skip


def _over(escalation: Escalation, answers: Sequence[Event]) -> str:
    """Say how the escalation was answered, or came to its end; nothing while it waits."""
    if escalation.state in AWAITING:
        if not escalation.question:
            return ""
        who = next((each.person for each in reversed(answers) if each.kind is Kind.ASKED), "the receiving tier")
        return f"{who} asked back; it begins anew after the reply"
    if escalation.answered_by:
        return f"{escalation.answered_by} {'returned' if escalation.state is State.RETURNED else 'accepted'} it"
    return f"it is {escalation.state}: {escalation.outcome}" if escalation.outcome else f"it is {escalation.state}"


def _held(escalation: Escalation, ladder: Ladder | None, stands: Progress, facts: Facts) -> str:
    """Say what holds the ladder of an escalation that waits to be answered; nothing while it climbs."""
    if ladder is None:
        return "the policy has no ladder for it"
    if escalation.state is State.EXHAUSTED:
        return f"exhausted after {counted(stands.round, 'round')}: nobody has answered"
    if stands_still(facts.case):
        return f"it stands still while the case waits for {facts.case.waiting_for}"
    step = ladder.steps[stands.step - 1] if 0 < stands.step <= len(ladder.steps) else None
    if is_stopped(stands, step, escalation.acknowledged):
        return f"{listed(escalation.acknowledged)} acknowledged it"
    return ""
