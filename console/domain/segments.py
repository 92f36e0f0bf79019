"""The values of clocks: the segments of one, how it stands, and what a list shows of a case's clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from console.domain.timing import ClockName


class SegmentKind(StrEnum):
    """Whether time counted in a segment."""

    RUN = "run"
    PAUSE = "pause"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of a clock; `end` is None while it lasts, `cause` says why it began, `event` is its version."""

    kind: SegmentKind
    start: datetime
    end: datetime | None
    cause: str
    event: int
    calendar: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One clock of a case as its history makes it.

    `key` tells clocks of the same name apart: the version of the event that started it, or `escalation.7001`. `within`
    is its target in time of its calendar; `fixed` the date it has instead (a promise, a due time that was stated, a
    decision needed by). `due` is None while it is paused or closed, or has neither; `left` is what is left of the
    target, or until the date, negative when late, None where nothing is to be kept. `elapsed` is business time in its
    run segments until now. `breached_at` is the due instant of the breach that was recorded; `missed` the first due
    instant that passed while it ran, recorded or not; `warned` holds (percent, due) of warnings.
    """

    name: ClockName
    key: str
    segments: tuple[Segment, ...]
    within: timedelta | None = None
    fixed: datetime | None = None
    calendar: str
    elapsed: timedelta
    due: datetime | None
    left: timedelta | None
    breached_at: datetime | None = None
    missed: datetime | None = None
    warned: frozenset[tuple[int, datetime]] = frozenset()

    @property
    def kind(self) -> SegmentKind:
        """Say whether it runs, is paused, or is closed now."""
        return self.segments[-1].kind


@dataclass(frozen=True, slots=True)
class Pressing:
    """What a list shows of a case's clocks, kept with the case: the due time of the most pressing running one.

    Paused: `due` is None and `left` what is left of the most pressing one; it stands still.
    """

    name: str = ""
    due: datetime | None = None
    left: timedelta | None = None


NOTHING_PRESSES = Pressing()
