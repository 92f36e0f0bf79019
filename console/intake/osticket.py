"""osTicket: its export of tickets, whose separator and heading language vary, and requests that open a ticket."""

from __future__ import annotations

from collections.abc import Iterator

from console.domain.arrival import Arrival, Reject
from console.domain.case import Status
from console.intake.json_facts import mapping
from console.intake.json_members import arrivals_of, members
from console.intake.json_reading import first_keys
from console.intake.native_fields import BadValueError, References
from console.intake.osticket_headings import COLUMNS, placed
from console.intake.osticket_request import KEYS, request_arrival
from console.intake.source import Feed, Head
from console.intake.text import shortened, titled
from console.intake.ticket_history import in_order, standing
from console.intake.ticket_past import Ticket, concluded, past_of, timed_shifts
from console.intake.ticket_table import Record, is_table, table_arrivals
from console.intake.ticket_words import channel_of, severity_named, status_of

_NO = frozenset({"", "0", "no", "nein", "non", "false"})


class OsTicket:
    """Tickets of osTicket."""

    format = "osticket"

    def recognises(self, head: Head) -> bool:
        """Say whether the first line is the heading of an export, in a known language or by what stands below it.

        A request that opens a ticket is known by its keys.
        """
        if head.text.lstrip().startswith(("{", "[")):
            return first_keys(head.text) >= KEYS
        return is_table(head, COLUMNS) or is_table(head, placed(head))

    def arrivals(self, feed: Feed) -> Iterator[Arrival | Reject]:
        """Read ticket by ticket. Refused: a table without numbers and subjects."""
        if feed.head.text.lstrip().startswith(("{", "[")):
            references = References()
            return arrivals_of(members(feed), lambda member: request_arrival(mapping(member[1]), references))
        columns = COLUMNS if is_table(feed.head, COLUMNS) else placed(feed.head)
        return table_arrivals(feed, columns if columns.headings else COLUMNS, row_arrival)


def row_arrival(row: Record) -> Arrival:
    """Give the arrival of a row. Raises BadValueError."""
    ref = shortened(row.one("number"))
    if not ref:
        raise BadValueError("The row has no ticket number.")
    title, body = titled(row.one("subject"), row.one("message"))
    updated, closed = row.when("updated"), row.when("closed")
    status, waiting_for = status_of(row.one("status"))
    if status == Status.NEW.value or (not status and not closed):
        status = Status.OPEN.value
    status = status or Status.CLOSED.value
    severity = severity_named(row.one("priority"))
    team = shortened(row.one("team", "department"))
    now = {"status": status, "waiting_for": waiting_for, "severity": severity, "team": team}
    if row.has("agent"):
        now["handler"] = shortened(row.one("agent"))
    ticket = Ticket("osTicket", now, row.when("created"), updated or closed)
    facts = {"Priority": "" if severity else "priority", "Department": "department", "Team": "team"}
    facts |= {"SLA plan": "plan", "Reopened": "reopens", "Messages": "messages", "Files": "files", "Tasks": "tasks"}
    told = [(what, "" if row.one(name) == "0" else row.one(name)) for what, name in facts.items()]
    told += [
        (what, "yes") for what in ("Overdue", "Merged", "Linked") if row.one(what.casefold()).casefold() not in _NO
    ]
    return Arrival(
        title=title or f"osTicket {ref}", source="osticket", ref=ref, body=body,
        requester=shortened(row.one("mail", "from")), category=shortened(row.one("topic")),
        channel=channel_of(shortened(row.one("source"))) or "osticket", updated=updated or closed,
        due=row.when("due", "sla due"),
        messages=in_order(standing(ref, "osTicket", updated or closed or ticket.created, told)),
        derived=concluded(ticket, title), **past_of(ticket, timed_shifts(ticket, closed=closed)),
    )  # fmt: skip
