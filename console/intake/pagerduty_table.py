"""One row of PagerDuty's export of incidents as a table."""

from __future__ import annotations

from console.domain.arrival import Arrival, Step
from console.domain.events import Kind
from console.intake.derive import severity_of
from console.intake.native_fields import BadValueError
from console.intake.text import shortened, titled
from console.intake.ticket_table import Columns, Record

COLUMNS = Columns(
    headings={
        "id": "id", "incident id": "id", "incident number": "number", "description": "title", "title": "title",
        "service name": "service", "service": "service", "created on": "created", "created at": "created",
        "resolved on": "resolved", "resolved at": "resolved", "urgency": "urgency", "priority": "priority",
        "priority name": "priority", "resolved by user name": "resolver", "resolved by": "resolver",
        "escalation policy name": "ladder", "status": "status",
    },
    needed=frozenset({"id", "number", "title", "created"}),
    times=("created", "resolved"),
)  # fmt: skip
URGENCIES = {"high": 1, "low": 3}
"""What the urgency of an incident is here."""


def row_arrival(row: Record) -> Arrival:
    """Give the arrival of a row. Raises BadValueError."""
    ref = shortened(row.one("id"))
    if not ref:
        raise BadValueError("The row has no id of an incident.")
    title, body = titled(row.one("title"), "")
    created, resolved = row.when("created"), row.when("resolved")
    steps = [Step(created, "created", Kind.OPENED)] if created else []
    if resolved is not None:
        last = max(resolved, created) if created else resolved
        steps.append(Step(last, "incident.resolved", Kind.RESOLVED, shortened(row.one("resolver"))))
    return Arrival(
        title=title or f"Incident {ref}", source="pagerduty", ref=ref, body=body,
        item=shortened(row.one("service")), severity=severity_of([row.one("priority")]),
        urgency=URGENCIES.get(row.one("urgency").casefold()), created=created, steps=tuple(steps),
    )  # fmt: skip
