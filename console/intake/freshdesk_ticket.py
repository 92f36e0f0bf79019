"""One Freshdesk ticket as an arrival, with its conversations and the times it keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from console.domain.arrival import Arrival, Message, Voice
from console.domain.case import Status
from console.intake.html_text import text_of_html
from console.intake.json_facts import instant, mapping, needed, passage, word, words
from console.intake.native_fields import BadValueError
from console.intake.text import capped, titled
from console.intake.ticket_history import happened, in_order, standing
from console.intake.ticket_past import Ticket, concluded, past_of, timed_shifts
from console.intake.ticket_words import CUSTOMER, OTHERS, channel_of, severity_named, status_of

_STATUSES = {
    2: (Status.OPEN, ""), 3: (Status.WAITING, CUSTOMER), 4: (Status.RESOLVED, ""), 5: (Status.CLOSED, ""),
    6: (Status.WAITING, CUSTOMER), 7: (Status.WAITING, OTHERS),
}  # fmt: skip
_SOURCES = {
    1: "mail", 2: "web", 3: "phone", 4: "forum", 5: "chat", 6: "chat", 7: "chat", 8: "chat", 9: "web", 10: "mail",
    11: "api", 13: "chat", 14: "bot",
}  # fmt: skip
_PRIORITIES = {1: "S4", 2: "S3", 3: "S2", 4: "S1"}
_NOT_A_REPLY = frozenset({2})
"""Sources of a conversation that nobody outside sees."""


def ticket_arrival(ticket: Mapping[str, Any]) -> Arrival:
    """Give the arrival for a ticket. Raises BadValueError with a sentence.

    Who it is assigned to has the case; its group is the team, where the policy has one of that name.
    """
    ref = needed(ticket, "display_id" if "display_id" in ticket else "id", "a Freshdesk ticket")
    if "subject" not in ticket and "description" not in ticket:
        raise BadValueError("This is not a Freshdesk ticket: it has neither subject nor description.")
    title, body = titled(passage(ticket.get("subject")), _text(ticket, "description"))
    requester = _requester(ticket)
    updated = instant(ticket, "updated_at")
    stands = _standing(ticket, updated)
    stats = mapping(ticket.get("stats")) or mapping(ticket.get("ticket_states"))
    answered = happened(ref, "Freshdesk", [("First answer", instant(stats, "first_responded_at"))])
    said = [*_conversations(ticket, ref, requester), *standing(ref, "Freshdesk", updated, _facts(ticket, stands))]
    if not any(message.voice is Voice.OUTBOUND for message in said):
        said += answered
    tags = tuple(dict.fromkeys((*words(ticket.get("tags")), *(["escalated"] if _is_escalated(ticket) else []))))
    return Arrival(
        title=title or f"Freshdesk ticket {ref}", source="freshdesk", ref=ref, body=body, requester=requester,
        organisation=word(ticket.get("company")) or word(ticket.get("company_id")),
        channel=_SOURCES.get(_number(ticket.get("source"))) or _channel(ticket) or "freshdesk",
        category=word(ticket.get("type")) or word(ticket.get("ticket_type")), item=_item(ticket), updated=updated,
        due=instant(ticket, "due_by"), tags=tags, labels=tags, messages=in_order(said),
        derived=concluded(stands, title),
        **past_of(stands, timed_shifts(
            stands,
            waiting=instant(stats, "pending_since"), reopened=instant(stats, "reopened_at"),
            resolved=instant(stats, "resolved_at"), closed=instant(stats, "closed_at"),
        )),
    )  # fmt: skip


def _standing(ticket: Mapping[str, Any], updated: datetime | None) -> Ticket:
    """Give how a ticket stands; a mere number names nobody, and so is not said to have it."""
    status, waiting_for = _status(ticket)
    severity = _PRIORITIES.get(_number(ticket.get("priority"))) or severity_named(word(ticket.get("priority")))
    now = {"status": status, "waiting_for": waiting_for, "severity": severity, "team": word(ticket.get("group_name"))}
    agent = word(ticket.get("responder_name"))
    if agent or ("responder_id" in ticket and not word(ticket["responder_id"])):
        now["handler"] = agent
    return Ticket("Freshdesk", now, instant(ticket, "created_at"), updated)


def _number(value: object) -> int:
    """Give a number, also one written as a text; 0 for anything else."""
    said = word(value)
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0  # noqa: PLR2004 - a small number


def _channel(ticket: Mapping[str, Any]) -> str:
    """Give the channel by its name; a number that is not known says nothing."""
    said = word(ticket.get("source_name")) or word(ticket.get("source"))
    return "" if said.isdecimal() else channel_of(said)


def _status(ticket: Mapping[str, Any]) -> tuple[str, str]:
    """Give the status and whom it waits for: by its number, else by its name."""
    found = _STATUSES.get(_number(ticket.get("status")))
    if found is not None:
        return found[0].value, found[1]
    return status_of(word(ticket.get("status_name")) or word(ticket.get("status")))


def _item(ticket: Mapping[str, Any]) -> str:
    """Give the product by its name, else by its number."""
    return next(filter(None, (word(ticket.get(key)) for key in ("product", "product_name", "product_id"))), "")


def _is_escalated(ticket: Mapping[str, Any]) -> bool:
    """Say whether Freshdesk itself escalated it: a time it had to keep was missed."""
    return any(ticket.get(key) is True for key in ("is_escalated", "isescalated", "fr_escalated"))


def _requester(ticket: Mapping[str, Any]) -> str:
    """Give who asks: address or name where the ticket has them, else the number."""
    own = mapping(ticket.get("requester"))
    asked = (own.get("email"), own.get("name"), ticket.get("email"), ticket.get("requester_name"))
    return next((said for each in asked if (said := word(each))), "") or word(ticket.get("requester_id"))


def _text(record: Mapping[str, Any], key: str) -> str:
    """Give a text: the plain version where there is one, else out of HTML."""
    plain = passage(record.get(f"{key}_text"))
    if plain.strip():
        return plain
    said = passage(record.get(key))
    if f"{key}_html" in record:
        return said or text_of_html(passage(record.get(f"{key}_html")))
    return text_of_html(said) if "<" in said and ">" in said else said


def _facts(ticket: Mapping[str, Any], stands: Ticket) -> list[tuple[str, str]]:
    """Give what the arrival has no field for."""
    attached = ticket.get("attachments")
    files = [word(mapping(each).get("name")) for each in (attached if isinstance(attached, list) else [])]
    return [
        ("Status", "" if stands.now["status"] else word(ticket.get("status_name")) or word(ticket.get("status"))),
        ("Group", word(ticket.get("group_name")) or word(ticket.get("group_id"))),
        ("Agent", "" if "handler" in stands.now else word(ticket.get("responder_id"))),
        ("Files", ", ".join(filter(None, files))),
        ("Escalated there", "yes" if _is_escalated(ticket) else ""),
    ]  # fmt: skip


def _conversations(ticket: Mapping[str, Any], ref: str, requester: str) -> Iterator[Message]:
    """Give replies and notes as messages: what is private is internal, what comes in is the requester's."""
    listed = ticket.get("conversations", ticket.get("notes"))
    for item in listed if isinstance(listed, list) else []:
        note = mapping(mapping(item).get("note")) or mapping(item)
        at = instant(note, "created_at")
        if at is None:
            continue
        who = word(note.get("user_id"))
        theirs = note.get("incoming") is True
        by = requester if theirs and who == word(ticket.get("requester_id")) else word(note.get("from_email")) or who
        inside = note.get("private") is True or (_number(note.get("source")) in _NOT_A_REPLY and not theirs)
        voice = Voice.INTERNAL if inside else Voice.REQUESTER if theirs else Voice.OUTBOUND
        mark = word(note.get("id")) or f"{at:%Y-%m-%dT%H:%M:%SZ}/{by}"
        yield Message(by or "unknown", at, capped(_text(note, "body")), voice, f"{ref}/{mark}")
