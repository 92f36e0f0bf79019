"""What a history comes to: the case, and its escalations, as they stand after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from console.domain.brief import from_words
from console.domain.case import Case, CaseId, EscalationId
from console.domain.changes import replayed, typed
from console.domain.escalation import Escalation, Kind, State
from console.domain.events import Event, Plain
from console.domain.matrix import target
from console.domain.outcome_sent import NUMBERS

NEEDED = frozenset({"title", "created", "severity", "severity_from", "status", "tier", "answers"})
"""Fields that no case is without."""


def case_of(history: Sequence[Event]) -> Case:
    """Give the case that a history comes to. Raises ValueError where it lacks what every case has."""
    said = {name: value for name, value in replayed(history).items() if value is not None}
    lacking = sorted(NEEDED - set(said))
    if lacking or not str(said["title"]).strip():
        message = f"its history says nothing of its {', '.join(lacking) or 'title'}"
        raise ValueError(message)
    facts: dict[str, Any] = {name: typed(name, value) for name, value in said.items()}
    newest = max(event.at for event in history)
    return Case(**facts, id=history[0].case, version=len(history), updated=max(newest, facts["created"]))


def moves_of(history: Iterable[Event], case: Case) -> tuple[Escalation, ...]:
    """Give the escalations of a case, oldest first. Raises ValueError for one that is not whole, or not its own."""
    found: dict[int, dict[str, Any]] = {}
    for event in history:
        for name, (_, new) in event.changes.items():
            head, number, field = [*name.split(".", 2), "", ""][:3]
            if head == "escalation" and number:
                found.setdefault(int(number), {})[field] = new
    every = tuple(_move(number, fields, case.id) for number, fields in sorted(found.items()))
    known = {each.id for each in every}
    for named in (case.escalation, *(each.previous for each in every)):
        if named is not None and named not in known:
            message = f"its history names the escalation {named}, and does not tell of it"
            raise ValueError(message)
    return every


def renumbered(history: Sequence[Event], number: CaseId) -> tuple[Event, ...]:
    """Give a history of a case that is called otherwise from now on; its escalations are so too."""
    return tuple(history) if history[0].case == number else tuple(_renumbered(event, number) for event in history)


def _renumbered(event: Event, number: CaseId) -> Event:
    was = event.case

    def moved(value: Plain) -> Plain:
        return number * NUMBERS + value % NUMBERS if type(value) is int and value // NUMBERS == was else value

    changes: dict[str, tuple[Plain, Plain]] = {}
    for name, (old, new) in event.changes.items():
        head, move, field = [*name.split(".", 2), "", ""][:3]
        if head != "escalation":
            changes[name] = (old, new)
        elif not move:
            changes[name] = (moved(old), moved(new))
        else:
            pair = (moved(old), moved(new)) if field == "previous" else (old, new)
            changes[f"{head}.{moved(int(move))}.{field}"] = pair
    detail = dict(event.detail)
    if "escalation" in detail:
        detail["escalation"] = moved(detail["escalation"])
    return replace(event, case=number, changes=changes, detail=detail)


def _move(number: int, fields: Mapping[str, Any], case: CaseId) -> Escalation:
    if number // NUMBERS != case or not number % NUMBERS:
        message = f"its history tells of the escalation {number}, which is not its own"
        raise ValueError(message)
    said: dict[str, Any] = {
        name: READ[name](value) if name in READ else value for name, value in fields.items() if value not in (None, "")
    }
    try:
        return Escalation(id=EscalationId(number), case=case, **said)
    except TypeError:
        message = f"its history does not tell all of the escalation {number}"
        raise ValueError(message) from None


READ: Mapping[str, Callable[[Any], object]] = {
    "kind": Kind,
    "state": State,
    "target": target,
    "skipped": lambda value: tuple((target(each), reason) for each, reason in value),
    "brief": from_words,
    "acknowledged": tuple,
    **dict.fromkeys(("sent_at", "answered_at", "closed_at"), datetime.fromisoformat),
}
"""How the fields of an escalation are read from what events tell of them."""
