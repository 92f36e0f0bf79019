"""One row of a Zendesk view exported as a table."""

from __future__ import annotations

from console.domain.arrival import Arrival
from console.domain.case import Status
from console.intake.native_fields import BadValueError
from console.intake.text import one_line, shortened, titled
from console.intake.ticket_history import in_order, standing
from console.intake.ticket_past import DONE, Shift, Ticket, concluded, past_of
from console.intake.ticket_table import Columns, Record
from console.intake.ticket_words import channel_of, severity_named, status_of
from console.intake.zendesk_audit import status_and_wait

COLUMNS = Columns(
    headings={
        "id": "id", "ticket id": "id", "ticket": "id", "subject": "subject", "description": "description",
        "requester": "requester", "requester name": "requester", "requester email": "mail",
        "requester organization": "organisation", "organization": "organisation", "requester id": "number",
        "submitter": "submitter", "assignee": "assignee", "group": "group", "tags": "tags", "status": "status",
        "ticket status": "status", "priority": "priority", "via": "via", "channel": "via", "ticket type": "type",
        "type": "type", "created at": "created", "requested": "created", "created": "created",
        "updated at": "updated", "updated": "updated", "solved at": "solved", "solved": "solved", "due date": "due",
        "due at": "due", "assigned at": "assigned", "initially assigned at": "first assigned", "reopens": "reopens",
        "replies": "replies", "ticket form": "form", "brand": "brand", "product": "product",
        "satisfaction score": "satisfaction",
    },
    needed=frozenset({"id", "subject", "requester", "status", "created"}),
    times=("created", "updated", "solved", "assigned", "first assigned"),
    others=("due",),
)  # fmt: skip


def row_arrival(row: Record) -> Arrival:
    """Give the arrival of a row. Raises BadValueError."""
    ref = shortened(row.one("id").lstrip("#"))
    if not ref:
        raise BadValueError("The row has no id.")
    title, body = titled(row.one("subject"), row.one("description"))
    updated, solved = row.when("updated"), row.when("solved")
    said = row.one("status")
    status, waiting_for = status_and_wait(said).values()
    status, waiting_for = (status, waiting_for) if status else status_of(said)
    severity = severity_named(row.one("priority"))
    now = {"status": status, "waiting_for": waiting_for, "severity": severity, "team": shortened(row.one("group"))}
    if row.has("assignee"):
        now["handler"] = shortened(row.one("assignee"))
    ticket = Ticket("Zendesk", now, row.when("created"), updated)
    tags = tuple(dict.fromkeys(map(one_line, row.one("tags").replace(",", " ").split())))
    shifts = []
    if (assigned := row.when("first assigned")) and now.get("handler"):
        shifts.append(Shift(assigned, "Zendesk", "assigned", {"handler": ""}, {"handler": now["handler"]}))
    if solved and status in DONE:
        shifts.append(Shift(solved, "Zendesk", "solved", {}, {"status": Status.RESOLVED.value}))
    facts = {"Status": "" if status else "status", "Priority": "" if severity else "priority", "Group": "group"}
    facts |= {"Reopened": "reopens", "Form": "form", "Brand": "brand", "Satisfaction": "satisfaction"}
    told = [(what, "" if row.one(name) == "0" else row.one(name)) for what, name in facts.items()]
    return Arrival(
        title=title or f"Zendesk ticket {ref}", source="zendesk", ref=ref, body=body,
        requester=shortened(row.one("mail", "requester")), organisation=shortened(row.one("organisation")),
        category=shortened(row.one("type")), item=shortened(row.one("product")),
        channel=channel_of(shortened(row.one("via"))) or "zendesk",
        updated=updated, due=row.when("due"), tags=tags, labels=tags,
        messages=in_order(standing(ref, "Zendesk", updated or ticket.created, told)),
        derived=concluded(ticket, title),
        **past_of(ticket, shifts),
    )  # fmt: skip
