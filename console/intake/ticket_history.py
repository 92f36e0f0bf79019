"""History: what happened to a ticket in the system it comes from that is no step of its past here: dated notes.

What changed besides its standing (links, labels, files), and what the arrival has no field for, are internal messages
with their author and time, so that nothing is lost and no clock takes them for an answer. Each has a reference, so that
they come in once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from console.domain.arrival import Message, Voice
from console.intake.native_fields import BadValueError
from console.intake.text import capped, shortened

MOST_MESSAGES = 100_000
_SHOWN = 300
_LONG = frozenset({"description", "environment", "comment", "body", "work notes"})
"""Fields whose texts are too long to be told twice: that they changed is enough."""
_NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that changed."""

    what: str
    before: str
    after: str


def changed(ref: str, by: str, at: datetime, changes: Iterable[Change]) -> Message | None:
    """Give what somebody changed at one time as a message; None where nothing did."""
    lines = told_lines(changes)
    return Message(by, at, capped("\n".join(lines)), Voice.INTERNAL, ref) if lines else None


def told_lines(changes: Iterable[Change]) -> list[str]:
    """Give each change in one line, from what to what."""
    return [
        f"{shortened(each.what, 100)}: {_shown(each.before)} → {_shown(each.after)}"
        if each.what.casefold() not in _LONG
        else f"{shortened(each.what, 100)} changed"
        for each in changes
        if each.before.strip() != each.after.strip()
    ]


def happened(ref: str, by: str, events: Iterable[tuple[str, datetime | None]]) -> list[Message]:
    """Give what is known to have happened by its time alone as messages."""
    return [
        Message(by, at, what, Voice.INTERNAL, f"{ref}/{what.casefold()}/{at:%Y%m%dT%H%M%S}")
        for what, at in events
        if at
    ]


def standing(ref: str, by: str, at: datetime | None, facts: Iterable[tuple[str, str]]) -> list[Message]:
    """Give the facts that an arrival has no field for as one message; it comes again when one of them is another."""
    text = "\n".join(f"{what}: {shortened(said, _SHOWN)}" for what, said in facts if said.strip())
    if not text or at is None:
        return []
    mark = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=6).hexdigest()
    return [Message(by, at, text, Voice.INTERNAL, f"{ref}/facts/{mark}")]


def in_order(messages: Iterable[Message | None]) -> tuple[Message, ...]:
    """Give messages oldest first, each reference once. Raises BadValueError for more than a case may have."""
    known: dict[str, Message] = {}
    for message in messages:
        if message is not None:
            known.setdefault(message.ref, message)
        if len(known) > MOST_MESSAGES:
            raise BadValueError(f"It has more than {MOST_MESSAGES:,} messages; split it.")
    return tuple(sorted(known.values(), key=lambda message: message.at))


def _shown(said: str) -> str:
    return shortened(said, _SHOWN) or _NOTHING
