"""Attainment: of the clocks that ended in the period, how many did so in time, worked out from the histories."""

from __future__ import annotations

from collections import defaultdict

from console.desk.attainment import attained
from console.desk.desk import Desk
from console.domain.attained import Ended
from console.domain.case import CaseId, Severity
from console.domain.people import Actor
from console.domain.timing import ClockName
from console.domain.words import percent
from console.reports.report import TIME, Asked, Column, Definition, Drill, Holds, Report, Row

IN_TIME, LATE = "kept", "late"
COLUMNS = (
    Column("clock", "clock"),
    Column("severity", "severity"),
    Column(IN_TIME, "in time", Holds.COUNT),
    Column(LATE, "late", Holds.COUNT),
    Column("attained", "attained", Holds.SHARE),
)
ORDER = tuple(ClockName)


def make(desk: Desk, actor: Actor, asked: Asked) -> Report:
    """Give attainment by clock and severity; where the period touched very many cases, of every so many of them."""
    found = attained(desk, actor, asked.query, asked.since, asked.until)
    apart: dict[tuple[ClockName, Severity], list[Ended]] = defaultdict(list)
    for each in found.ended:
        apart[each.clock, each.severity].append(each)
    rows = tuple(_row(key, apart[key]) for key in sorted(apart, key=lambda key: (ORDER.index(key[0]), key[1])))
    kept, every = sum(not each.is_late for each in found.ended), len(found.ended)
    of_all = f", {percent(kept / every)}" if every else ""
    some = f"; worked out on one case in {found.step:,}" if found.step > 1 else ""
    return Report(
        name=ATTAINMENT.name, title=ATTAINMENT.title, said=f"{kept:,} of {every:,} in time{of_all}{some}",
        asked=asked, columns=COLUMNS, rows=rows, plots=("attained",),
    )  # fmt: skip


def _row(key: tuple[ClockName, Severity], ended: list[Ended]) -> Row:
    clock, severity = key[0].value, key[1].name
    late = [each.case for each in ended if each.is_late]
    kept = [each.case for each in ended if not each.is_late]
    drills = {IN_TIME: _drill(kept), LATE: _drill(late)}
    cells = (clock, severity, len(kept), len(late), len(kept) / len(ended))
    return Row(f"{clock}/{severity}", cells, drills)


def _drill(cases: list[CaseId]) -> Drill:
    return Drill(None, ids=tuple(sorted(set(cases))))


ATTAINMENT = Definition("sla", "Attainment", "which clocks ended in time, by clock and severity", make, TIME)
