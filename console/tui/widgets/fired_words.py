"""What the clock side has done, in a few words with local times; whatever else happened is told as its sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from console.domain.action_words import CLOCKS, source_named
from console.domain.events import Event, Kind
from console.domain.firings import instant
from console.domain.phrases import texts, word
from console.domain.sentences import sentence
from console.domain.sentences_of_time import is_of_time
from console.domain.spans import left_or_late, moment
from console.domain.words import counted, listed

MANY = 3
"""Up to so many people are named."""


def told(event: Event, now: datetime) -> str:
    """Say in a few words what an event tells."""
    words = WORDS.get(event.kind) if is_of_time(event) else None
    return words(event, now) if words else sentence(event)


def _warned(event: Event, now: datetime) -> str:
    due = instant(event.detail.get("deadline"))
    percent = event.detail.get("percent")
    until = f", {left_or_late(due - now)}, due {moment(due, now)}" if due else ""
    return f"{percent if isinstance(percent, int) else '?'} % of {_clock(event)} used{until}"


def _breached(event: Event, now: datetime) -> str:
    return f"{_clock(event)}: {left_or_late(min(event.at - now, -_A_MOMENT))}, was due {moment(event.at, now)}"


def _reminded(event: Event, _: datetime) -> str:
    return f"reminder to {_whom(event)}{_because(event)}"


def _notified(event: Event, _: datetime) -> str:
    return f"{_whom(event)} told{_because(event)}"


def _engaged(event: Event, _: datetime) -> str:
    step, steps = event.detail.get("step"), event.detail.get("steps")
    of = f", step {step} of {steps}" if isinstance(step, int) and isinstance(steps, int) and step else ""
    return f"{_whom(event)} engaged{of}"


def _exhausted(event: Event, _: datetime) -> str:
    return f"the ladder is exhausted, nobody has answered; {_whom(event)} told"


def _clock(event: Event) -> str:
    name = word(event, "clock")
    return CLOCKS.get(name, name or "its time")


def _because(event: Event) -> str:
    """Say what a rule says, or else what asked for it."""
    return f": {event.reason_text or source_named(word(event, 'source'))}"


def _whom(event: Event) -> str:
    names = texts(event, "to", "outside") or ["nobody"]
    return listed(names) if len(names) <= MANY else f"{listed(names[:1])} and {counted(len(names) - 1, 'other')}"


_A_MOMENT = timedelta(seconds=1)

WORDS: Mapping[Kind, Callable[[Event, datetime], str]] = {
    Kind.WARNED: _warned,
    Kind.BREACHED: _breached,
    Kind.REMINDED: _reminded,
    Kind.TOLD: _notified,
    Kind.ENGAGED: _engaged,
    Kind.EXHAUSTED: _exhausted,
}
"""How each kind is said."""
