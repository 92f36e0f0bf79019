"""PagerDuty: webhooks of version 3, each incident a case with its past, and the check of their signature."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from typing import Any

from console.domain.arrival import Arrival, Reject, Step
from console.domain.events import Kind
from console.intake.derive import severity_of
from console.intake.json_facts import mapping
from console.intake.json_reading import first_keys
from console.intake.reports import NotAReportError, Report, incidents, said, when
from console.intake.source import Feed, Head
from console.intake.text import capped, titled

SIGNATURE = "X-PagerDuty-Signature"
"""The header that holds the signatures of a webhook, one for each secret while secrets are changed."""
_VERSION = "v1="
_LONGEST = 4_000
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
_ENDED = "The incident was resolved."
_URGENCIES = {"high": 1, "low": 3}


def is_signed(body: bytes, header: str, secrets: Iterable[str]) -> bool:
    """Say whether one of the signatures of a webhook was made with one of these secrets, in constant time."""
    if len(header) > _LONGEST:
        return False
    given = [each.strip().removeprefix(_VERSION) for each in header.split(",") if each.strip().startswith(_VERSION)]
    known = [hmac.new(secret.encode(), body, hashlib.sha256).hexdigest() for secret in secrets if secret]
    return sum(hmac.compare_digest(one.encode(), other.encode()) for one in given for other in known) > 0


class PagerDuty:
    """What PagerDuty posts to a webhook."""

    format = "pagerduty"

    def recognises(self, head: Head) -> bool:
        """Say whether the first object is an event of an incident."""
        keys = first_keys(head.text) if head.text.lstrip().startswith(("{", "[")) else set()
        return "event" in keys and "time" not in keys and '"event_type"' in head.text

    def arrivals(self, feed: Feed) -> Iterator[Arrival | Reject]:
        """Give each incident as a case, with what all events of the file tell of it."""
        return incidents(feed, _split, _made)


def _split(value: object) -> Iterator[tuple[str, Report]]:
    """Give the one incident that a webhook tells of; a test of the connection and news of a service tell of none."""
    event = mapping(mapping(value).get("event"))
    kind = said(event.get("event_type"))
    if not kind:
        raise NotAReportError("This is no webhook of PagerDuty: it holds no event with an event_type.")
    data = mapping(event.get("data"))
    incident = mapping(data.get("incident")) or data
    ref = said(incident.get("id"))
    if not kind.startswith("incident."):
        return
    if not ref:
        raise NotAReportError("The incident has no id, so nothing tells it from others.")
    told = said(data.get("content")) or said(data.get("message")) if incident is not data else ""
    people = [said(mapping(each).get("summary")) for each in _listed(incident.get("assignees"))]
    if kind == "incident.reassigned" and any(people):
        told = f"assigned to {', '.join(filter(None, people))}"
    yield ref, {
        "type": kind, "at": event.get("occurred_at"), "by": said(mapping(event.get("agent")).get("summary")),
        "text": told, "title": said(incident.get("title")) or said(incident.get("summary")),
        "created": incident.get("created_at"), "service": said(mapping(incident.get("service")).get("summary")),
        "priority": said(mapping(incident.get("priority")).get("summary")), "urgency": said(incident.get("urgency")),
        "url": said(incident.get("html_url")), "status": said(incident.get("status")),
        "reason": said(incident.get("resolve_reason")),
    }  # fmt: skip


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


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
        title=title, source="pagerduty", ref=ref, body=capped(body), category=facts["service"],
        severity=severity_of([facts["priority"]]), urgency=_URGENCIES.get(facts["urgency"].casefold()),
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
