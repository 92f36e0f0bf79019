"""One Zendesk ticket as an arrival, with its comments and what its audits tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from console.domain.arrival import Arrival, Message, Voice
from console.domain.case import Status
from console.intake.json_facts import instant, mapping, needed, passage, word, words
from console.intake.native_fields import BadValueError
from console.intake.text import capped, shortened, titled
from console.intake.ticket_history import in_order, standing
from console.intake.ticket_past import DONE, Shift, Ticket, concluded, past_of
from console.intake.ticket_words import channel_of
from console.intake.zendesk_audit import AUDITS, STANDING, shifts_of, told

_MOST_PEOPLE = 200_000


class People:
    """Whom and what the numbers of a file stand for."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], str] = {}

    def add(self, kind: str, record: Mapping[str, Any]) -> None:
        """Remember one user, group or organisation; users by their address, as mails name them."""
        name = word(record.get("email")) or word(record.get("name"))
        if name and len(self._names) < _MOST_PEOPLE:
            self._names[kind, word(record.get("id"))] = name

    def name(self, kind: str, number: object) -> str:
        """Give a name, or the number where none is known."""
        said = word(number)
        return self._names.get((kind, said), said)


def ticket_arrival(ticket: Mapping[str, Any], people: People) -> Arrival:
    """Give the arrival for a ticket. Raises BadValueError with a sentence.

    Who it is assigned to has the case; its group is the team, where the policy has one of that name.
    """
    ref = needed(ticket, "id", "a Zendesk ticket")
    subject = passage(ticket.get("subject")) or passage(ticket.get("raw_subject"))
    body = passage(ticket.get("description"))
    if not isinstance(ticket.get("subject", ""), str | None) or not (
        ticket.keys() & {"subject", "description", AUDITS}
    ):
        raise BadValueError("This is not a Zendesk ticket: it has neither subject nor description.")
    title, body = titled(subject if subject.strip() else _first_line(body), body)
    requester = _requester(ticket, people)
    updated = instant(ticket, "updated_at")
    channel = channel_of(word(mapping(ticket.get("via")).get("channel")))
    stands = _standing(ticket, people, updated)
    audits = ticket.get(AUDITS) or ticket.get("audits")
    said = [
        *_comments(ticket, ref, requester, people),
        *told(audits, ref, word(ticket.get("requester_id")) or requester, people.name),
        *standing(ref, "Zendesk", updated or stands.created, _facts(ticket, people)),
    ]
    tags = words(ticket.get("tags"))
    return Arrival(
        title=title or f"Zendesk ticket {ref}", source="zendesk", ref=ref, body=body, requester=requester,
        organisation=word(ticket.get("organization")) or people.name("organizations", ticket.get("organization_id")),
        channel=channel or "zendesk", updated=updated, due=instant(ticket, "due_at"), tags=tags, labels=tags,
        messages=in_order(said),
        derived=concluded(stands, title),
        **past_of(stands, [*shifts_of(audits, people.name), *(_measured(ticket, stands) if not audits else ())]),
    )  # fmt: skip


def _standing(ticket: Mapping[str, Any], people: People, updated: datetime | None) -> Ticket:
    """Give how a ticket stands: what it names at all."""
    now: dict[str, str] = {}
    for field, says in STANDING.items():
        if field in ticket:
            now |= says(people.name, ticket[field])
    for field, name in (("assignee", "handler"), ("group", "team")):
        if isinstance(ticket.get(field), dict):
            now[name] = _named(ticket[field])
    return Ticket("Zendesk", now, instant(ticket, "created_at"), updated)


def _measured(ticket: Mapping[str, Any], stands: Ticket) -> Iterator[Shift]:
    """Give what Zendesk's measures of a ticket say of its past, where no audits came along."""
    metrics = mapping(ticket.get("metric_set"))
    handler, status = stands.now.get("handler", ""), stands.now.get("status", "")
    assigned = instant(metrics, "initially_assigned_at")
    if assigned is not None and handler and metrics.get("assignee_stations") == 1:
        yield Shift(assigned, "Zendesk", "assigned", {"handler": ""}, {"handler": handler})
    solved = instant(metrics, "solved_at")
    if solved is not None and status in DONE:
        yield Shift(solved, "Zendesk", "solved", {}, {"status": Status.RESOLVED.value})


def _named(person: Mapping[str, Any]) -> str:
    """Give somebody as `People` names them."""
    return word(person.get("email")) or word(person.get("name"))


def _first_line(body: str) -> str:
    """Give the first line of a text that says something."""
    return shortened(next((line for line in body[:5000].splitlines() if line.strip()), ""), 200)


def _requester(ticket: Mapping[str, Any], people: People) -> str:
    """Give who asks: address or name where the ticket or the file has them, else the number."""
    own = mapping(ticket.get("requester"))
    return (
        _named(own) or people.name("users", ticket.get("requester_id"))
        or people.name("users", ticket.get("submitter_id"))
    )  # fmt: skip


def _facts(ticket: Mapping[str, Any], people: People) -> list[tuple[str, str]]:
    """Give what the arrival has no field for."""
    group = mapping(ticket.get("group")) or people.name("groups", ticket.get("group_id"))
    problem = word(ticket.get("problem_id"))
    return [
        ("Group", word(group)), ("Problem", problem), ("External id", word(ticket.get("external_id"))),
    ]  # fmt: skip


def _comments(ticket: Mapping[str, Any], ref: str, requester: str, people: People) -> Iterator[Message]:
    """Give the comments that a full export writes into the ticket; the first is the description."""
    listed = ticket.get("comments")
    for number, item in enumerate(listed if isinstance(listed, list) else []):
        comment = mapping(item)
        at = instant(comment, "created_at")
        text = passage(comment.get("plain_body")) or passage(comment.get("body"))
        if at is None or (number == 0 and text.strip() == passage(ticket.get("description")).strip()):
            continue
        who = word(comment.get("author_id"))
        author = mapping(comment.get("author"))
        by = _named(author) or people.name("users", who) or "unknown"
        theirs = by == requester or who == word(ticket.get("requester_id"))
        public = comment.get("public", True) is not False
        voice = Voice.INTERNAL if not public else Voice.REQUESTER if theirs else Voice.OUTBOUND
        mark = word(comment.get("id")) or f"{at:%Y-%m-%dT%H:%M:%SZ}/{by}"
        yield Message(by, at, capped(text), voice, f"{ref}/{mark}")
