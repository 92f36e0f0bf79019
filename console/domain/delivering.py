"""Delivering: what becomes of a notice on its way out, and when it is tried again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from console.domain.case import CaseId, PersonId, Severity
from console.domain.notice import Notice
from console.domain.notify import Notify
from console.domain.people import Person


class State(StrEnum):
    """Where a delivery stands; `dead` is where one ends that can never succeed, until somebody looks at it."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    HELD = "held"
    CANCELLED = "cancelled"
    DEAD = "dead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One notice on its way through one channel; `case` is None for a digest, which other deliveries go out in.

    `key` is its idempotency key: whatever happens, whoever gets it twice sees the same key twice. `reason` says why it
    was held back, cancelled or given up, or what went wrong last.
    """

    key: str = ""
    case: CaseId | None
    version: int | None
    person: PersonId | None
    outside: str = ""
    channel: str
    state: State = State.PENDING
    is_urgent: bool = False
    tries: int = 0
    at: datetime
    next_try: datetime | None
    sent_at: datetime | None = None
    reason: str = ""
    digest: str = ""


def routed(notice: Notice, severity: Severity, person: Person | None, policy: Notify, now: datetime) -> list[Delivery]:
    """Give the deliveries of a notice by the ways the policy says; none where it is for the console only."""
    route = policy.route(notice.kind, severity, person)
    if route is None:
        return []
    waits = route.is_digest and not notice.is_urgent
    return [
        Delivery(
            case=notice.case, version=notice.version, person=notice.person, outside=notice.outside, channel=channel,
            state=State.HELD if waits else State.PENDING, is_urgent=notice.is_urgent, at=now,
            next_try=policy.digest_after(now) if waits else now, reason=FOR_THE_DIGEST if waits else "",
        )
        for channel in route.channels
    ]  # fmt: skip


FOR_THE_DIGEST = "goes into the digest, as the policy says"
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
