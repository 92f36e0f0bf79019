"""Notices: who is to hear of an event, and what it is to them; pure, so that every act tells the same people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.domain.case import CaseId, EscalationId, PersonId


class NoticeKind(StrEnum):
    """What a notice is to whoever gets it."""

    ASSIGNED = "assigned"
    ESCALATED = "escalated"
    RETURNED = "returned"
    ASKED = "asked"
    REPLIED = "replied"
    OUTCOME = "outcome"
    WARNED = "warned"
    LATE = "late"
    REMINDED = "reminded"
    ENGAGED = "engaged"
    EXHAUSTED = "exhausted"
    TOLD = "told"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One notice to one person, or to one contact outside (`outside`, where `person` is None).

    `version` is that of the event it tells of; with case and recipient it is the idempotency key. `escalation` is the
    one whose answer makes it void, None where nothing does.
    """

    case: CaseId
    version: int
    person: PersonId | None
    outside: str = ""
    kind: NoticeKind
    at: datetime
    is_urgent: bool = False
    escalation: EscalationId | None = None
