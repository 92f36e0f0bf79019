"""Notices: what hearing of an event is to whoever hears of it, and how long it stays news."""

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


TO_ME = {
    NoticeKind.ASSIGNED: "yours to work on",
    NoticeKind.ESCALATED: "escalated to you",
    NoticeKind.RETURNED: "returned to you",
    NoticeKind.ASKED: "a question to you",
    NoticeKind.REPLIED: "an answer to you",
    NoticeKind.OUTCOME: "what came of your escalation",
    NoticeKind.WARNED: "will be late",
    NoticeKind.LATE: "late",
    NoticeKind.REMINDED: "a reminder",
    NoticeKind.ENGAGED: "waits for your answer",
    NoticeKind.EXHAUSTED: "nobody has answered",
    NoticeKind.TOLD: "for you to know",
}
"""What each kind is to whoever gets it, in a few words."""


class NoticeState(StrEnum):
    """Whether a notice is still news to its person: `over` once somebody else's answer has settled it."""

    NEW = "new"
    SEEN = "seen"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One notice to one person, or to one contact outside (`outside`, where `person` is None).

    `version` is that of the event it tells of; with case and recipient it names the notice. `escalation` is the one
    whose answer settles it, None where nothing does.
    """

    case: CaseId
    version: int
    person: PersonId | None
    outside: str = ""
    kind: NoticeKind
    at: datetime
    is_urgent: bool = False
    escalation: EscalationId | None = None
    state: NoticeState = NoticeState.NEW
