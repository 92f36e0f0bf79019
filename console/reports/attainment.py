"""Attainment: of what was answered or finished in the period, how much was so before its clock ran out."""

from __future__ import annotations

from collections import Counter

from console.desk.desk import Desk
from console.desk.figures import figures
from console.domain.case import Severity
from console.domain.figures import Dimension, Name, Sought, Subject
from console.domain.people import Actor
from console.domain.policy import Policy
from console.reports.report import TIME, Asked, Column, Definition, Drill, Holds, Report, Row

IN_TIME, LATE = "kept", "late"
COLUMNS = (
    Column("clock", "clock"),
    Column("severity", "severity"),
    Column("kept", "in time", Holds.COUNT),
    Column("late", "late", Holds.COUNT),
    Column("attained", "attained", Holds.SHARE),
)


def make(desk: Desk, actor: Actor, asked: Asked) -> Report:
    """Give attainment by clock and severity, as far as the policy sets a target."""
    by = (Dimension.KIND, Dimension.SEVERITY, Dimension.REASON)
    sought = Sought(subject=Subject.CLOCKED, by=by, since=asked.since, until=asked.until)
    (found,) = figures(desk, actor, asked.query, [sought])
    count = {each.names: each.count for each in found if _has_target(desk.policy, *each.names[:2])}
    total: Counter[Name] = Counter()
    for names, number in count.items():
        total[names[2]] += number
    rows = tuple(_row(sought, names, count) for names in sorted({names[:2] for names in count}, key=_order))
    every = total[IN_TIME] + total[LATE]
    share = f", {100 * total[IN_TIME] / every:.0f} %" if every else ""
    return Report(
        name=ATTAINMENT.name, title=ATTAINMENT.title, said=f"{total[IN_TIME]:,} of {every:,} in time{share}",
        asked=asked, columns=COLUMNS, rows=rows, plots=("attained",),
    )  # fmt: skip


def _row(sought: Sought, names: tuple[Name, ...], count: dict[tuple[Name, ...], int]) -> Row:
    clock, severity = str(names[0]), Severity(int(str(names[1]))).name
    kept, late = (count.get((*names, how), 0) for how in (IN_TIME, LATE))
    drills = {how: Drill(sought, (*names, how)) for how in (IN_TIME, LATE)}
    return Row(f"{clock}/{severity}", (clock, severity, kept, late, kept / (kept + late)), drills)


def _order(names: tuple[Name, ...]) -> tuple[bool, str]:
    """Sort the first answer before the end, and by severity."""
    return names[0] != "response", str(names[1])


def _has_target(policy: Policy, clock: Name, severity: Name) -> bool:
    """Say whether the policy sets a target for some case of this severity."""
    return any(each.clock.value == clock and each.severity in {None, severity} for each in policy.timing.targets)


ATTAINMENT = Definition(
    "sla", "Attainment", "what was answered and finished in time, by clock and severity", make, TIME
)
