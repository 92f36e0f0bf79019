"""Arrivals and closures: what came in and what was finished, day by day, week by week or month by month."""

from __future__ import annotations

from console.desk.desk import Desk
from console.desk.figures import figures
from console.domain.figures import Dimension, Sought, Subject
from console.domain.people import Actor
from console.domain.words import counted
from console.reports.asking import joined, moment
from console.reports.period import Step, steps
from console.reports.report import WORK, Asked, Column, Definition, Drill, Holds, Report, Row

COLUMNS = (
    Column("when", "when"),
    Column("arrived", "arrived", Holds.COUNT),
    Column("finished", "finished", Holds.COUNT),
    Column("change", "change", Holds.COUNT),
)


def make(desk: Desk, actor: Actor, asked: Asked) -> Report:
    """Give what came and went in the period."""
    timing = desk.policy.timing
    parts = steps(asked.since, asked.until, timing.calendar_of(timing.calendar).zone)
    sought = {
        subject: Sought(
            subject=subject, by=(Dimension.WHEN,), since=asked.since, until=asked.until,
            times=tuple(each.start for each in parts[1:]),
        )
        for subject in (Subject.ARRIVED, Subject.FINISHED)
    }  # fmt: skip
    found = figures(desk, actor, asked.query, sought.values())
    arrived, finished = ({each.names[0]: each.count for each in figures_of} for figures_of in found)
    rows = tuple(
        Row(
            each.key,
            (each.name, *_counts(arrived.get(place, 0), finished.get(place, 0))),
            {
                "arrived": Drill(sought[Subject.ARRIVED], (place,), _arrived(asked, each)),
                "finished": Drill(sought[Subject.FINISHED], (place,)),
            },
        )
        for place, each in enumerate(parts)
    )
    came, went, change = _counts(sum(arrived.values()), sum(finished.values()))
    said = (
        f"{counted(came, 'case')} arrived, {went:,} finished: {abs(change):,} {'fewer' if change < 0 else 'more'} open"
    )
    return Report(
        name=FLOW.name, title=FLOW.title, said=said, asked=asked, columns=COLUMNS, rows=rows,
        plots=("arrived", "finished"),
    )  # fmt: skip


def _counts(arrived: int, finished: int) -> tuple[int, int, int]:
    return arrived, finished, arrived - finished


def _arrived(asked: Asked, step: Step) -> str:
    """Write which cases arrived in a step as a query."""
    period = (f"created>={moment(step.start)}", f"created<{moment(step.end)}")
    return joined(f"({asked.query})" if asked.query else "", "-is:action", *period)


FLOW = Definition("flow", "Arrivals and closures", "what came in and what was finished, step by step", make, WORK)
