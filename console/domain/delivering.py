"""Delivering: what becomes of a notice on its way out, when it waits and why, and when it is tried again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from console.domain.case import CaseId, PersonId, Severity
from console.domain.notice import Notice
from console.domain.notify import Notify
from console.domain.people import Person
from console.domain.policy import Policy
from console.domain.safe import safe_line
from console.domain.words import shortened


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


@dataclass(frozen=True, slots=True)
class Wait:
    """Until when a delivery is held back, and why."""

    until: datetime
    why: str


class Came(StrEnum):
    """What came of trying to send something.

    `later`: not this time; `never`: this one can not be sent at all; `unreachable`: it was not even tried, since
    nothing can be sent this way now.
    """

    SENT = "sent"
    LATER = "later"
    NEVER = "never"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Result:
    """What came of trying to send something, and what the other side said, or what went wrong.

    `is_down`: the whole channel is out of reach, so that there is no sense in trying others through it now.
    """

    came: Came
    said: str = ""
    is_down: bool = False


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


def held_back(delivery: Delivery, policy: Policy, spent: int, now: datetime) -> Wait | None:
    """Say whether a delivery must wait: for the end of quiet hours, or, beyond the budget of the day, for the digest.

    What is urgent never waits. `spent` is how many messages the person was sent today; what was held back before waits
    for quiet hours only, and contacts outside for nothing.
    """
    if delivery.is_urgent or delivery.person is None:
        return None
    notify = policy.notify
    if until := notify.quiet_until(now, policy.timing.calendars):
        return Wait(until, f"quiet hours until {_local(until, notify)}")
    if delivery.state is State.PENDING and delivery.case is not None and 0 < notify.budget <= spent:
        until = notify.digest_after(now)
        return Wait(until, f"{delivery.person} was sent enough today; goes into the digest of {_local(until, notify)}")
    return None


def is_stale(delivery: Delivery, now: datetime, *, is_there: bool) -> bool:
    """Say whether a delivery is no news any more: nobody delivered it in time, or its channel is still not there.

    What was held back on purpose is not: after a week of holidays it goes out all the same.
    """
    return now - delivery.at > STALE and (delivery.state is State.PENDING or not is_there)


def settled(tries: int, result: Result, now: datetime, jitter: float) -> tuple[State, datetime | None]:
    """Give the state after so many tries, and when the next is; `jitter` from 0 to 1 keeps many from trying at once.

    Pauses grow from a minute to an hour; after `MOST_TRIES`, which is more than a day, it is given up.
    """
    if result.came is Came.SENT:
        return State.SENT, None
    if result.came is Came.NEVER or (result.came is Came.LATER and tries >= MOST_TRIES):
        return State.DEAD, None
    pause = min(FIRST_PAUSE * 2 ** min(tries - 1, _DOUBLINGS), LONGEST_PAUSE)
    pause = UNREACHABLE_PAUSE if result.came is Came.UNREACHABLE else pause
    return State.PENDING, now + pause * (0.75 + jitter / 2)


def after_try(tries: int, result: Result, now: datetime, jitter: float) -> dict[str, Any]:
    """Give what a try changes of whatever was to go out: state, next try, tries, reason, and when it was sent.

    What could not even be tried since its way out is out of reach does not count as a try.
    """
    state, next_try = settled(tries, result, now, jitter)
    return {
        "state": state, "next_try": next_try, "tries": tries - (result.came is Came.UNREACHABLE),
        "reason": shortened(safe_line(result.said), LONGEST_REASON), "sent_at": now if state is State.SENT else None,
    }  # fmt: skip


def _local(at: datetime, policy: Notify) -> str:
    return f"{at.astimezone(ZoneInfo(policy.zone)):%a %H:%M}"


FOR_THE_DIGEST = "goes into the digest, as the policy says"
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
UNREACHABLE_PAUSE = timedelta(minutes=5)
STALE = timedelta(days=7)
MOST_TRIES = 30
LONGEST_REASON = 300
_DOUBLINGS = 10
