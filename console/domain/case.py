"""A case: one incoming issue being worked, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import NewType

from console.domain.altering import altering

CaseId = NewType("CaseId", int)
EscalationId = NewType("EscalationId", int)
PersonId = NewType("PersonId", str)
Answers = tuple[int | None, int | None, int | None, int | None]
"""A person's answers to the four factors, in the order of `Factor`; None is unknown."""

UNANSWERED: Answers = (None, None, None, None)


class Status(StrEnum):
    """Where a case stands; only `waiting` pauses its clocks."""

    NEW = "new"
    OPEN = "open"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"

    @property
    def is_live(self) -> bool:
        """Say whether somebody still has to do something."""
        return self in LIVE


LIVE = frozenset({Status.NEW, Status.OPEN, Status.WAITING})


class Severity(IntEnum):
    """Impact times urgency on the ITIL matrix; S1 is the worst."""

    S1 = 1
    S2 = 2
    S3 = 3
    S4 = 4

    @property
    def worse(self) -> Severity:
        """Give the next worse severity; there is none worse than S1."""
        return Severity(max(self - 1, Severity.S1))


class SeverityFrom(StrEnum):
    """What the severity rests on; only a default says nothing about the case."""

    DEFAULT = "default"
    MATRIX = "matrix"
    STATED = "stated"
    OVERRIDE = "override"


class Choice(StrEnum):
    """What a person did with the recommendation."""

    ESCALATE = "escalate"
    HANDLE = "handle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One incoming issue being worked, without its long text.

    `item` is the product or configuration item that it is about (ITIL), in a few words.
    `owner` answers to the requester from start to end, `handler` works on it now; `attempts` counts the failed ones
    that are logged, `tried_below` those of them that were made before its tier accepted it, `articles` are those that
    were followed; `escalation` is the open one; `version` is the number of its events so far. `due` is what somebody
    stated; what the case has to keep next is `next_due`, of the clock `next_clock`, or `time_left` of it while it is
    paused. Who may see a confidential case stands in `circle`, of whom `named` were let in by name; `subjects` are whom
    it is about (`domain.circle`). `action_of` names the case whose review asked for this one: it is work of the desk's
    own, and came from nobody.
    """

    id: CaseId = CaseId(0)
    source: str = ""
    ref: str = ""
    title: str
    requester: str = ""
    organisation: str = ""
    category: str = ""
    item: str = ""
    channel: str = ""
    tags: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()

    impact: int | None = None
    urgency: int | None = None
    severity: Severity = Severity.S3
    severity_from: SeverityFrom = SeverityFrom.DEFAULT
    affected: int | None = None
    confidential: bool = False
    circle: tuple[PersonId, ...] = ()
    named: tuple[PersonId, ...] = ()
    subjects: tuple[PersonId, ...] = ()

    status: Status = Status.NEW
    tier: int = 1
    team: str = ""
    owner: PersonId | None = None
    handler: PersonId | None = None
    waiting_for: str = ""
    resume_at: datetime | None = None
    due: datetime | None = None
    promised_at: datetime | None = None
    resolution: str = ""

    answers: Answers = UNANSWERED
    stops: tuple[str, ...] = ()
    attempts: int = 0
    tried_below: int = 0
    manager_asks: int = 0
    reopened: int = 0
    known_fix: str = ""
    articles: tuple[str, ...] = ()
    duplicate_of: CaseId | None = None
    action_of: CaseId | None = None
    decision: Choice | None = None
    escalation: EscalationId | None = None
    escalation_state: str = ""
    escalated_by: PersonId | None = None
    returned_at: datetime | None = None
    returned_facts: str = ""

    next_clock: str = ""
    next_due: datetime | None = None
    time_left: timedelta | None = None

    created: datetime
    updated: datetime
    version: int = 0

    def is_late(self, now: datetime) -> bool:
        """Say whether the most pressing of its clocks has run out; one that is paused never has."""
        return self.next_due is not None and self.next_due < now and self.status in LIVE


altered = altering(Case)
"""Gives a case with some of its fields changed."""


@dataclass(frozen=True, slots=True)
class CaseText:
    """The long text of a case, kept apart so that lists stay narrow; `notes` is what search reads besides the body."""

    body: str = ""
    notes: str = ""
