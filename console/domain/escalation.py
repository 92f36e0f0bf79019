"""An escalation: one move up, from the moment it is proposed until it is closed and reviewed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from console.domain.brief import Brief
from console.domain.case import CaseId, EscalationId, PersonId
from console.domain.errors import RefusalCode, Refused
from console.domain.matrix import Target
from console.domain.words import listed


class Kind(StrEnum):
    """Why it goes up: to skill, to authority, or by a rule (ITIL: functional and hierarchical escalation)."""

    FUNCTIONAL = "functional"
    HIERARCHICAL = "hierarchical"
    AUTOMATIC = "automatic"


class State(StrEnum):
    """The life of an escalation; `withdrawn` is where an undone one ends."""

    PROPOSED = "proposed"
    SENT = "sent"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    EXPIRED = "expired"
    EXHAUSTED = "exhausted"
    DECIDED = "decided"
    CLOSED = "closed"
    REVIEWED = "reviewed"
    WITHDRAWN = "withdrawn"


AWAITING = frozenset({State.SENT, State.EXHAUSTED})
"""States in which the receiving tier still owes an answer."""

OPEN = AWAITING | {State.PROPOSED, State.ACCEPTED, State.DECIDED}
"""States in which the escalation is not yet over."""


class ReturnReason(StrEnum):
    """Why the receiving tier hands a case back."""

    SOLVABLE_BELOW = "solvable-below"
    INCOMPLETE_BRIEF = "incomplete-brief"
    WRONG_TEAM = "wrong-team"
    DUPLICATE = "duplicate"
    NOT_NEEDED = "not-needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """One move up. `by` gets the outcome; `from_*` is where the case goes back to when it is returned.

    `question` is what the receiving tier asked back and nobody has answered; `acknowledged` are those who said that
    they have seen it and are on it; `previous` is the escalation that was open before this one; `policy` is the version
    of the policy it ran under.
    """

    id: EscalationId = EscalationId(0)  # noqa: RUF009 - a NewType makes nothing
    case: CaseId
    kind: Kind
    state: State = State.SENT
    by: PersonId
    from_tier: int
    from_team: str = ""
    from_handler: PersonId | None = None
    target: Target
    skipped: tuple[tuple[Target, str], ...] = ()
    brief: Brief = field(default_factory=Brief)
    incomplete: str = ""
    question: str = ""
    acknowledged: tuple[PersonId, ...] = ()
    sent_at: datetime
    answered_at: datetime | None = None
    answered_by: PersonId | None = None
    reason: str = ""
    reason_text: str = ""
    outcome: str = ""
    closed_at: datetime | None = None
    previous: EscalationId | None = None
    policy: str = ""


def accepted(escalation: Escalation, person: PersonId, now: datetime) -> Escalation:
    """Give the escalation as the receiving tier took it. Refused: one that no longer waits for an answer."""
    _must_await(escalation)
    return replace(escalation, state=State.ACCEPTED, answered_by=person, answered_at=now, question="")


def asked_back(escalation: Escalation, question: str) -> Escalation:
    """Give the escalation with the receiving tier's question. Refused: an empty question, one that is not waiting."""
    _must_await(escalation)
    if not question.strip():
        raise Refused("Asking back needs the question; write what the brief leaves open.", RefusalCode.BAD_INPUT)
    return replace(escalation, state=State.SENT, question=question)


def replied(escalation: Escalation) -> Escalation:
    """Give the escalation with its question answered; it waits anew, for everybody. Refused: nothing was asked."""
    if not escalation.question:
        raise Refused(f"Nobody asked anything about case {escalation.case}; write a note instead.")
    return replace(escalation, question="", acknowledged=())


def acknowledged(escalation: Escalation, person: PersonId, asked: Collection[PersonId]) -> Escalation:
    """Give the escalation as seen by somebody who was asked, and who is on it without having taken it yet.

    Where nobody is known to have been asked, as with parties outside, anybody may say so. Refused: one that no longer
    waits for an answer, somebody who was not asked, the same person twice.
    """
    _must_await(escalation)
    if person in escalation.acknowledged:
        raise Refused(f"You have acknowledged case {escalation.case} already; accept it to take it on.")
    if asked and person not in asked:
        named = listed(sorted(asked)[:3], "or")
        raise Refused(
            f"Case {escalation.case} waits for {named}; accept it if you want to take it on.", RefusalCode.NOT_ALLOWED
        )
    return replace(escalation, acknowledged=(*escalation.acknowledged, person))


def started_again(escalation: Escalation) -> Escalation:
    """Give the escalation as its ladder begins another round: who said that they were on it did not accept it."""
    return replace(escalation, acknowledged=())


def exhausted(escalation: Escalation) -> Escalation:
    """Give the escalation as nobody answered it in any round; it can still be answered."""
    return replace(escalation, state=State.EXHAUSTED, acknowledged=())


def expired(escalation: Escalation, why: str, now: datetime) -> Escalation:
    """Give the escalation as passed over, since it went on above whoever did not answer. Refused: one not waiting."""
    _must_await(escalation)
    return replace(escalation, state=State.EXPIRED, outcome=why, closed_at=now, question="", acknowledged=())


def returned(escalation: Escalation, person: PersonId, reason: ReturnReason, text: str, now: datetime) -> Escalation:
    """Give the escalation as handed back. Refused: one that is neither waiting nor accepted."""
    if escalation.state not in OPEN - {State.PROPOSED}:
        raise Refused(f"There is nothing to return: the escalation is {escalation.state}.")
    return replace(
        escalation,
        state=State.RETURNED,
        answered_by=person,
        answered_at=now,
        reason=reason,
        reason_text=text,
        closed_at=now,
        question="",
    )


def decided(escalation: Escalation, outcome: str) -> Escalation:
    """Give the escalation with what the receiving tier decided; the outcome goes back to whoever escalated."""
    return replace(escalation, state=State.DECIDED, outcome=outcome)


def closed(escalation: Escalation, outcome: str, now: datetime) -> Escalation:
    """Give the escalation as closed with its outcome (thirty days to close, domain section 4)."""
    return replace(escalation, state=State.CLOSED, outcome=outcome or escalation.outcome, closed_at=now)


def reopened(escalation: Escalation) -> Escalation:
    """Give the earlier escalation as it stands again when a later one came back."""
    return replace(escalation, state=State.ACCEPTED, closed_at=None)


def _must_await(escalation: Escalation) -> None:
    if escalation.state not in AWAITING:
        who = f" by {escalation.answered_by}" if escalation.answered_by else ""
        raise Refused(
            f"The escalation is already {escalation.state}{who}.", RefusalCode.CONFLICT, escalation.answered_by
        )
