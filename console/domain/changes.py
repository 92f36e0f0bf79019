"""What an act changed, field by field; taking it back, and rebuilding a case from its events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, cast

from console.domain.case import Case, Choice, Severity, SeverityFrom, Status
from console.domain.errors import RefusalCode, Refused
from console.domain.events import Changes, Event, Kind, Plain

NOT_TOLD = frozenset({"id", "version", "updated", "next_clock", "next_due", "time_left"})
"""Fields that every act touches, or that are worked out from the others, and that are therefore no news."""


def changes(before: Case | None, after: Case) -> dict[str, tuple[Plain, Plain]]:
    """Give the fields that differ, as old and new value; all that are set when there was no case before."""
    if before is None:
        return {name: (None, plain(new)) for name, new in zip(_TOLD, _values(after), strict=True) if new}
    told: dict[str, tuple[Plain, Plain]] = {}
    for name, old, new in zip(_TOLD, _values(before), _values(after), strict=True):
        if old is not new and old != new:
            told[name] = (plain(old), plain(new))
    return told


def undone(case: Case, event: Event, since: Iterable[Event]) -> Case:
    """Give the case with what the event changed set back.

    Who came into its circle by another act than a change stays in. Refused: when one of those fields has changed since,
    naming it and who changed it.
    """
    back: dict[str, Any] = {}
    kept = PEOPLE if event.kind not in {Kind.CHANGED, Kind.UNDONE} else ()
    for name, (old, new) in event.changes.items():
        if name not in FIELDS or name in kept:
            continue
        if plain(getattr(case, name)) != new:
            later = next((e for e in reversed(list(since)) if name in e.changes), None)
            who = f" by {later.person}" if later else ""
            raise Refused(
                f"Undo is not possible: {name} of case {case.id} has been changed since{who}.",
                RefusalCode.CONFLICT,
                later.person if later else None,
            )
        back[name] = typed(name, old)
    after = replace(case, **back)
    if after.escalation_state and after.owner is None:
        raise Refused(f"Undo would leave case {case.id} without an owner while it is escalated; return it first.")
    return after


def replayed(events: Iterable[Event]) -> dict[str, Plain]:
    """Fold events into the field values they leave behind; a stored case must agree with this."""
    state: dict[str, Plain] = {}
    for event in events:
        state.update({name: new for name, (_, new) in event.changes.items() if name in FIELDS})
    return state


def differences(case: Case, told: Mapping[str, Plain]) -> list[str]:
    """Name the fields in which a stored case and its replayed history disagree.

    A history from before there were circles says nothing of the one that its case was given then.
    """
    empty: tuple[Plain, ...] = (None, "", 0, False)
    found = []
    for name in FIELDS:
        stored, said = plain(getattr(case, name)), told.get(name)
        if name == "circle" and name not in told:
            continue
        if stored != said and not ((stored in empty or stored == []) and said is None):
            found.append(name)
    return found


def touched(changes: Iterable[Changes]) -> frozenset[str]:
    """Give the fields that any of these changes touch."""
    return frozenset(name for each in changes for name in each)


def plain(value: object) -> Plain:
    """Write a field's value as JSON can hold it; times in UTC ISO 8601."""
    if type(value) in SCALARS:
        return cast("Plain", value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Severity):
        return value.name
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return cast("Plain", value.value if isinstance(value, Choice | Status | SeverityFrom) else value)


def typed(name: str, value: Plain) -> object:
    """Read a field's value back from what `plain` wrote; None gives the field's empty value."""
    if value is None:
        return EMPTY.get(name)
    return READERS[name](value) if name in READERS else value


def _time(value: Any) -> datetime:  # noqa: ANN401 - what JSON holds
    return datetime.fromisoformat(value)


PEOPLE = ("circle", "named", "subjects")
"""Fields that hold people."""

READERS: Mapping[str, Callable[[Any], object]] = {
    "severity": lambda value: Severity[value],
    "severity_from": SeverityFrom,
    "status": Status,
    "decision": Choice,
    **dict.fromkeys(("tags", "derived", "stops", "articles", "answers", *PEOPLE), tuple),
    **dict.fromkeys(("due", "resume_at", "promised_at", "returned_at", "created"), _time),
}
SCALARS = frozenset({str, int, bool, type(None)})
_TOLD = tuple(field.name for field in fields(Case) if field.name not in NOT_TOLD)
_values = attrgetter(*_TOLD)
FIELDS = frozenset(_TOLD)
EMPTY: Mapping[str, object] = {
    **dict.fromkeys(("tags", "derived", "stops", "articles", *PEOPLE), ()),
    **dict.fromkeys(
        (
            "source",
            "ref",
            "requester",
            "organisation",
            "category",
            "item",
            "channel",
            "team",
            "waiting_for",
            "resolution",
            "known_fix",
            "escalation_state",
            "returned_facts",
        ),
        "",
    ),
    **dict.fromkeys(("attempts", "tried_below", "manager_asks", "reopened"), 0),
    "confidential": False,
}
