"""Zendesk: answers of its lists, searches and incremental exports, full exports line by line, audits, and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from console.domain.arrival import Arrival, Reject
from console.intake.json_facts import mapping
from console.intake.json_members import Member, arrivals_of, members, weight
from console.intake.json_reading import BadJsonError, first_keys
from console.intake.source import Feed, Head
from console.intake.ticket_table import HELD, is_table, table_arrivals
from console.intake.zendesk_audit import audited
from console.intake.zendesk_table import COLUMNS, row_arrival
from console.intake.zendesk_ticket import People, ticket_arrival

_TICKETS = frozenset({"tickets", "results", "ticket", "requests"})
_AUDITS = frozenset({"audits", "ticket_audits", "ticket_events", "audit"})
_NAMES = frozenset({"users", "groups", "organizations"})
_LISTS = _TICKETS | _AUDITS | _NAMES
_TICKET = frozenset({"id", "subject"})
_OURS = frozenset({"submitter_id", "assignee_id", "ticket_form_id", "brand_id"})
_EXPORTED = frozenset({"via", "requester", "submitter"})
_HOOK = '"zen:event-type:ticket.'
"""How the type of a webhook about a ticket begins."""
_ENDS = frozenset({"end_of_stream", "after_cursor", "next_page", "end_time"})


class Zendesk:
    """Tickets of Zendesk, and their audits as history."""

    format = "zendesk"

    def recognises(self, head: Head) -> bool:
        """Say whether the first object is a ticket, a list of tickets or of audits, or the first line its heading."""
        text = head.text
        if not text.lstrip().startswith(("{", "[")):
            return is_table(head, COLUMNS)
        keys = first_keys(text)
        is_ticket = keys >= _TICKET and (bool(keys & _OURS) or keys >= _EXPORTED) and "responder_id" not in keys
        marks = any(f'"{each}"' in text for each in _OURS) and '"responder_id"' not in text
        listing = bool(keys & (_TICKETS | _ENDS)) and marks
        audits = bool(keys & _AUDITS) and '"ticket_id"' in text
        return (
            is_ticket or listing or audits or ({"ticket_id", "events"} <= keys) or (_HOOK in text and "detail" in keys)
        )

    def arrivals(self, feed: Feed) -> Iterator[Arrival | Reject]:
        """Read ticket by ticket. Refused: a table without numbers and subjects."""
        if not feed.head.text.lstrip().startswith(("{", "[")):
            return table_arrivals(feed, COLUMNS, row_arrival)
        people = People()
        records = _records(members(feed, *_LISTS), people)
        return arrivals_of(audited(_named(records, feed)), lambda member: _arrival(member, people, feed))


def _arrival(member: Member, people: People, feed: Feed) -> Arrival | None:
    """Give the arrival of a ticket; a deleted one is passed over and said. Raises BadValueError."""
    ticket = mapping(member[1])
    if ticket.get("status") == "deleted":
        feed.warn("Tickets that were deleted at Zendesk were left out.")
        return None
    return ticket_arrival(ticket, people)


def _records(found: Iterator[Member], people: People) -> Iterator[Member]:
    """Give tickets and audits; names are remembered on the way, and what wraps a list is opened."""
    for key, value in found:
        whole = mapping(value)
        if key in _NAMES:
            people.add(key, whole)
        elif isinstance(whole.get("detail"), dict):
            yield "tickets", whole["detail"]
        elif key in _TICKETS | _AUDITS or isinstance(value, BadJsonError) or not whole.keys() & _LISTS or "id" in whole:
            if whole.get("result_type", "ticket") == "ticket":
                yield ("audits" if key in _AUDITS or "events" in whole or "child_events" in whole else key), value
        else:
            for name in sorted(whole.keys() & _LISTS, key=lambda each: each not in _NAMES):
                inner = whole[name] if isinstance(whole[name], list) else [_with_comments(whole, name)]
                yield from _records(((name, each) for each in inner), people)


def _with_comments(whole: Mapping[str, Any], name: str) -> object:
    """Give the one record of an answer; comments that stand beside a ticket are its own."""
    beside = whole.get("comments")
    return {"comments": beside, **mapping(whole[name])} if name == "ticket" and beside else whole[name]


def _named(records: Iterator[Member], feed: Feed) -> Iterator[Member]:
    """Give the records once what names people was read, or once as many were held as may be."""
    held: list[Member] = []
    size = 0
    for record in records:
        held.append(record)
        size += weight(record[1])
        if size > HELD:
            feed.warn("The file is long: names that stand behind its first tickets were not known for them.")
            break
    yield from held
    held.clear()
    yield from records
