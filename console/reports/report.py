"""A report: columns, rows of typed cells, what is drawn, and the way from each figure to its cases."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any

from console.desk.desk import Desk
from console.domain.case import CaseId
from console.domain.figures import Name, Sought
from console.domain.people import Actor

WORK, TIME, ESCALATIONS, ADVICE, OTHER = "work", "time", "escalations", "advice", "other"
"""The kinds of reports, under which they stand where there are many."""
Cell = str | int | float | timedelta | None
"""What stands in a row: a name, a count, a share of 1, a length of time, or nothing."""


class Holds(Enum):
    """What the cells of a column are."""

    TEXT = auto()
    COUNT = auto()
    SHARE = auto()
    SPAN = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key in data, its heading for people, and what it holds."""

    key: str
    heading: str
    holds: Holds = Holds.TEXT


@dataclass(frozen=True, slots=True)
class Drill:
    """The way from one figure to its cases: what is sought for them, or where that is None their numbers.

    `query` finds the same where the query language can say it.
    """

    sought: Sought | None
    names: tuple[Name, ...] = ()
    query: str = ""
    ids: tuple[CaseId, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the word it is asked for by, its cells, and for each column that counts cases the way to them."""

    key: str
    cells: tuple[Cell, ...]
    drills: Mapping[str, Drill] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of a report: the time of asking, in whole seconds, the period, and the view it keeps to.

    `query` is the view as a query; nothing: all cases that the person may see. `shared` keeps what several reports are
    made from, so that those that are asked for in one go work it out once.
    """

    now: datetime
    since: datetime
    until: datetime
    view: str = ""
    query: str = ""
    shared: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report as it was asked for. `plots` are the columns that are drawn; `said` sums it up in a sentence.

    `is_of_now`: it tells how things stand, whatever the period.
    """

    name: str
    title: str
    said: str
    asked: Asked
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    plots: tuple[str, ...] = ()
    is_of_now: bool = False


@dataclass(frozen=True, slots=True)
class Definition:
    """A report that can be asked for; `kind` is what it stands under where there are many."""

    name: str
    title: str
    says: str
    make: Callable[[Desk, Actor, Asked], Report]
    kind: str = OTHER
