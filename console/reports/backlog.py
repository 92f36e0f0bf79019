"""The backlog: open cases by how old they are, tier by tier."""

from __future__ import annotations

from datetime import timedelta

from console.desk.desk import Desk
from console.desk.figures import figures
from console.domain.figures import Dimension, Figure, Name, Sought, Subject
from console.domain.people import Actor
from console.domain.spans import span
from console.domain.words import counted
from console.reports.asking import clause, joined, moment
from console.reports.report import WORK, Asked, Cell, Column, Definition, Drill, Holds, Report, Row
from console.reports.words import under_and_over

AGES = (timedelta(hours=4), timedelta(days=1), timedelta(days=3), timedelta(days=7), timedelta(days=30))
"""Where one age ends and the next begins."""
A_MOMENT = timedelta(microseconds=1)
"""So much earlier ages are taken than the second of asking: then a query in whole seconds finds the same cases."""


def make(desk: Desk, actor: Actor, asked: Asked) -> Report:
    """Give the backlog as it is now."""
    by_tier, by_age = (
        Sought(subject=Subject.OPEN, by=by, now=asked.now - A_MOMENT, lengths=AGES)
        for by in ((Dimension.LENGTH, Dimension.TIER), (Dimension.LENGTH,))
    )
    parts, totals, ((every,)) = figures(
        desk, actor, asked.query, (by_tier, by_age, Sought(subject=Subject.OPEN, now=asked.now))
    )
    tiers = sorted({tier.level for tier in desk.policy.tiers} | {int(str(each.names[1])) for each in parts})
    columns = (
        Column("age", "age"),
        *(Column(f"tier-{tier}", f"tier {tier}", Holds.COUNT) for tier in tiers),
        Column("all", "all", Holds.COUNT),
        Column("share", "share", Holds.SHARE),
    )
    count = {each.names: each for each in (*parts, *totals)}
    rows = tuple(_row(asked, (by_tier, by_age), step, tiers, count, every.count) for step in range(len(AGES) + 1))
    oldest = f", the oldest for {span(every.longest)}" if every.longest is not None else ""
    said = f"{counted(every.count, 'case')} open{oldest}"
    return Report(
        name=BACKLOG.name, title=BACKLOG.title, said=said, asked=asked, columns=columns, rows=rows, plots=("all",),
        is_of_now=True,
    )  # fmt: skip


def _row(
    asked: Asked,
    sought: tuple[Sought, Sought],
    step: int,
    tiers: list[int],
    count: dict[tuple[Name, ...], Figure],
    total: int,
) -> Row:
    """Give the row of one age."""
    name = under_and_over(AGES, step)
    counts = [count[step, tier].count if (step, tier) in count else 0 for tier in tiers]
    whole = count[step,].count if (step,) in count else 0
    share: Cell = whole / total if total else None
    drills = {
        f"tier-{tier}": Drill(sought[0], (step, tier), _query(asked, step, clause(Dimension.TIER, tier)))
        for tier in tiers
    }
    return Row(
        name.replace(" ", "-"),
        (name, *counts, whole, share),
        {"all": Drill(sought[1], (step,), _query(asked, step)), **drills},
    )


def _query(asked: Asked, step: int, also: str | None = "") -> str:
    """Write which open cases are of an age as a query."""
    younger = f"created>={moment(asked.now - AGES[step])}" if step < len(AGES) else ""
    older = f"created<{moment(asked.now - AGES[step - 1])}" if step else ""
    return joined(f"({asked.query})" if asked.query else "", "live:yes -is:action", also, younger, older)


BACKLOG = Definition(
    "backlog", "Backlog and age", "open cases by how old they are, tier by tier, as it is now", make, WORK
)
