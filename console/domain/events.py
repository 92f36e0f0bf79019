"""Events: one thing that happened to a case, append-only, and the sentence that tells it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum

from console.domain.case import CaseId, PersonId

Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]
"""A value as it stands in JSON."""

Changes = Mapping[str, tuple[Plain, Plain]]
"""Field -> old and new value; fields of an escalation are written `escalation.state`."""


class Kind(StrEnum):
    """What happened."""

    OPENED = "opened"
    CLAIMED = "claimed"
    RELEASED = "released"
    ASSIGNED = "assigned"
    MOVED = "moved"
    ANSWERED = "answered"
    DECIDED = "decided"
    ESCALATED = "escalated"
    ACCEPTED = "accepted"
    ASKED = "asked"
    REPLIED = "replied"
    RETURNED = "returned"
    ATTEMPTED = "attempted"
    NOTED = "noted"
    WAITING = "waiting"
    RESUMED = "resumed"
    RESOLVED = "resolved"
    CLOSED = "closed"
    REOPENED = "reopened"
    MERGED = "merged"
    CHANGED = "changed"
    UPDATED = "updated"
    HANDED_OVER = "handed-over"
    TAKEN_OVER = "taken-over"
    UNDONE = "undone"
    WARNED = "warned"
    BREACHED = "breached"
    REMINDED = "reminded"
    TOLD = "told"
    ENGAGED = "engaged"
    EXHAUSTED = "exhausted"
    ACKNOWLEDGED = "acknowledged"
    REVIEWED = "reviewed"


BY_THE_CLOCK = frozenset({Kind.WARNED, Kind.BREACHED, Kind.REMINDED, Kind.TOLD, Kind.ENGAGED, Kind.EXHAUSTED})
"""Kinds that change nothing of a case but say that something was due."""

UNDOABLE = frozenset(Kind) - BY_THE_CLOCK - {Kind.OPENED, Kind.UNDONE, Kind.UPDATED}
"""Kinds whose change of the case can be taken back by a later event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened; `seq` orders all events of the database, `version` those of its case (1, 2, 3 …).

    Only what listens for changes is given `seq`, to go on from; shown to people, its gaps would tell of events on cases
    that they may not see.

    `detail` holds what is not a change of a field: a note's text, an attempt, the recommendation a decision was taken
    on. `annuls` is the version of the event that an undo takes back. `hash` chains it to `previous_hash`, the hash of
    the case's event before.
    """

    seq: int = 0
    case: CaseId
    version: int
    at: datetime
    actor: PersonId
    on_behalf_of: PersonId | None = None
    kind: Kind
    changes: Changes = field(default_factory=dict)
    detail: Mapping[str, Plain] = field(default_factory=dict)
    cause: str = "manual"
    reason: str = ""
    reason_text: str = ""
    batch: str = ""
    annuls: int | None = None
    hash: str = ""

    @property
    def person(self) -> PersonId:
        """Give whose act it is: that of the person on whose behalf somebody else typed it, or of the actor."""
        told = as_written(self)
        return told.on_behalf_of or told.actor


AS_WRITTEN = "as_written"
"""What stands in the detail of an event that an export brought: who acted, for whom, why, as it was written there."""

BROUGHT = "intake triage"
"""The cause of such an event: that it happened so is told by whoever took it in."""


def as_written(event: Event) -> Event:
    """Give an event that an export brought as it was written where it happened; any other as it is.

    The hash stays that of the event here; `changes` that could not be brought along are there again.
    """
    first = event.detail.get(AS_WRITTEN) if event.cause == BROUGHT else None
    if not isinstance(first, dict):
        return event
    patron, more = first.get("on_behalf_of"), first.get("changes")
    return replace(
        event, actor=PersonId(str(first.get("actor", ""))), on_behalf_of=PersonId(str(patron)) if patron else None,
        cause=str(first.get("cause", "manual")), batch=str(first.get("batch", "")),
        changes={**event.changes, **{name: (pair[0], pair[1]) for name, pair in _pairs(more)}},
        detail={name: value for name, value in event.detail.items() if name != AS_WRITTEN},
    )  # fmt: skip


def _pairs(changes: Plain) -> list[tuple[str, list[Plain]]]:
    """Give changes that stand in a detail."""
    every = changes.items() if isinstance(changes, dict) else ()
    return [(name, pair) for name, pair in every if isinstance(pair, list) and len(pair) == 2]  # noqa: PLR2004 - old, new


def fingerprint(event: Event, previous_hash: str) -> str:
    """Give the SHA-256 that chains the event to the one before it; `seq` and `hash` itself stay out, `at` is UTC."""
    told = {
        "previous": previous_hash,
        "case": event.case,
        "version": event.version,
        "at": event.at.astimezone(UTC).isoformat(),
        "actor": event.actor,
        "on_behalf_of": event.on_behalf_of,
        "kind": event.kind.value,
        "changes": event.changes,
        "detail": event.detail,
        "cause": event.cause,
        "reason": event.reason,
        "reason_text": event.reason_text,
        "batch": event.batch,
        "annuls": event.annuls,
    }
    return hashlib.sha256(_written(told).encode()).hexdigest()


_written = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode


def sealed(event: Event, previous_hash: str) -> Event:
    """Give the event with the hash that chains it to the one before it; the event at hand is used up."""
    object.__setattr__(event, "hash", fingerprint(event, previous_hash))
    return event


def annulled(events: tuple[Event, ...]) -> frozenset[int]:
    """Give the versions of events that a later undo, itself not undone, has taken back."""
    gone: set[int] = set()
    for event in sorted(events, key=lambda each: each.version, reverse=True):
        if event.annuls is not None and event.version not in gone:
            gone.add(event.annuls)
    return frozenset(gone)
