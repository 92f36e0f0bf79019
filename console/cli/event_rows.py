"""What happened to cases as a log of events: a row for each, in the native form that intake reads back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from console.cli.forms import when
from console.domain.case import Case, SeverityFrom
from console.domain.events import Event, Kind, Plain, as_written
from console.domain.past_step import TAKING, TELLABLE

PLACE = ("tier", "team", "waiting_for")
"""What stands in every row, as it is after the event."""
STATED = (
    "category", "impact", "urgency", "organisation", "item", "affected", "due", "title", "requester", "channel", "tags",
)  # fmt: skip
"""What is said with the first event, and again where it changes."""
COLUMNS = (
    "case", "time", "event", "tier", "team", "person", "status", "title", "category", "impact", "urgency",
    "organisation", "item", "affected", "due", "handler", "waiting_for", "severity", "requester", "channel", "tags",
    "body", "text", "voice", "source", "triage",
)  # fmt: skip
"""The headings of the log: the documented ones, then what else intake reads, then the number of the case here."""
NOBODY = "-"
_FIRM = frozenset({SeverityFrom.STATED.value, SeverityFrom.OVERRIDE.value})
_HEARD = frozenset({*PLACE, *STATED, "status", "handler", "severity"})


def event_rows(case: Case, body: str, history: Iterable[Event], called: str) -> Iterator[dict[str, Plain]]:
    """Give the rows of a case in their order; what changes nothing that a log can tell is left out.

    What came to be known late is dated like the row before it, since readers go by the times.
    """
    state: dict[str, Plain] = {}
    at = datetime.min.replace(tzinfo=UTC)
    for event in map(as_written, history):
        changed = {name: new for name, (_, new) in event.changes.items()}
        state |= changed
        is_told = event.kind in TELLABLE
        if not (is_told or event.kind is Kind.ATTEMPTED or changed.keys() & _HEARD):
            continue
        at = max(at, min(event.at, case.created) if event.kind is Kind.OPENED else event.at)
        row: dict[str, Plain] = {
            "case": called, "time": when(at), "event": event.kind.value, "triage": case.id,
            "person": event.detail.get("by") or event.person, **_text(event, changed),
            **{name: state.get(name) for name in PLACE}, **{name: changed.get(name) for name in STATED},
            "status": state.get("status") if is_told or "status" in changed else None,
        }  # fmt: skip
        if "handler" in changed or event.kind in TAKING or (not is_told and "status" in changed):
            row["handler"] = state.get("handler") or NOBODY
        if "severity" in changed and state.get("severity_from") in _FIRM:
            row["severity"] = changed["severity"]
        if event.kind is Kind.OPENED:
            row |= {"source": case.source, "body": body}
        yield row


def _text(event: Event, changed: Mapping[str, Plain]) -> dict[str, Plain]:
    """Give what was written: a note, what was tried, how it was resolved."""
    if event.kind is Kind.ATTEMPTED:
        return {"text": ": ".join(str(event.detail[name]) for name in ("what", "result") if event.detail.get(name))}
    return {"text": event.detail.get("text") or changed.get("resolution"), "voice": event.detail.get("voice")}


class Names:
    """What the cases of a log are called: their references, or their numbers; no two the same."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def of(self, case: Case) -> str:
        """Give the name of a case."""
        usual = [case.ref, f"{case.source} {case.ref}"] if case.ref else [str(case.id)]
        name = next((name for name in usual if name not in self._given), f"case {case.id}")
        self._given.add(name)
        return name
