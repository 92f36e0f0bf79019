"""Clocks explained: which line of the policy each goes by, what counted, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.domain.case import Case
from console.domain.clock import Clock, SegmentKind
from console.domain.events import Event, Kind
from console.domain.intervals import Interval, intervals
from console.domain.policy import Policy
from console.domain.timing import Target
from console.domain.toml_lines import KeyPath

Lines = Mapping[KeyPath, int]
"""Where each key of the policy's text stands; empty where the text is not at hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockTold:
    """A clock with its reasons. `rule` is the line of the policy that gave its target, empty where none did.

    `found_at` is when its breach was found, which is never before the due instant at which it is dated.
    """

    clock: Clock
    intervals: tuple[Interval, ...]
    rule: str = ""
    found_at: datetime | None = None
    warned: tuple[tuple[int, datetime], ...] = ()

    @property
    def is_over(self) -> bool:
        """Say whether it has been closed."""
        return self.clock.kind is SegmentKind.CLOSED

    @property
    def is_late(self) -> bool:
        """Say whether it runs and its time is used up."""
        left = self.clock.left
        return self.clock.kind is SegmentKind.RUN and left is not None and left < timedelta(0)


def clocks_told(
    found: Sequence[Clock], case: Case, history: Sequence[Event], policy: Policy, now: datetime, lines: Lines
) -> tuple[ClockTold, ...]:
    """Explain clocks, in the order in which they came."""
    return tuple(
        ClockTold(
            clock=clock,
            intervals=intervals(clock, policy, now),
            rule=rule_of(clock, case, policy, lines),
            found_at=_found_at(clock, history),
            warned=tuple(sorted((percent, due) for percent, due in clock.warned)),
        )
        for clock in found
    )


def rule_of(clock: Clock, case: Case, policy: Policy, lines: Lines) -> str:
    """Say which line of the policy gives a clock its target: `[clock.response] S1, line 212`."""
    if clock.fixed is not None or clock.within is None:
        return ""
    own = [target for target in policy.timing.targets if target.clock is clock.name]
    alike = [target for target in own if target.within == clock.within]
    chosen = next((target for target in alike if _fits(target, case)), alike[0] if alike else None)
    return _line(own, chosen, lines) if chosen is not None else ""


def _fits(target: Target, case: Case) -> bool:
    """Say whether a target is meant for a case as it stands; a clock of another tier fits none, and takes the first."""
    return (
        target.severity in {None, case.severity}
        and target.category in {"", case.category}
        and target.organisation in {"", case.organisation}
        and target.tier in {None, case.tier}
    )


def _line(own: Sequence[Target], chosen: Target, lines: Lines) -> str:
    """Name the key of a target; exceptions stand in the policy's order before what holds for a severity alone."""
    table: KeyPath = ("clock", chosen.clock.value)
    place = next(number for number, target in enumerate(own) if target is chosen)
    is_exception = (*table, "for", place) in lines or bool(chosen.category or chosen.organisation or chosen.tier)
    path: KeyPath = (
        (*table, "for", place) if is_exception else (*table, chosen.severity.name if chosen.severity else "")
    )
    name = f"[[clock.{chosen.clock}.for]]" if is_exception else f"[clock.{chosen.clock}] {path[-1]}".rstrip()
    at = lines.get(path)
    return f"{name}, line {at}" if at else name


def _found_at(clock: Clock, history: Sequence[Event]) -> datetime | None:
    """Give when a clock's breach was found, as its event tells."""
    for event in history if clock.breached_at is not None else ():
        if event.kind is Kind.BREACHED and event.detail.get("source") == f"clock:{clock.name}":
            found = event.detail.get("found")
            if event.at == clock.breached_at:
                return datetime.fromisoformat(found) if isinstance(found, str) and found else event.at
    return None
