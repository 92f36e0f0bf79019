"""Zendesk's audits as the past of a ticket: who set what from what to what, and what was said with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from console.domain.arrival import Message, Voice
from console.domain.case import Status
from console.intake.json_facts import instant, mapping, passage, word
from console.intake.json_members import Member, weight
from console.intake.native_fields import BadValueError
from console.intake.text import capped
from console.intake.ticket_history import Change, changed, told_lines
from console.intake.ticket_past import DONE, Shift
from console.intake.ticket_table import HELD
from console.intake.ticket_words import CUSTOMER, OTHERS, severity_named

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
_TOLD = frozenset({"Assignee", "Group", "Status", "Priority", "Type"})
"""Changes that are steps of a ticket's past; any other is a note."""
_CREATED = frozenset(
    {"subject", "status", "priority", "type", "requester_id", "organization_id", "assignee_id", "group_id"}
)
STANDING: dict[str, Callable[[Naming, object], dict[str, str]]] = {
    "status": lambda _, value: status_and_wait(word(value)),
    "priority": lambda _, value: {"severity": severity_named(word(value))},
    "assignee_id": lambda name, value: {"handler": name("users", value)},
    "group_id": lambda name, value: {"team": name("groups", value)},
    "type": lambda _, value: {"category": word(value)},
}
"""What the value of a field says of how a ticket stands."""
_SETS = frozenset({"Create", "Change"})
_NOBODY = "Zendesk"
_STATUSES = {
    "new": (Status.NEW, ""), "open": (Status.OPEN, ""), "pending": (Status.WAITING, CUSTOMER),
    "hold": (Status.WAITING, OTHERS), "solved": (Status.RESOLVED, ""), "closed": (Status.CLOSED, ""),
}  # fmt: skip
_NO_FIELDS = frozenset({"id", "via", "via_reference_id", "event_type", "previous_value", "created_at"})


def status_and_wait(said: str) -> dict[str, str]:
    """Give the status and whom it waits for; both empty for a word that is none of Zendesk's."""
    status, waiting_for = _STATUSES.get(said.casefold().replace("on-hold", "hold"), ("", ""))
    return {"status": str(status), "waiting_for": waiting_for}


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


def shifts_of(audits: object, name: Naming) -> Iterator[Shift]:
    """Give what changed how a ticket stood; what it was created with says how it stood at first."""
    for audit in map(mapping, audits if isinstance(audits, list) else []):
        at = _when(audit)
        before: dict[str, str] = {}
        after: dict[str, str] = {}
        made: dict[str, str] = {}
        for event in _events(audit):
            field = word(event.get("field_name"))
            if event["type"] in _SETS and field in STANDING:
                says = STANDING[field]
                if event["type"] == "Create":
                    made |= says(name, event.get("value"))
                else:
                    before |= says(name, event.get("previous_value"))
                    after |= says(name, event.get("value"))
        by = _author(audit, name)
        ended = after["status"] in DONE if "status" in after else False
        if made:
            yield Shift(at, by, "", made, {})
        if lines := told_lines(each for each in _changes(audit, name) if each.what in _TOLD):
            yield Shift(at, by, "; ".join(lines), before, after, _ending(audit) if ended else "")


def told(audits: object, ref: str, requester: str, name: Naming) -> Iterator[Message | None]:
    """Give audits as messages, but for changes of standing; the comment that opened the ticket is its description."""
    for audit in map(mapping, audits if isinstance(audits, list) else []):
        at = _when(audit)
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
        rest = [each for each in _changes(audit, name) if each.what not in {*_TOLD, "Tags"}]
        yield changed(f"{ref}/audit/{mark}", _author(audit, name), at, rest)


def _author(audit: Mapping[str, Any], name: Naming) -> str:
    """Give who made an audit; Zendesk itself is nobody, or -1."""
    who = name("users", audit.get("author_id") or audit.get("updater_id"))
    return who if who and who != "-1" else _NOBODY


def _ending(audit: Mapping[str, Any]) -> str:
    """Give the word under which an audit ended a ticket."""
    ends = [word(event.get("value")) for event in _events(audit) if event.get("field_name") == "status"]
    return ends[-1] if ends else ""


def _when(audit: Mapping[str, Any]) -> datetime:
    """Give when an audit was made. Raises BadValueError where it does not say so."""
    at = instant(audit, "created_at", "timestamp")
    if at is None:
        raise BadValueError("An audit has no created_at.")
    return at


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
