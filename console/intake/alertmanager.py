"""Alertmanager: webhooks of every version and lists of alerts, each alert a case that its end resolves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from console.domain.arrival import Arrival, Reject, Step
from console.domain.events import Kind
from console.intake.json_facts import mapping
from console.intake.json_reading import first_keys
from console.intake.reports import NotAReportError, Report, Told, incidents, said, when
from console.intake.source import Feed, Head
from console.intake.text import capped, shortened, titled

_AROUND = frozenset({"receiver", "groupLabels", "commonLabels", "groupKey", "externalURL"})
_SEVERITIES = {
    "S1": ("critical", "emergency", "fatal", "disaster", "p1", "sev1", "page"),
    "S2": ("error", "major", "high", "severe", "p2", "sev2"),
    "S3": ("warning", "warn", "moderate", "medium", "average", "p3", "sev3"),
    "S4": ("info", "information", "informational", "notice", "low", "minor", "none", "debug", "p4", "sev4"),
}
_SEVERITY_OF = {word: severity for severity, words in _SEVERITIES.items() for word in words}
_TITLES = ("summary", "title", "message", "description", "name")
_BEGINNINGS = ("startsAt", "activeAt")
_MOST = 10_000
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class Alertmanager:
    """What Prometheus's Alertmanager posts to a webhook, and what it and Prometheus answer when asked for alerts."""

    format = "alertmanager"

    def recognises(self, head: Head) -> bool:
        """Say whether the first object is a group of alerts, one alert, or an answer that lists alerts."""
        if not head.text.lstrip().startswith(("{", "[")):
            return False
        keys = first_keys(head.text)
        dated = any(f'"{each}"' in head.text for each in _BEGINNINGS)
        answer = "alerts" in keys or ({"status", "data"} <= keys and '"success"' in head.text)
        is_group = "alerts" in keys and bool(keys & _AROUND)
        return is_group or ("labels" in keys and bool(keys & set(_BEGINNINGS))) or (answer and dated and _is_told(head))

    def arrivals(self, feed: Feed) -> Iterator[Arrival | Reject]:
        """Give each alert as a case; what is told of it twice is one."""
        return incidents(feed, _split, _made)


def _is_told(head: Head) -> bool:
    """Say whether alerts stand in the beginning of a file."""
    return '"labels"' in head.text and ('"alertname"' in head.text or '"annotations"' in head.text)


def _split(value: object) -> Iterator[Told]:
    """Give the alerts of a group, each with what stands around it; the same alert that fires anew is another."""
    group = mapping(value)
    inner = group.get("data") if "labels" not in group else None
    alerts = group.get("alerts", mapping(inner).get("alerts", inner))
    if alerts is None and "labels" in group:
        group, alerts = {}, [group]
    if not isinstance(alerts, list):
        raise NotAReportError("This is no webhook of Alertmanager: it holds no list of alerts.")
    if len(alerts) > _MOST:
        raise NotAReportError(f"This holds more than {_MOST:,} alerts.")
    for each in alerts:
        alert = mapping(each)
        labels = _texts(mapping(group.get("commonLabels"))) | _texts(mapping(alert.get("labels")))
        if not alert or not labels:
            yield NotAReportError("An alert here has no labels, so nothing tells it from others.")
            continue
        notes = _texts(mapping(group.get("commonAnnotations"))) | _texts(mapping(alert.get("annotations")))
        starts = next((alert[key] for key in _BEGINNINGS if alert.get(key)), "")
        ref = f"{said(alert.get('fingerprint')) or _fingerprint(labels)}@{(when(starts) or _BEGINNING).isoformat()}"
        yield ref, {
            "labels": labels, "notes": notes, "startsAt": starts, "endsAt": alert.get("endsAt"),
            "status": _status(alert) or said(group.get("status")), "receiver": _receiver(group, alert),
            "url": said(alert.get("generatorURL")),
        }  # fmt: skip


def _status(alert: Mapping[str, Any]) -> str:
    """Give whether an alert fires or has ended, in the words of a webhook or of an answer."""
    found = alert.get("status", alert.get("state"))
    return said(mapping(found).get("state")) if isinstance(found, dict) else said(found)


def _receiver(group: Mapping[str, Any], alert: Mapping[str, Any]) -> str:
    """Give whom an alert goes to; an answer names everybody, and the first stands for them."""
    receivers = alert.get("receivers")
    first = receivers[0] if isinstance(receivers, list) and receivers else group.get("receiver")
    return said(mapping(first).get("name")) if isinstance(first, dict) else said(first)


def _made(ref: str, reports: list[Report]) -> Arrival:
    """Give the case of one alert; it is resolved if any report says that it has ended.

    One that fires anew is about the same as before, and so takes up its case again where replies would.
    """
    first = reports[0]
    labels, notes = first["labels"], first["notes"]
    began = when(first["startsAt"])
    name = next((notes[key] for key in _TITLES if notes.get(key)), "")
    alert = labels.get("alertname", "")
    title = ": ".join(dict.fromkeys(part for part in (alert, name) if part)) or f"Alert {ref}"
    where = labels.get("instance") or labels.get("host") or labels.get("job") or ""
    title, _ = titled(f"{title} ({where})" if where and where not in title else title, "")
    steps = [Step(began, "firing", Kind.OPENED)] if began else []
    ended = [when(each["endsAt"]) for each in reports if each["status"].lower() == "resolved"]
    ends = [max(at, began) if began else at for at in ended if at is not None]
    if ended and began and not ends:
        ends = [began]
    if ends:
        steps.append(Step(min(ends), "resolved", Kind.RESOLVED, text="The alert has ended."))
    severity = _SEVERITY_OF.get((labels.get("severity") or labels.get("priority") or "").casefold(), "")
    return Arrival(
        title=title, source="alertmanager", ref=ref, body=_body(first), severity=severity, created=began,
        item=shortened(labels.get("service") or labels.get("job") or ""), requester=first["receiver"],
        steps=tuple(steps), status="resolved" if ended and not ends else "",
        about=f"alert {ref.rpartition('@')[0]}",
    )  # fmt: skip


def _body(report: Mapping[str, Any]) -> str:
    """Give everything that an alert says as lines."""
    lines = [f"{name}: {text}" for part in ("notes", "labels") for name, text in report[part].items()]
    return capped("\n".join([*lines, *([report["url"]] if report["url"] else [])]))


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    """Give names with their texts, those that say something."""
    return {said(name): text for name, value in list(values.items())[:200] if (text := said(value))}


def _fingerprint(labels: Mapping[str, str]) -> str:
    """Give what names an alert that brings no fingerprint: its labels, whatever their order."""
    return hashlib.blake2b(json.dumps(labels, sort_keys=True).encode(), digest_size=8).hexdigest()
