"""Chronicles: the whole history of a case as an export writes it, checked when it is read.

Each event carries the hash that chains it to the one before. An event that an export brought is written as it was where
it happened, so that an export of what was taken in is the same again. Taken in, every event is signed by whoever took
it in and says so (`brought`): who may take cases in could have made it up.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from console.domain.case import CaseId, PersonId
from console.domain.chronicle_values import fits, is_time, must_be_plain
from console.domain.events import AS_WRITTEN, BROUGHT, Changes, Event, Kind, Plain, as_written, fingerprint
from console.domain.people import Actor

TEXTS = ("cause", "reason", "reason_text", "batch")
KEYS = frozenset({"at", "kind", "actor", "on_behalf_of", "changes", "detail", *TEXTS, "annuls", "hash"})
"""The keys of an event in a chronicle; those that say nothing are left out."""


def told(history: Iterable[Event]) -> tuple[Event, ...]:
    """Give a history as it was written where it happened, chained anew."""
    return chained(map(as_written, history))


def chained(history: Iterable[Event]) -> tuple[Event, ...]:
    """Give events numbered from 1 and each chained to the one before."""
    made: list[Event] = []
    before = ""
    for version, event in enumerate(history, 1):
        numbered = replace(event, version=version)
        before = fingerprint(numbered, before)
        made.append(replace(numbered, hash=before))
    return tuple(made)


def to_words(event: Event) -> dict[str, Plain]:
    """Write an event; its case and number follow from where it stands."""
    every: dict[str, Plain] = {
        "at": event.at.astimezone(UTC).isoformat(),
        "kind": event.kind.value,
        "actor": event.actor,
        "on_behalf_of": event.on_behalf_of,
        "changes": {name: list(event.changes[name]) for name in sorted(event.changes)},
        "detail": dict(event.detail),
        **{name: getattr(event, name) for name in TEXTS if (name, getattr(event, name)) != ("cause", "manual")},
        "annuls": event.annuls,
        "hash": event.hash,
    }
    return {name: value for name, value in every.items() if value not in (None, "", {})}


def from_words(words: Sequence[object], case: CaseId) -> tuple[Event, ...]:
    """Read a history. Raises ValueError with a sentence for the first event that is none, or not what was written."""
    read: list[Event] = []
    before = ""
    for version, each in enumerate(words, 1):
        event = _event(each, case, version)
        before = fingerprint(event, before)
        if event.hash != before:
            raise _wrong(version, "is not what was written: its hash is another, or something before it is missing")
        read.append(event)
    if not read or read[0].kind is not Kind.OPENED:
        raise _wrong(1, "does not open the case")
    return tuple(read)


def seal(record: Mapping[str, Any]) -> str:
    """Give the digest of an exported case with all it holds, but for where the digest itself stands."""
    own = {name: value for name, value in record.get("triage", {}).items() if name != "seal"}
    text = json.dumps({**record, "triage": own}, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def brought(history: Iterable[Event], by: Actor) -> tuple[Event, ...]:
    """Give a history as it is kept where it is taken in: signed by whoever takes it in, with who it says did it."""
    signer, patron = by.signature
    return chained(
        replace(
            event, actor=signer, on_behalf_of=patron, cause=BROUGHT, batch="",
            detail={**event.detail, AS_WRITTEN: _signed(event)},
        )
        for event in history
    )  # fmt: skip


def without_link(history: Iterable[Event], name: str) -> tuple[Event, ...]:
    """Give a brought history in which a field leads to no other case: that one is not here."""
    return chained(_unlinked(event, name) for event in history)


def _unlinked(event: Event, link_name: str) -> Event:
    link, first = event.changes.get(link_name), event.detail.get(AS_WRITTEN)
    if link is None or not isinstance(first, dict):
        return event
    rest = {name: pair for name, pair in event.changes.items() if name != link_name}
    kept: dict[str, Plain] = {**first, "changes": {link_name: list(link)}}
    return replace(event, changes=rest, detail={**event.detail, AS_WRITTEN: kept})


def _signed(event: Event) -> dict[str, Plain]:
    said: dict[str, Plain] = {"actor": event.actor, "cause": event.cause}
    said |= {"on_behalf_of": event.on_behalf_of} if event.on_behalf_of else {}
    return said | ({"batch": event.batch} if event.batch else {})


def _event(words: object, case: CaseId, version: int) -> Event:
    """Read one event."""
    if not isinstance(words, dict) or not set(words) <= KEYS:
        raise _wrong(version, "is no event")
    try:
        event = Event(
            case=case, version=version, at=_time(words.get("at")), actor=PersonId(_text(words, "actor")),
            on_behalf_of=PersonId(_text(words, "on_behalf_of")) if words.get("on_behalf_of") else None,
            kind=Kind(_text(words, "kind")), changes=_changes(words.get("changes", {})),
            detail=_detail(words.get("detail", {})), cause=_text(words, "cause") or "manual",
            reason=_text(words, "reason"), reason_text=_text(words, "reason_text"), batch=_text(words, "batch"),
            annuls=_annulled(words.get("annuls"), version), hash=_text(words, "hash"),
        )  # fmt: skip
    except ValueError as error:
        raise _wrong(version, f"does not hold what it takes ({error})") from None
    if not event.actor:
        raise _wrong(version, "names nobody who acted")
    return event


def _text(words: Mapping[str, Any], name: str) -> str:
    value = words.get(name, "")
    if not isinstance(value, str):
        raise ValueError(name)  # noqa: TRY004 - one kind of error for all that an event cannot hold
    must_be_plain(value)
    return value


def _time(value: object) -> datetime:
    if not is_time(value):
        message = "at"
        raise ValueError(message)
    return datetime.fromisoformat(str(value)).astimezone(UTC)


def _annulled(value: object, version: int) -> int | None:
    if value is None or (type(value) is int and 0 < value < version):
        return value
    message = "annuls"
    raise ValueError(message)


def _changes(value: object) -> Changes:
    read: dict[str, tuple[Plain, Plain]] = {}
    for name, pair in value.items() if isinstance(value, dict) else ():
        if not isinstance(pair, list) or len(pair) != 2 or not all(fits(name, each) for each in pair):  # noqa: PLR2004 - old, new
            raise ValueError(name)
        read[name] = (pair[0], pair[1])
    return read


def _detail(value: object) -> Mapping[str, Plain]:
    if not isinstance(value, dict) or AS_WRITTEN in value:
        message = "detail"
        raise ValueError(message)
    must_be_plain(value)
    return value


def _wrong(version: int, what: str) -> ValueError:
    return ValueError(f"event {version} of its history {what}")
