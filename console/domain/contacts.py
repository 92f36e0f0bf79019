"""Contacts: which events are words between the desk and the requester, and so move the clocks that they look at."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from console.domain.arrival import Voice
from console.domain.events import Event, Kind, as_written

THE_REQUESTER = frozenset({"", "requester", "the requester", "customer", "the customer", "caller"})
"""What stands for the requester where it is written with whom somebody spoke; nothing does, too."""

TELLING = frozenset({Kind.ESCALATED, Kind.WAITING})
"""Kinds that may say what the requester was told."""


class Contact(NamedTuple):
    """Words from the requester, or to them; `is_from_source` where they were written elsewhere, at their own time."""

    is_from_requester: bool
    is_from_source: bool = False


def contact_of(event: Event, requester: str) -> Contact | None:
    """Give what an event is between desk and requester; None for an internal note, and a talk with somebody else."""
    if event.kind in TELLING:
        return Contact(is_from_requester=False) if event.detail.get("told") else None
    if event.kind is not Kind.NOTED:
        return None
    is_from_source = as_written(event).cause.startswith("intake")
    voice = event.detail.get("voice")
    if voice == Voice.REQUESTER:
        return Contact(is_from_requester=True, is_from_source=is_from_source)
    if voice == Voice.OUTBOUND or (voice == Voice.CONVERSATION and _is_with(event, requester)):
        return Contact(is_from_requester=False, is_from_source=is_from_source)
    return None


def seen(event: Event) -> datetime | None:
    """Give when what an event tells came in, where that was later than it was said."""
    told = event.detail.get("seen")
    return datetime.fromisoformat(told) if isinstance(told, str) and told else None


def _is_with(event: Event, requester: str) -> bool:
    """Say whether a conversation was with the requester, who may be named by a part of their name."""
    other, known = str(event.detail.get("with") or "").strip().casefold(), requester.strip().casefold()
    return other in THE_REQUESTER or (bool(known) and (other in known or known in other))
