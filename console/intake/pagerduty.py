"""PagerDuty: webhooks, lists and tables of incidents, each a case with its past."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from console.domain.arrival import Arrival, Reject, Step
from console.domain.events import Kind
from console.intake.derive import severity_of
from console.intake.json_reading import first_keys
from console.intake.pagerduty_reports import LISTS, reports_in
from console.intake.pagerduty_table import COLUMNS, URGENCIES, row_arrival
from console.intake.reports import NotAReportError, Report, incidents, when
from console.intake.source import Feed, Head
from console.intake.text import capped, titled
from console.intake.ticket_table import is_table, table_arrivals

_KINDS = {
    "incident.triggered": Kind.OPENED,
    "incident.acknowledged": Kind.RESUMED,
    "incident.escalated": Kind.ESCALATED,
    "incident.reopened": Kind.REOPENED,
    "incident.resolved": Kind.RESOLVED,
    "incident.annotated": Kind.NOTED,
    "incident.status_update_published": Kind.NOTED,
}
"""What events mean here. People assigned at PagerDuty are not people of this desk: that one has it there says `by`."""
_MARKS = ('"incident_number"', '"incident.', '_log_entry"')
_ENDED = "The incident was resolved."


class PagerDuty:
    """What PagerDuty posts to a webhook, answers when asked for incidents, and exports."""

    format = "pagerduty"

    def recognises(self, head: Head) -> bool:
        """Say whether the first object tells of an incident, or the first line is the heading of a table of them."""
        if not head.text.lstrip().startswith(("{", "[")):
            return is_table(head, COLUMNS)
        keys = first_keys(head.text)
        event = "event" in keys and "time" not in keys and '"event_type"' in head.text
        listed = bool(keys & {*LISTS, "incident"}) and any(mark in head.text for mark in _MARKS)
        return event or listed or "incident_number" in keys

    def arrivals(self, feed: Feed) -> Iterator[Arrival | Reject]:
        """Give each incident as a case, with what all the file tells of it. Refused: a table without its columns."""
        if not feed.head.text.lstrip().startswith(("{", "[")):
            return table_arrivals(feed, COLUMNS, row_arrival)
        return incidents(feed, reports_in, _made)


def _made(ref: str, reports: list[Report]) -> Arrival:
    """Give the case of an incident, and its events in the order of their times."""
    dated = sorted([(at, each) for each in reports if (at := when(each["at"]))], key=lambda pair: pair[0])
    if not dated:
        raise NotAReportError(f"No event of incident {ref} says when it occurred.")
    begun = min([at for each in reports if (at := when(each["created"]))] + [dated[0][0]])
    facts: dict[str, Any] = {}
    for name in ("title", "service", "priority", "urgency", "url"):
        facts[name] = next((each[name] for _, each in dated if each[name]), "")
    title, _ = titled(facts["title"] or f"Incident {ref}", "")
    steps = [Step(begun, "created", Kind.OPENED), *(_step(at, each) for at, each in dated)]
    body = "\n".join(filter(None, (facts["service"], facts["url"])))
    return Arrival(
        title=title, source="pagerduty", ref=ref, body=capped(body), item=facts["service"],
        severity=severity_of([facts["priority"]]), urgency=URGENCIES.get(facts["urgency"].casefold()),
        created=begun, steps=tuple(steps),
    )  # fmt: skip


def _step(at: Any, report: Report) -> Step:  # noqa: ANN401 - a time
    """Give what one event did."""
    kind = _KINDS.get(report["type"])
    ended = (report["reason"] or _ENDED) if kind is Kind.RESOLVED else ""
    return Step(
        at, report["type"], kind, report["by"], text=capped(report["text"] or ended),
        severity=severity_of([report["priority"]]) if report["type"] == "incident.priority_updated" else "",
    )  # fmt: skip
