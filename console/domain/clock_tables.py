"""The `[clocks]` and `[clock.NAME]` tables of a policy file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from console.domain.calendar import ALWAYS
from console.domain.case import Severity
from console.domain.targets import CLOSURE
from console.domain.timing import ClockName, Target, Timing
from console.domain.toml_table import Table, nearest

DATED = ClockName.DECISION
"""The clock that has no target: a decision is due when the brief says."""

GRADES = tuple(severity.name for severity in Severity)
PERCENTS = range(1, 101)


def with_clocks(timing: Timing, root: Table) -> Timing:
    """Give what a policy says of time with the targets of its clocks.

    Exceptions come before what holds for a severity, and that before what holds for every case. Where a policy says
    anything of clocks, an escalation has to be closed within thirty days unless it says otherwise.
    """
    said = root.table("clocks", required=False)
    timing = replace(
        timing,
        calendar=said.text("calendar", timing.calendar),
        warn=_percents(said) if "warn" in said.values else timing.warn,
        backlog=said.span("backlog") if "backlog" in said.values else timing.backlog,
    )
    said.asked |= dict.fromkeys(("warn", "backlog"))
    said.done()
    targets = [target for name, table in root.tables("clock", required=False) for target in _clock(name, table)]
    if (targets or said.values) and not any(each.clock is CLOSURE.clock and _is_for_all(each) for each in targets):
        targets.append(CLOSURE)
    return replace(timing, targets=tuple(targets))


def _clock(name: str, table: Table) -> Iterator[Target]:
    """Read `[clock.NAME]`: its exceptions, then a time for each severity, then one for all."""
    known = [each.value for each in ClockName if each is not DATED]
    if name not in known:
        table.note(
            "A decision has no target; it is due when the brief says that it is needed."
            if name == DATED
            else f"There is no clock '{name}'; {nearest(name, known)}"
        )
        return
    clock, calendar = ClockName(name), table.text("calendar", "")
    for place, row in enumerate(table.array("for")):
        yield from _exception(clock, calendar, row, place)
    always = _always(table)
    for grade in GRADES:
        if grade in table.values:
            where = ALWAYS.id if grade in always else calendar
            yield Target(clock=clock, within=table.span(grade), calendar=where, severity=Severity[grade])
    if "within" in table.values:
        yield Target(clock=clock, within=table.span("within"), calendar=calendar)
    table.asked |= dict.fromkeys((*GRADES, "within", "for", "always", "calendar"))
    table.done()


def _exception(clock: ClockName, calendar: str, row: Table, place: int) -> Iterator[Target]:
    """Read one `[[clock.NAME.for]]`."""
    severity, tier = row.text("severity", ""), row.whole("tier", 0)
    if severity and severity not in GRADES:
        row.note(f"'{severity}' is not a severity; those are {', '.join(GRADES)}.", "severity")
        severity = ""
    target = Target(
        clock=clock, within=row.span("within"), calendar=row.text("calendar", calendar),
        severity=Severity[severity] if severity else None, category=row.text("category", ""),
        organisation=row.text("organisation", ""), tier=tier or None, place=place,
    )  # fmt: skip
    if target.within > timedelta(0) and _is_for_all(target):
        row.note("This names no case; say for which severity, category, organisation or tier it holds.")
    row.done()
    yield target


def _always(table: Table) -> frozenset[str]:
    """Read which severities count round the clock."""
    said = table.texts("always")
    for place, grade in enumerate(said):
        if grade not in GRADES:
            table.note(f"'{grade}' is not a severity; those are {', '.join(GRADES)}.", "always", place)
        elif grade not in table.values:
            table.note(f"There is no time for {grade} here that could count round the clock.", "always", place)
    return frozenset(said)


def _percents(table: Table) -> tuple[int, ...]:
    """Read at how many percent of a target is warned, ascending."""
    found = table.numbers("warn")
    for place, percent in enumerate(found):
        if percent not in PERCENTS:
            table.note(f"{percent} is not a percent from 1 to 100.", "warn", place)
    return tuple(sorted(set(found)))


def _is_for_all(target: Target) -> bool:
    return not (target.severity or target.category or target.organisation or target.tier)
