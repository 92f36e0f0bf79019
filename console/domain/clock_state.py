"""What the clocks of a case go by while its history is folded: how the case stands, and the clocks that are open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from console.domain.case import LIVE, Case, Severity, Status
from console.domain.events import Changes, Event, Kind
from console.domain.segments import SegmentKind
from console.domain.strand import Goal, Step, Strand
from console.domain.targets import fitting
from console.domain.timing import ClockName, Timing

RUN, PAUSE, CLOSED = SegmentKind.RUN, SegmentKind.PAUSE, SegmentKind.CLOSED
FOR_THE_REQUESTER = frozenset({"customer", "requester"})
"""Words that stand for the requester where somebody is waited for."""

PAUSED_BY_WAITING = frozenset({ClockName.RESPONSE, ClockName.RESOLUTION, ClockName.UPDATE})
"""Clocks that stand still whoever is waited for; all others only while it is the requester."""


def _text(value: Any) -> str:  # noqa: ANN401 - what JSON holds
    return str(value or "")


def _time(value: Any) -> datetime | None:  # noqa: ANN401 - what JSON holds
    return datetime.fromisoformat(value) if value else None


READ: Mapping[str, Callable[[Any], object]] = {
    "severity": lambda value: Severity[value] if value else Severity.S3,
    "status": lambda value: Status(value or "new"),
    "tier": lambda value: value or 1,
    **dict.fromkeys(("category", "organisation", "waiting_for", "handler"), _text),
    "due": _time,
    "promised_at": _time,
    "duplicate_of": bool,
    "action_of": bool,
}
"""How the fields that clocks go by are read from what an event tells of them."""


@dataclass(slots=True)
class Standing:
    """How a case stands at some point of its history, as far as its clocks go by it."""

    severity: Severity = Severity.S3
    status: Status = Status.NEW
    tier: int = 1
    category: str = ""
    organisation: str = ""
    waiting_for: str = ""
    handler: str = ""
    due: datetime | None = None
    promised_at: datetime | None = None
    duplicate_of: bool = False
    action_of: bool = False

    def change(self, changes: Changes) -> frozenset[str]:
        """Take over what an event tells; give the names of the fields."""
        told = READ.keys() & changes.keys()
        for name in told:
            setattr(self, name, READ[name](changes[name][1]))
        return frozenset(told)


def standing_before(case: Case, history: Sequence[Event]) -> Standing:
    """Give how a case stood before the first event at hand; before its opening there was nothing."""
    if history and history[0].kind is Kind.OPENED:
        return Standing()
    standing = Standing(
        case.severity, case.status, case.tier, case.category, case.organisation, case.waiting_for,
        case.handler or "", case.due, case.promised_at, case.duplicate_of is not None,
        case.action_of is not None,
    )  # fmt: skip
    for event in reversed(history):
        standing.change({name: (new, old) for name, (old, new) in event.changes.items()})
    return standing


MOVING = READ.keys() - {"handler", "promised_at"}
"""The fields that all clocks go by."""


@dataclass(slots=True)
class Strands:
    """The clocks of a case: those that are open, which follow how the case stands, and all there ever were."""

    timing: Timing
    requester: str
    case: Standing
    open: list[Strand] = field(default_factory=list)
    every: list[Strand] = field(default_factory=list)

    def begin(
        self, name: ClockName, key: str, step: Step, *, tier: int | None = None, promise: datetime | None = None
    ) -> Strand:
        """Start a clock; it counts where the case lets it."""
        strand = Strand(name, key, self.timing, step, tier, promise)
        self.open.append(strand)
        self.every.append(strand)
        self._turn(strand, step)
        return strand

    def go_on(self, strand: Strand, step: Step) -> None:
        """Let a clock go on as the case stands, also one that was closed."""
        if strand not in self.open:
            self.open.append(strand)
        self._turn(strand, step)

    def end(self, strand: Strand, step: Step) -> None:
        """Close a clock, until something lets it go on."""
        if strand in self.open:
            strand.turn(CLOSED, strand.goal, step)
            self.open.remove(strand)

    def follow(self, touched: frozenset[str], step: Step) -> None:
        """Let every open clock go on as the case stands now that these fields have changed."""
        if not touched.isdisjoint(MOVING):
            for strand in self.open:
                self._turn(strand, step)

    def _turn(self, strand: Strand, step: Step) -> None:
        """Let one clock go on as the case stands; one that begins while it stands still says what for."""
        kind = self.kind(strand)
        if strand.is_new and kind is not RUN:
            waits = f"waiting for {self.case.waiting_for}" if kind is PAUSE else self.case.status.value
            step = Step(step.at, waits, step.event)
        strand.turn(kind, self.goal(strand), step)

    def of(self, name: ClockName) -> Strand | None:
        """Give the open clock of this name, or None."""
        return next((strand for strand in self.open if strand.name is name), None)

    def kind(self, strand: Strand) -> SegmentKind:
        """Say whether a clock counts as the case stands."""
        name, case = strand.name, self.case
        if name is ClockName.REVIEW:
            return CLOSED if case.duplicate_of else RUN
        if case.status not in LIVE:
            return CLOSED
        if case.status is Status.WAITING:
            is_theirs = case.waiting_for in FOR_THE_REQUESTER or case.waiting_for == self.requester
            if is_theirs or (name in PAUSED_BY_WAITING and strand.promise is None):
                return PAUSE
        return PAUSE if strand.is_asked else RUN

    def goal(self, strand: Strand) -> Goal:
        """Give what a clock is to keep as the case stands: a date that was stated or promised, or the target."""
        name, case = strand.name, self.case
        if strand.promise is not None or name is ClockName.DECISION:
            return Goal(None, strand.promise)
        of = (case.severity, case.category, case.organisation, strand.tier or case.tier)
        return Goal(fitting(self.timing, name, of), case.due if name is ClockName.RESOLUTION else None)
