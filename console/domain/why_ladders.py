"""Ladders explained: how far up each escalation's has come, who was engaged and who responded, and why it stopped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from console.domain.case import Case
from console.domain.escalation import Escalation, State
from console.domain.events import Event, Kind
from console.domain.facts import Facts
from console.domain.policy import Policy
from console.domain.timeline import standing
from console.domain.timing import Ladder
from console.domain.why_fired import Fired, fired
from console.domain.words import counted

RESPONSES = {
    Kind.ACCEPTED: "accepted it",
    Kind.ASKED: "asked back",
    Kind.RETURNED: "returned it",
    Kind.ACKNOWLEDGED: "acknowledged it",
}
"""What somebody who was asked can answer, and what is said of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Climb:
    """The ladder of one escalation. `rungs` are what it did, oldest first, `answers` what was responded to it.

    `round` and `step` are where it stands, 0 before the first step; `stopped` says why it goes no further, and is empty
    while it does.
    """

    escalation: Escalation
    ladder: Ladder | None
    rungs: tuple[Fired, ...] = ()
    answers: tuple[Event, ...] = ()
    round: int = 0
    step: int = 0
    stopped: str = ""


def climbs(facts: Facts, policy: Policy) -> tuple[Climb, ...]:
    """Give the ladder of every escalation that is open, or was climbed, oldest first."""
    found = [_climb(each, facts, policy) for each in facts.escalations]
    return tuple(each for each in found if each.rungs or each.escalation.closed_at is None)


def ladder_of(case: Case, policy: Policy) -> Ladder | None:
    """Give the first ladder of a policy that is meant for a case, or None."""
    for ladder in policy.timing.ladders:
        if (not ladder.severities or case.severity in ladder.severities) and (
            not ladder.categories or case.category in ladder.categories
        ):
            return ladder
    return None


def _climb(escalation: Escalation, facts: Facts, policy: Policy) -> Climb:
    ladder = ladder_of(facts.case, facts.frozen.get(escalation.policy, policy))
    own = [event for event in facts.history if event.detail.get("escalation") == escalation.id]
    rungs = [each for each in fired(own) if each.source.startswith("ladder:")]
    answers = [event for event in standing(own) if event.kind in RESPONSES]
    rounds = list(dict.fromkeys(str(each.event.detail.get("deadline")) for each in rungs))
    last = [each for each in rungs if str(each.event.detail.get("deadline")) == rounds[-1]]
    return Climb(
        escalation=escalation, ladder=ladder, rungs=tuple(rungs), answers=tuple(answers), round=len(rounds),
        step=max((each.step for each in last), default=0), stopped=_stopped(escalation, answers, ladder, len(rounds)),
    )  # fmt: skip


def _stopped(escalation: Escalation, answers: Sequence[Event], ladder: Ladder | None, rounds: int) -> str:
    """Say why a ladder goes no further; nothing while it does."""
    if escalation.state is State.EXHAUSTED:
        return f"exhausted after {counted(max(rounds, 1), 'round')}: nobody has answered"
    if escalation.state is State.SENT and escalation.question:
        asked = answers[-1].person if answers else "the receiving tier"
        return f"{asked} asked back, it begins anew after the reply"
    if escalation.state is State.SENT:
        return "" if ladder else "the policy has no ladder for it"
    if escalation.answered_by:
        return f"{escalation.answered_by} {'returned' if escalation.state is State.RETURNED else 'accepted'} it"
    return f"it is {escalation.state}"
