"""What the clock side has done to a case, as its history tells: by what, when, how late, and who was told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.domain.events import Event, Kind, Plain
from console.domain.phrases import pairs, word


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """One firing. `at` is when it fired, `due` when it should have; `told` and `absent` are who heard and who could not.

    `source` is what asked for it (`rule:s1-unanswered`, `clock:response`, `ladder:standard`, `wait`), `step` the number
    or percent that is part of its key, `policy` the version of the policy it ran under.
    """

    version: int
    kind: Kind
    source: str
    step: int
    at: datetime
    due: datetime
    cause: str
    policy: str
    told: tuple[str, ...] = ()
    absent: tuple[tuple[str, str], ...] = ()
    event: Event

    @property
    def late(self) -> timedelta:
        """Give how late it fired; nothing where it was in time."""
        return max(self.at - self.due, timedelta(0))


def fired(history: Sequence[Event]) -> tuple[Fired, ...]:
    """Give every firing that a history tells of, oldest first."""
    return tuple(_fired(history))


def _fired(history: Sequence[Event]) -> Iterator[Fired]:
    for event in history:
        source = word(event, "source")
        if not source or not event.actor.startswith("rule:"):
            continue
        due = _time(event.detail.get("due")) or _time(event.detail.get("deadline")) or event.at
        yield Fired(
            version=event.version, kind=event.kind, source=source, step=_number(event.detail.get("step")),
            at=_time(event.detail.get("found")) or event.at, due=due, cause=event.cause, policy=word(event, "policy"),
            told=tuple(_names(event.detail.get("to"))),
            absent=tuple((str(name), str(why)) for name, why in pairs(event.detail.get("absent"))), event=event,
        )  # fmt: skip


def _names(value: Plain) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value] if value else []:
        yield str(each)


def _number(value: Plain) -> int:
    return value if isinstance(value, int) else 0


def _time(value: Plain) -> datetime | None:
    """Read a time of an event's detail; foreign shapes are none."""
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) and value else None
    except ValueError:
        return None
