"""The native form of a case: what an export writes, and intake reads back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from console.cli.forms import Form, when
from console.domain.case import Case, SeverityFrom
from console.domain.checklist import FACTORS
from console.domain.chronicle import seal, to_words, told
from console.domain.events import Event, Kind
from console.domain.timeline import standing

NATIVE_TEXTS = (
    "source", "ref", "title", "body", "requester", "organisation", "category", "item", "channel", "impact", "urgency",
    "severity", "affected", "created", "updated", "status", "tier", "team", "owner", "handler", "waiting_for", "due",
    "resolution", "tags",
)  # fmt: skip
"""The keys of a native case, in the documented order."""


def native(case: Case, body: str, history: Iterable[Event]) -> Form:
    """Give a case in the native form, as intake reads it back; what it lacks is left out.

    A severity that rests on nothing is not stated, since reading it back would make it a fact.
    """
    stated = case.severity_from in {SeverityFrom.STATED, SeverityFrom.OVERRIDE}
    facts: Mapping[str, Any] = {
        **{name: getattr(case, name) for name in NATIVE_TEXTS if name not in {"body", "severity"}},
        "body": body, "severity": case.severity.name if stated else "", "status": case.status.value,
        "tags": list(case.tags), **{name: when(getattr(case, name)) for name in ("created", "updated", "due")},
    }  # fmt: skip
    own = {
        "id": case.id, "severity": case.severity.name, "severity_from": case.severity_from.value,
        "derived": list(case.derived), "answers": dict(zip(FACTORS, case.answers, strict=True)),
        "stops": list(case.stops),
    }  # fmt: skip
    if case.confidential:
        own |= {"confidential": True, "circle": list(case.circle), "subjects": list(case.subjects)}
    form = {name: facts[name] for name in NATIVE_TEXTS if facts[name] not in (None, "", [])}
    return form | {
        "messages": [_message(event) for event in standing(history) if event.kind is Kind.NOTED],
        "triage": own,
    }


def whole(case: Case, body: str, history: Iterable[Event]) -> Form:
    """Give a case in the native form with everything that happened to it, sealed."""
    every = tuple(history)
    form = native(case, body, every)
    form["triage"] |= {"history": [to_words(event) for event in told(every)]}
    form["triage"] |= {"seal": seal(form)}
    return form


def _message(event: Event) -> Form:
    said = {"by": event.detail.get("by") or event.person, "at": when(event.at), **event.detail}
    return {name: said[name] for name in ("by", "at", "text", "voice", "ref") if said.get(name)}
