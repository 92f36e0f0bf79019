"""One row of a Zendesk view exported as a table."""

from __future__ import annotations

from console.domain.arrival import Arrival
from console.domain.case import Status
from console.intake.native_fields import BadValueError
from console.intake.text import one_line, shortened, titled
from console.intake.ticket_history import happened, in_order, standing
from console.intake.ticket_table import Columns, Record
from console.intake.ticket_words import channel_of, severity_named, status_of
from console.intake.zendesk_ticket import status_and_wait

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
        "replies": "replies", "ticket form": "form", "brand": "brand", "satisfaction score": "satisfaction",
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
    created, updated, solved = row.when("created"), row.when("updated"), row.when("solved")
    said = row.one("status")
    status, waiting_for = status_and_wait(said)
    status, waiting_for = (status, waiting_for) if status else status_of(said)
    severity = severity_named(row.one("priority"))
    tags = tuple(dict.fromkeys(map(one_line, row.one("tags").replace(",", " ").split())))
    events = [("Solved", solved if status in {Status.RESOLVED, Status.CLOSED} else None)]
    events += [("Assigned", row.when("first assigned", "assigned"))]
    facts = {"Status": "status", "Priority": "priority", "Type": "type", "Group": "group", "Assignee": "assignee"}
    facts |= {"Reopened": "reopens", "Form": "form", "Brand": "brand", "Satisfaction": "satisfaction"}
    told = [(what, "" if row.one(name) == "0" else row.one(name)) for what, name in facts.items()]
    return Arrival(
        title=title or f"Zendesk ticket {ref}", source="zendesk", ref=ref, body=body,
        requester=shortened(row.one("mail", "requester")), organisation=shortened(row.one("organisation")),
        channel=channel_of(shortened(row.one("via"))) or "zendesk", created=created, updated=updated, status=status,
        waiting_for=waiting_for, severity=severity, due=row.when("due"), tags=tags, labels=tags,
        messages=in_order([*happened(ref, "Zendesk", events), *standing(ref, "Zendesk", updated or created, told)]),
        derived=frozenset({"requester", "channel", *(["severity"] if severity else [])}),
    )  # fmt: skip
