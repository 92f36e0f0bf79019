"""Firings: what the clock side has done to a case already, read from its history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from console.domain.actions import AGAIN, Key
from console.domain.events import Event, Plain
from console.domain.phrases import texts


@dataclass(frozen=True, slots=True)
class Firing:
    """One thing that was due and was done: its key, and the event that tells of it.

    `deadline` and `step` are those of its action; `again` says how often the same step had been said before.
    """

    source: str
    deadline: datetime
    step: int
    again: int
    event: Event

    @property
    def key(self) -> Key:
        """Give what, with the case, names it."""
        return self.source, self.deadline, self.step + AGAIN * self.again

    @property
    def at(self) -> datetime:
        """Give when it was done."""
        return self.event.at

    @property
    def told(self) -> frozenset[str]:
        """Give the people inside who heard of it."""
        return frozenset(texts(self.event, "to"))

    @property
    def reached(self) -> bool:
        """Say whether anybody heard of it, inside or outside."""
        return bool(self.told or self.event.detail.get("outside"))

    def number(self, name: str) -> int:
        """Give a number of its detail, or 0."""
        return _number(self.event.detail.get(name))


def firings(history: Iterable[Event], source: str = "") -> Iterator[Firing]:
    """Give what has fired, oldest first; of the sources that begin like this.

    An event of any shape is read: one without a key is none. What was taken back later has fired all the same.
    """
    for event in history:
        asked, deadline = event.detail.get("source"), event.detail.get("deadline")
        if isinstance(asked, str) and asked.startswith(source):
            at = instant(deadline)
            if at is not None:
                step, again = (_number(event.detail.get(name)) for name in ("step", "again"))
                yield Firing(asked, at, step, again, event)


def instant(value: Plain) -> datetime | None:
    """Read a time as events hold it; None where it is none."""
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return at if at is not None and at.tzinfo else None


def _number(value: Plain) -> int:
    return value if isinstance(value, int) else 0
