"""Reports of one subject, told apart by a few dimensions: most reports are one of these, each a few lines of data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from console.desk.desk import Desk
from console.desk.figures import summed
from console.domain.case import Severity
from console.domain.figures import Dimension, Figure, Name, Sought, Subject
from console.domain.people import Actor, called
from console.domain.policy import Policy
from console.domain.words import counted
from console.reports.report import OTHER, Asked, Cell, Column, Definition, Drill, Holds, Report, Row

HEADINGS = {Dimension.KIND: "kind", Dimension.REASON: "reason", Dimension.PERSON: "by"}
COUNT = Column("count", "count", Holds.COUNT)
CASES = Column("cases", "cases", Holds.COUNT)
SHARE = Column("share", "share", Holds.SHARE)
LENGTHS = (
    Column("median", "half in", Holds.SPAN),
    Column("ninth", "9 of 10 in", Holds.SPAN),
    Column("longest", "longest", Holds.SPAN),
)
NOBODY = "none"
"""What stands for a name that is not there, and what such a row is asked for by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """What such a report counts: the subject, what it is told apart by, what one fact is called.

    `has_lengths`: it also tells how long they took. `heads` are headings that say it better than the dimension's name.
    """

    name: str
    title: str
    says: str
    subject: Subject
    by: tuple[Dimension, ...]
    thing: str
    has_lengths: bool = False
    heads: tuple[str, ...] = ()
    kind: str = OTHER

    @property
    def columns(self) -> tuple[Column, ...]:
        """Give its columns."""
        heads = self.heads or tuple(HEADINGS.get(each, each.value) for each in self.by)
        names = tuple(Column(each.value, head) for each, head in zip(self.by, heads, strict=True))
        return (*names, COUNT, SHARE, *LENGTHS) if self.has_lengths else (*names, COUNT, CASES, SHARE)


def definition(grouped: Grouped) -> Definition:
    """Give the report."""
    return Definition(grouped.name, grouped.title, grouped.says, _maker(grouped), grouped.kind)


def shown(policy: Policy, dimension: Dimension, name: Name) -> str:
    """Name what a fact has in a dimension, as people call it."""
    if name is None or name == "":
        return NOBODY
    if dimension is Dimension.SEVERITY:
        return Severity(int(name)).name
    if dimension is Dimension.TIER:
        known = {tier.level: tier.name for tier in policy.tiers}
        return f"{name} {known.get(int(name), '')}".rstrip()
    return called(str(name)) if dimension in {Dimension.PERSON, Dimension.HANDLER} else str(name)


def key_of(dimension: Dimension, name: Name) -> str:
    """Give the word a name is asked for by."""
    if name is None or name == "":
        return NOBODY
    return Severity(int(name)).name if dimension is Dimension.SEVERITY else str(name)


def _maker(grouped: Grouped) -> Callable[[Desk, Actor, Asked], Report]:
    def make(desk: Desk, actor: Actor, asked: Asked) -> Report:
        sought = Sought(subject=grouped.subject, by=grouped.by, since=asked.since, until=asked.until)
        found, every = summed(desk, actor, asked.query, sought)
        rows = tuple(_row(desk.policy, grouped, sought, figure, every.count) for figure in _sorted(grouped, found))
        said = f"{counted(every.count, grouped.thing)} on {counted(every.cases, 'case')}"
        return Report(
            name=grouped.name, title=grouped.title, said=said, asked=asked, columns=grouped.columns, rows=rows,
            plots=(COUNT.key,),
        )  # fmt: skip

    return make


def _sorted(grouped: Grouped, found: tuple[Figure, ...]) -> list[Figure]:
    """Give figures in the order of severities and tiers, else the greatest first."""
    if grouped.by[0] in {Dimension.SEVERITY, Dimension.TIER}:
        return list(found)
    return sorted(found, key=lambda figure: (-figure.count, tuple(map(str, figure.names))))


def _row(policy: Policy, grouped: Grouped, sought: Sought, figure: Figure, total: int) -> Row:
    pairs = tuple(zip(grouped.by, figure.names, strict=True))
    share = figure.count / total
    told: tuple[Cell, ...] = (figure.cases, share)
    if grouped.has_lengths:
        told = (share, figure.median, figure.ninth, figure.longest)
    return Row(
        "/".join(key_of(dimension, name) for dimension, name in pairs),
        (*(shown(policy, dimension, name) for dimension, name in pairs), figure.count, *told),
        {COUNT.key: Drill(sought, figure.names)},
    )
