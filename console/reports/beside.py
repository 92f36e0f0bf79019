"""Reports that set several figures of the same people, categories or lengths of time beside one another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from console.desk.desk import Desk
from console.desk.figures import figures
from console.domain.figures import Dimension, Name, Sought, Subject
from console.domain.people import Actor, Role
from console.domain.words import listed
from console.reports.grouped import key_of, shown
from console.reports.report import OTHER, Asked, Column, Definition, Drill, Holds, Report, Row
from console.reports.words import under_and_over

OF_A_PERSON = frozenset({Dimension.PERSON, Dimension.HANDLER})


@dataclass(frozen=True, slots=True)
class Part:
    """One column: its key, its heading, what it counts, and where the name of a row is found in that.

    `is_of_now`: it counts how things stand, whatever the period.
    """

    key: str
    heading: str
    subject: Subject
    by: Dimension
    is_of_now: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What such a report counts; with `lengths` its rows are those, all of them, else the names that are found.

    What is told of single people is told to themselves, and to those who lead or audit.
    """

    name: str
    title: str
    says: str
    head: str
    parts: tuple[Part, ...]
    lengths: tuple[timedelta, ...] = ()
    kind: str = OTHER


def definition(beside: Beside) -> Definition:
    """Give the report."""
    return Definition(beside.name, beside.title, beside.says, _maker(beside), beside.kind)


def _maker(beside: Beside) -> Callable[[Desk, Actor, Asked], Report]:
    def make(desk: Desk, actor: Actor, asked: Asked) -> Report:
        sought = tuple(_sought(beside, part, asked) for part in beside.parts)
        found = figures(desk, actor, asked.query, sought)
        count = [
            {figure.names[0]: figure.count for figure in each if _is_told(actor, beside, figure.names[0])}
            for each in found
        ]
        names = range(len(beside.lengths) + 1) if beside.lengths else _sorted(count)
        rows = tuple(
            Row(
                key, (text, *(each.get(name, 0) for each in count)),
                {part.key: Drill(of, (name,)) for part, of in zip(beside.parts, sought, strict=True)},
            )
            for name in names
            for key, text in [_called(desk, beside, name)]
        )  # fmt: skip
        told = [f"{sum(each.values()):,} {part.heading}" for part, each in zip(beside.parts, count, strict=True)]
        columns = (Column("name", beside.head), *(Column(part.key, part.heading, Holds.COUNT) for part in beside.parts))
        return Report(
            name=beside.name, title=beside.title, said=listed(told), asked=asked, columns=columns, rows=rows,
            plots=(beside.parts[0].key,),
        )  # fmt: skip

    return make


def _sought(beside: Beside, part: Part, asked: Asked) -> Sought:
    """Give what a column counts."""
    since, until = (None, None) if part.is_of_now else (asked.since, asked.until)
    return Sought(
        subject=part.subject, by=(part.by,), since=since, until=until, now=asked.now, lengths=beside.lengths
    )  # fmt: skip


def _is_told(actor: Actor, beside: Beside, name: Name) -> bool:
    """Say whether a row is for the reader: what is nobody's is not told of people."""
    is_of_people = any(part.by in OF_A_PERSON for part in beside.parts)
    return not is_of_people or (bool(name) and (actor.person.role is not Role.AGENT or name == actor.id))


def _sorted(count: list[dict[Name, int]]) -> list[Name]:
    """Give the names, those with most of the first figure first."""
    names = {name for each in count for name in each}
    return sorted(names, key=lambda name: (*(-each.get(name, 0) for each in count), str(name)))


def _called(desk: Desk, beside: Beside, name: Name) -> tuple[str, str]:
    """Give the word a row is asked for by, and how people call it."""
    if beside.lengths:
        text = under_and_over(beside.lengths, int(str(name)))
        return text.replace(" ", "-"), text
    by = beside.parts[0].by
    return key_of(by, name), shown(desk.policy, by, name)
