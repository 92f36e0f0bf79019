"""The way from a figure to the numbers of its cases."""

from __future__ import annotations

from console.desk.desk import Desk
from console.desk.figures import behind
from console.domain.case import CaseId
from console.domain.people import Actor
from console.reports.report import Asked, Drill


def cases_of(desk: Desk, actor: Actor, asked: Asked, drill: Drill) -> tuple[CaseId, ...]:
    """Give the numbers of the cases behind a figure, oldest first. Refused: a view that cannot be read any more."""
    if drill.sought is None:
        return drill.ids
    return behind(desk, actor, asked.query, drill.sought, drill.names)
