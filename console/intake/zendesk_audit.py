"""Zendesk's audits as history: who set what from what to what, and what was said with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from console.domain.arrival import Message, Voice
from console.intake.github_issue import mapping
from console.intake.json_facts import instant, passage, word
from console.intake.json_members import Member, weight
from console.intake.native_fields import BadValueError
from console.intake.text import capped
from console.intake.ticket_history import Change, changed
from console.intake.ticket_table import HELD

AUDITS = "triage audits"
"""The key under which a ticket's audits are given on; no system writes it."""
AUDIT_KEY = "audits"
Naming = Callable[[str, object], str]
_COMMENTS = frozenset({"Comment", "VoiceComment", "FacebookComment", "TwitterComment", "Tweet"})
_KINDS = {
    "assignee_id": ("Assignee", "users"), "group_id": ("Group", "groups"), "requester_id": ("Requester", "users"),
    "organization_id": ("Organisation", "organizations"), "status": ("Status", ""), "priority": ("Priority", ""),
    "type": ("Type", ""), "tags": ("Tags", ""), "subject": ("Subject", ""), "problem_id": ("Problem", ""),
}  # fmt: skip
_CREATED = frozenset(
    {"subject", "status", "priority", "type", "requester_id", "organization_id", "assignee_id", "group_id"}
)
_SETS = frozenset({"Create", "Change"})
_NOBODY = "Zendesk"
_NO_FIELDS = frozenset({"id", "via", "via_reference_id", "event_type", "previous_value", "created_at"})


def audited(records: Iterator[Member]) -> Iterator[Member]:
    """Give the tickets, and the audits of each ticket as one record that stands for it.

    As many audits are held as memory may take; with more of them the oldest ticket goes first, and what follows later
    on it comes as another record of the same ticket, whose messages join it.
    """
    held: dict[str, list[dict[str, Any]]] = {}
    sizes: dict[str, int] = {}
    total = 0
    for key, value in records:
        audit = mapping(value)
        number = word(audit.get("ticket_id"))
        if key != AUDIT_KEY or not number:
            yield key, value
            continue
        held.setdefault(number, []).append(audit)
        size = weight(audit)
        sizes[number] = sizes.get(number, 0) + size
        total += size
        while total > HELD:
            oldest = next(iter(held))
            total -= sizes.pop(oldest)
            yield "tickets", _ticket(oldest, held.pop(oldest))
    for number, audits in held.items():
        yield "tickets", _ticket(number, audits)


def _ticket(number: str, audits: list[dict[str, Any]]) -> dict[str, Any]:
    """Give the ticket as far as its audits tell of it: what it was created with, changed by what came later."""
    audits = sorted(audits, key=lambda audit: word(audit.get("created_at")))
    ticket: dict[str, Any] = {"id": number, AUDITS: audits}
    for audit in audits:
        is_first = _is_first(audit)
        if is_first and "submitter_id" not in ticket:
            ticket |= {"submitter_id": audit.get("author_id"), "via": audit.get("via")}
        for event in _events(audit):
            field = word(event.get("field_name"))
            if event["type"] in _SETS and field in _CREATED:
                ticket[field] = event.get("value")
            if event["type"] in _COMMENTS and "description" not in ticket and is_first:
                ticket["description"] = _text(event)
    times = [audit.get("created_at") or audit.get("timestamp") for audit in audits]
    return {"created_at": times[0], "updated_at": times[-1]} | ticket


def told(audits: object, ref: str, requester: str, name: Naming) -> Iterator[Message | None]:
    """Give audits as messages; the comment that opened the ticket is its description and no message."""
    for audit in map(mapping, audits if isinstance(audits, list) else []):
        at = instant(audit, "created_at", "timestamp")
        if at is None:
            raise BadValueError("An audit has no created_at.")
        who = word(audit.get("author_id") or audit.get("updater_id"))
        is_opening = _is_first(audit)
        for event in _events(audit):
            if event["type"] not in _COMMENTS:
                continue
            if not is_opening:
                author = word(event.get("author_id")) or who
                is_theirs = requester in {author, name("users", author)}
                is_public = event.get("public", True) is not False
                voice = Voice.INTERNAL if not is_public else Voice.REQUESTER if is_theirs else Voice.OUTBOUND
                mark = word(event.get("id")) or f"{at:%Y-%m-%dT%H:%M:%SZ}"
                yield Message(name("users", author) or _NOBODY, at, capped(_text(event)), voice, f"{ref}/{mark}")
            is_opening = False
        mark = word(audit.get("id")) or f"{at:%Y-%m-%dT%H:%M:%SZ}"
        yield changed(f"{ref}/audit/{mark}", name("users", who) or _NOBODY, at, _changes(audit, name))


def _text(event: Mapping[str, Any]) -> str:
    """Give what a comment says; one without words is told by its kind."""
    return passage(event.get("plain_body")) or passage(event.get("body")) or f"({event['type']})"


def _events(audit: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the events of an audit, and those of an incremental export of events in the same words."""
    listed = audit.get("events") if isinstance(audit.get("events"), list) else audit.get("child_events")
    for event in map(mapping, listed if isinstance(listed, list) else []):
        kind = word(event.get("type") if "event_type" not in event else event["event_type"])
        if "event_type" not in event or kind not in _SETS:
            yield {**event, "type": kind}
            continue
        for field in sorted(event.keys() - _NO_FIELDS):
            before = event.get("previous_value")
            yield {"type": kind, "field_name": field, "value": event[field], "previous_value": before}


def _is_first(audit: Mapping[str, Any]) -> bool:
    """Say whether an audit is the one that created the ticket."""
    return any(event["type"] == "Create" for event in _events(audit))


def _changes(audit: Mapping[str, Any], name: Naming) -> Iterator[Change]:
    """Give what an audit changed; what a ticket was created with is not a change."""
    for event in _events(audit):
        if event["type"] == "Change":
            field = word(event.get("field_name"))
            what, kind = _KINDS.get(field, (f"Field {field}" if field.isdecimal() else field, ""))
            before, after = event.get("previous_value"), event.get("value")
            yield Change(what, _said(before, kind, name), _said(after, kind, name))


def _said(value: object, kind: str, name: Naming) -> str:
    """Give a value as people read it."""
    if isinstance(value, list):
        return ", ".join(word(each) for each in value[:100])
    return name(kind, value) if kind else word(value)
