"""What a case's events tell besides its fields: what was tried, what was said, who answered what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from console.domain.arrival import Voice
from console.domain.case import PersonId
from console.domain.checklist import FACTORS, Factor
from console.domain.events import Event, Kind, annulled


@dataclass(frozen=True, slots=True)
class Attempt:
    """One thing tried."""

    at: datetime
    by: PersonId
    what: str
    result: str
    error: str
    article: str
    has_worked: bool


@dataclass(frozen=True, slots=True)
class Note:
    """One thing said, by whom: for mail not who recorded it; a conversation was `spoken_with` somebody."""

    at: datetime
    by: str
    text: str
    voice: Voice
    spoken_with: str = ""


def standing(events: Iterable[Event]) -> tuple[Event, ...]:
    """Give the events that no undo has taken back."""
    every = tuple(events)
    gone = annulled(every)
    return tuple(event for event in every if event.version not in gone)


def attempts(events: Iterable[Event]) -> tuple[Attempt, ...]:
    """Give what was tried, oldest first."""
    return tuple(
        Attempt(
            event.at, event.person, _word(event, "what"), _word(event, "result"), _word(event, "error"),
            _word(event, "article"), bool(event.detail.get("worked")),
        )
        for event in standing(events)
        if event.kind is Kind.ATTEMPTED
    )  # fmt: skip


def attempts_in_words(events: Iterable[Event]) -> tuple[str, ...]:
    """Give what was tried as one line each, for the brief."""
    lines = []
    for each in attempts(events):
        came_of_it = each.result or ("worked" if each.has_worked else "no effect")
        error = f" ({each.error})" if each.error else ""
        lines.append(f"{each.at:%d %b %H:%M} UTC {each.by}: {each.what}, {came_of_it}{error}")
    return tuple(lines)


def notes(events: Iterable[Event]) -> tuple[Note, ...]:
    """Give what was said, oldest first."""
    return tuple(
        Note(
            event.at,
            _word(event, "by") or event.person,
            _word(event, "text"),
            Voice(_word(event, "voice")),
            _word(event, "with"),
        )
        for event in standing(events)
        if event.kind is Kind.NOTED
    )


def answered_by(events: Iterable[Event]) -> dict[Factor, Event]:
    """Give for each factor the newest event in which a person answered it."""
    found: dict[Factor, Event] = {}
    for event in standing(events):
        if event.kind is Kind.ANSWERED:
            found |= {factor: event for factor in FACTORS if factor.value in event.detail}
    return found


def _word(event: Event, name: str) -> str:
    value = event.detail.get(name, "")
    return value if isinstance(value, str) else ""
