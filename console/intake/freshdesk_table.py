"""One row of Freshdesk's export of tickets as a table."""

from __future__ import annotations

from console.domain.arrival import Arrival
from console.domain.case import Status
from console.intake.native_fields import BadValueError
from console.intake.text import one_line, shortened, titled
from console.intake.ticket_history import happened, in_order, standing
from console.intake.ticket_past import Ticket, concluded, past_of, timed_shifts
from console.intake.ticket_table import Columns, Record
from console.intake.ticket_words import channel_of, severity_named, status_of

COLUMNS = Columns(
    headings={
        "ticket id": "id", "subject": "subject", "description": "description", "status": "status",
        "priority": "priority", "source": "source", "type": "type", "agent": "agent", "group": "group",
        "created time": "created", "due by time": "due", "resolved time": "resolved", "closed time": "closed",
        "last update time": "updated", "last updated time": "updated", "initial response time": "answered",
        "tags": "tags", "full name": "name", "contact name": "name", "requester name": "name", "email": "mail",
        "contact email": "mail", "requester email": "mail", "company name": "company", "company": "company",
        "product": "product", "resolution status": "kept", "first response status": "first kept",
        "agent interactions": "answers", "customer interactions": "calls", "survey results": "survey",
    },
    needed=frozenset({"id", "subject", "status", "created"}),
    times=("created", "updated", "resolved", "closed", "answered"),
    others=("due",),
)  # fmt: skip


def row_arrival(row: Record) -> Arrival:
    """Give the arrival of a row. Raises BadValueError."""
    ref = shortened(row.one("id"))
    if not ref:
        raise BadValueError("The row has no ticket id.")
    title, body = titled(row.one("subject"), row.one("description"))
    status, waiting_for = status_of(row.one("status"))
    if status == Status.NEW.value:
        status = Status.OPEN.value
    severity = severity_named(row.one("priority"))
    now = {"status": status, "waiting_for": waiting_for, "severity": severity, "team": shortened(row.one("group"))}
    if row.has("agent"):
        now["handler"] = shortened(row.one("agent"))
    ticket = Ticket("Freshdesk", now, row.when("created"), row.when("updated"))
    tags = tuple(dict.fromkeys(filter(None, map(one_line, row.one("tags").split(",")))))
    facts = {"Status": "" if status else "status", "Priority": "" if severity else "priority", "Group": "group"}
    facts |= {"Resolution": "kept", "First answer": "first kept", "Survey": "survey"}
    told = [(what, row.one(name)) for what, name in facts.items()]
    said = [
        *happened(ref, "Freshdesk", [("First answer", row.when("answered"))]),
        *standing(ref, "Freshdesk", ticket.updated or ticket.created, told),
    ]
    return Arrival(
        title=title or f"Freshdesk ticket {ref}", source="freshdesk", ref=ref, body=body,
        requester=shortened(row.one("mail", "name")), organisation=shortened(row.one("company")),
        category=shortened(row.one("type")), item=shortened(row.one("product")),
        channel=channel_of(shortened(row.one("source"))) or "freshdesk",
        updated=ticket.updated, due=row.when("due"), tags=tags, labels=tags, messages=in_order(said),
        derived=concluded(ticket, title),
        **past_of(ticket, timed_shifts(ticket, resolved=row.when("resolved"), closed=row.when("closed"))),
    )  # fmt: skip
