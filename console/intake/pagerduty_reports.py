"""What PagerDuty writes of incidents, of every kind: webhooks of three versions, answers of its interface, its log."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from console.intake.json_facts import mapping
from console.intake.reports import NotAReportError, Report, Told, said

LISTS = ("incidents", "log_entries", "messages")
"""Keys under which an object at the top has several."""
_MOST = 10_000
_SAID_BEFORE = {
    "trigger": "triggered", "acknowledge": "acknowledged", "unacknowledge": "unacknowledged", "resolve": "resolved",
    "assign": "reassigned", "reassign": "reassigned", "escalate": "escalated", "delegate": "delegated",
    "annotate": "annotated", "reopen": "reopened", "priority_change": "priority_updated",
}  # fmt: skip
_LOGGED = re.compile(r"^([a-z_]{1,40})_log_entry(?:_reference)?$")
_NUMBER = re.compile(r"^\[#\d{1,12}\] ")
_NO_ID = "The incident has no id, so nothing tells it from others."


def reports_in(value: object) -> Iterator[Told]:
    """Give what a document tells, by incident. Raises NotAReportError for one that tells of none."""
    top = mapping(value)
    ways: tuple[tuple[str, Callable[[Mapping[str, Any]], Iterator[tuple[str, Report]]]], ...] = (
        ("messages", _message), ("incidents", _stands), ("log_entries", _entry),
    )  # fmt: skip
    for key, way in ways:
        listed = top.get(key)
        if isinstance(listed, list) and "event" not in top and "type" not in top:
            if len(listed) > _MOST:
                raise NotAReportError(f"This holds more than {_MOST:,} of them; ask for them in pages.")
            for each in listed:
                try:
                    yield from way(mapping(each))
                except NotAReportError as error:
                    yield error
            return
    if "incident_number" in top:
        yield from _stands(top)
    elif _LOGGED.match(said(top.get("type"))):
        yield from _entry(top)
    elif mapping(top.get("incident")) and "event" not in top:
        yield from _stands(mapping(top["incident"]))
    else:
        yield from _event(mapping(top.get("event")))


def _event(event: Mapping[str, Any]) -> Iterator[tuple[str, Report]]:
    """Give the one incident that a webhook tells of; a test of the connection and news of a service tell of none."""
    kind = said(event.get("event_type"))
    if not kind:
        raise NotAReportError("This is no webhook of PagerDuty: it holds no event with an event_type.")
    data = mapping(event.get("data"))
    incident = mapping(data.get("incident")) or data
    if kind.startswith("incident."):
        told = said(data.get("content")) or said(data.get("message")) if incident is not data else ""
        if kind == "incident.reassigned":
            told = _assigned(incident.get("assignees")) or told
        agent = said(mapping(event.get("agent")).get("summary"))
        yield _report(incident, kind, event.get("occurred_at"), agent, told)


def _assigned(people: object) -> str:
    """Say who has an incident now, where it is said."""
    names = [said(mapping(each).get("summary")) for each in people] if isinstance(people, list) else []
    return f"assigned to {', '.join(filter(None, names))}" if any(names) else ""


def _message(message: Mapping[str, Any]) -> Iterator[tuple[str, Report]]:
    """Give what one message of an older webhook tells: version 2 names the event, version 1 its type."""
    kind = said(message.get("event")) or said(message.get("type"))
    incident = mapping(message.get("incident")) or mapping(mapping(message.get("data")).get("incident"))
    if not kind or not incident:
        raise NotAReportError("This is no webhook of PagerDuty: a message of it names no event or no incident.")
    if kind.startswith("incident."):
        logged = message.get("log_entries")
        entry = mapping(logged[0]) if isinstance(logged, list) and logged else {}
        channel = mapping(entry.get("channel"))
        told = said(channel.get("details")) or said(channel.get("content")) or said(channel.get("summary"))
        agent = said(mapping(entry.get("agent")).get("summary"))
        told = told if kind.endswith((".trigger", ".annotate")) else ""
        yield _report(incident, _current(kind.removeprefix("incident.")), message.get("created_on"), agent, told)


def _stands(incident: Mapping[str, Any]) -> Iterator[tuple[str, Report]]:
    """Give the past of an incident that an answer shows as it stands now."""
    status = said(incident.get("status"))
    changed_by = said(mapping(incident.get("last_status_change_by")).get("summary"))
    changed = incident.get("last_status_change_at") or incident.get("updated_at")
    details = said(mapping(incident.get("body")).get("details"))
    yield _report(incident, "incident.triggered", incident.get("created_at"), "", details)
    taken = incident.get("acknowledgements")
    for each in map(mapping, taken if isinstance(taken, list) else []):
        by = said(mapping(each.get("acknowledger")).get("summary"))
        yield _report(incident, "incident.acknowledged", each.get("at"), by)
    if status == "acknowledged" and not taken:
        yield _report(incident, "incident.acknowledged", changed, changed_by)
    if status == "resolved":
        yield _report(incident, "incident.resolved", incident.get("resolved_at") or changed, changed_by)


def _entry(entry: Mapping[str, Any]) -> Iterator[tuple[str, Report]]:
    """Give what one entry of the log tells; that somebody was notified changes nothing."""
    kind = _LOGGED.match(said(entry.get("type")))
    if kind is None:
        raise NotAReportError("This is no entry of PagerDuty's log: it has no type that says so.")
    incident = {"service": entry.get("service"), **mapping(entry.get("incident"))}
    if kind[1] not in {"notify", "exhaust_escalation_path", "link"}:
        channel = mapping(entry.get("channel"))
        told = said(channel.get("details")) or said(channel.get("summary")) or said(channel.get("content"))
        agent = said(mapping(entry.get("agent")).get("summary"))
        told = told if kind[1] in {"trigger", "annotate"} else ""
        yield _report(incident, _current(kind[1]), entry.get("created_at"), agent, told)


def _current(word: str) -> str:
    """Give the name that an event has in webhooks of version 3."""
    return f"incident.{_SAID_BEFORE.get(word, word)}"


def _report(incident: Mapping[str, Any], kind: str, at: object, by: str, text: str = "") -> tuple[str, Report]:
    """Give a report, by the incident's id."""
    ref = said(incident.get("id"))
    if not ref:
        raise NotAReportError(_NO_ID)
    service = mapping(incident.get("service"))
    subject = mapping(incident.get("trigger_summary_data"))
    title = said(incident.get("title")) or said(subject.get("subject")) or said(subject.get("description"))
    return ref, {
        "type": kind, "at": at, "by": by, "text": text,
        "title": title or _NUMBER.sub("", said(incident.get("summary"))),
        "created": incident.get("created_at") or incident.get("created_on"),
        "service": said(service.get("summary")) or said(service.get("name")),
        "priority": said(mapping(incident.get("priority")).get("summary")), "urgency": said(incident.get("urgency")),
        "url": said(incident.get("html_url")), "status": said(incident.get("status")),
        "reason": said(incident.get("resolve_reason")),
    }  # fmt: skip
