"""Clocks explained: which line of the policy each goes by, what counted, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from console.domain.case import Severity
from console.domain.clock import Clock, SegmentKind, clocks
from console.domain.events import Event, Kind
from console.domain.facts import Facts
from console.domain.firings import instant
from console.domain.intervals import Interval, intervals
from console.domain.policy import Policy
from console.domain.targets import CLOSURE, fitting
from console.domain.timing import ClockName, Target
from console.domain.toml_lines import KeyPath


@dataclass(frozen=True, slots=True)
class Legend:
    """What makes a policy readable: the line on which each key stands, and the names of holidays by region and date.

    Either may be empty where it is not at hand; then lines are not named, and holidays by their date.
    """

    lines: Mapping[KeyPath, int] = field(default_factory=dict)
    holidays: Mapping[str, Mapping[date, str]] = field(default_factory=dict)


NO_LEGEND = Legend()


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


def clocks_told(facts: Facts, policy: Policy, now: datetime, legend: Legend) -> tuple[ClockTold, ...]:
    """Explain every clock a case has or had, in the order in which they came."""
    found = clocks(facts.case, facts.history, facts.escalations, policy, now)
    return tuple(
        ClockTold(
            clock=clock,
            intervals=intervals(clock, policy, now, legend.holidays),
            rule=rule_of(clock, facts, policy, legend.lines),
            found_at=_found_at(clock, facts.history),
            warned=tuple(sorted(clock.warned)),
        )
        for clock in found
    )


def rule_of(clock: Clock, facts: Facts, policy: Policy, lines: Mapping[KeyPath, int]) -> str:
    """Say which line of the policy gives a clock its target: `[clock.response] S1, line 212`; nothing for a date."""
    if clock.fixed is not None or clock.within is None:
        return ""
    chosen = fitting(policy.timing, clock.name, _criteria(clock, facts))
    if chosen == CLOSURE and not any(path[:2] == ("clock", "closure") for path in lines):
        return "what every policy has"
    return _line(policy.timing.targets, chosen, lines) if chosen is not None else ""


def _criteria(clock: Clock, facts: Facts) -> tuple[Severity, str, str, int]:
    """Give what a clock's target was chosen by; an acceptance by the tier it was asked of."""
    case = facts.case
    asked = next((each.target.tier for each in facts.escalations if clock.key == f"escalation.{each.id}"), case.tier)
    tier = asked if clock.name is ClockName.ACCEPTANCE else case.tier
    return case.severity, case.category, case.organisation, tier


def _line(targets: Sequence[Target], chosen: Target, lines: Mapping[KeyPath, int]) -> str:
    """Name the key of a target; exceptions stand in the policy's order before what holds for a severity alone."""
    table: KeyPath = ("clock", chosen.clock.value)
    own = [target for target in targets if target.clock is chosen.clock]
    place = next(number for number, target in enumerate(own) if target is chosen)
    is_exception = (*table, "for", place) in lines or bool(chosen.category or chosen.organisation or chosen.tier)
    key = chosen.severity.name if chosen.severity else "within"
    path: KeyPath = (*table, "for", place) if is_exception else (*table, key)
    name = f"[[clock.{chosen.clock}.for]]" if is_exception else f"[clock.{chosen.clock}] {key}"
    at = lines.get(path)
    return f"{name}, line {at}" if at else name


def _found_at(clock: Clock, history: Sequence[Event]) -> datetime | None:
    """Give when a clock's breach was found, as its event tells."""
    for event in history:
        about = (event.kind, event.detail.get("source"), event.detail.get("key", clock.key), event.at)
        if about == (Kind.BREACHED, f"clock:{clock.name}", clock.key, clock.breached_at):
            return instant(event.detail.get("found")) or event.at
    return None
