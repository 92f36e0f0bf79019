"""Freshdesk: answers of its lists, searches and single tickets, account exports, and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from console.domain.arrival import Arrival, Reject
from console.intake.freshdesk_table import COLUMNS, row_arrival
from console.intake.freshdesk_ticket import ticket_arrival
from console.intake.json_facts import mapping
from console.intake.json_members import Member, arrivals_of, members
from console.intake.json_reading import first_keys
from console.intake.moments import moment
from console.intake.source import Feed, Head
from console.intake.ticket_table import is_table, table_arrivals

_LISTS = ("results", "tickets", "helpdesk_tickets")
_HOOK = "freshdesk_webhook"
_ONE = ("ticket", "helpdesk_ticket", _HOOK)
_OURS = frozenset(
    {"responder_id", "due_by", "fr_due_by", "fr_escalated", "is_escalated", "isescalated", "frDueBy", "email_config_id"}
)


class Freshdesk:
    """Tickets of Freshdesk, with their conversations where they came along."""

    format = "freshdesk"

    def recognises(self, head: Head) -> bool:
        """Say whether the first object is a ticket or a list of tickets, or the first line a heading of them."""
        if not head.text.lstrip().startswith(("{", "[")):
            return is_table(head, COLUMNS)
        keys = first_keys(head.text)
        if keys & {*_LISTS, *_ONE} - {_HOOK}:
            return sum(f'"{each}"' in head.text for each in _OURS) > 1
        return _HOOK in keys or ("id" in keys and len(keys & _OURS) > 1)

    def arrivals(self, feed: Feed) -> Iterator[Arrival | Reject]:
        """Read ticket by ticket. Refused: a table without numbers and subjects."""
        if not feed.head.text.lstrip().startswith(("{", "[")):
            return table_arrivals(feed, COLUMNS, row_arrival)
        return arrivals_of(_tickets(members(feed, *_LISTS)), lambda member: _arrival(member, feed))


def _tickets(records: Iterator[Member]) -> Iterator[Member]:
    """Give the tickets of answers and exports, whatever wraps them."""
    for key, value in records:
        whole = mapping(value)
        listed = next((name for name in _LISTS if isinstance(whole.get(name), list)), "")
        one = next((name for name in _ONE if isinstance(whole.get(name), dict)), "")
        if one:
            yield one, _unprefixed(whole[one]) if one == _HOOK else whole[one]
        elif listed and "subject" not in whole:
            yield from _tickets((listed, each) for each in whole[listed])
        else:
            yield key, value


def _unprefixed(hook: Mapping[str, Any]) -> dict[str, Any]:
    """Give the ticket of a webhook, whose keys are what its rule chose, as a rule each behind `ticket_`."""
    ticket = {key.removeprefix("ticket_"): value for key, value in hook.items()}
    names = {"email": "requester_email", "company": "company_name", "due_by": "due_by_time"}
    if "due_by_time" in ticket and not _is_moment(ticket["due_by_time"]):
        del ticket["due_by_time"]  # a time as people read it, of a zone that nobody names
    ticket |= {key: ticket[said] for key, said in names.items() if key not in ticket and said in ticket}
    tags = ticket.get("tags")
    return ticket | ({"tags": [each.strip() for each in tags.split(",")]} if isinstance(tags, str) else {})


def _is_moment(said: object) -> bool:
    """Say whether this is a time that means the same everywhere."""
    try:
        return moment(str(said)) is not None
    except ValueError:
        return False


def _arrival(member: Member, feed: Feed) -> Arrival | None:
    """Give the arrival of a ticket; spam and deleted ones are passed over and said. Raises BadValueError."""
    ticket = mapping(member[1])
    if ticket.get("spam") is True or ticket.get("deleted") is True:
        feed.warn("Tickets that were deleted or marked as spam at Freshdesk were left out.")
        return None
    return ticket_arrival(ticket)
