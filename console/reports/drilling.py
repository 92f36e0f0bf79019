"""From a figure of a report to the cases behind it."""

from __future__ import annotations

from console.desk.desk import Desk
from console.desk.figures import behind
from console.domain.case import CaseId
from console.domain.people import Actor
from console.reports.report import Asked, Drill


def cases_behind(desk: Desk, actor: Actor, asked: Asked, drill: Drill) -> tuple[CaseId, ...]:
    """Give the ids of the cases behind a figure of a report that was asked for so, oldest first."""
    return drill.ids if drill.sought is None else behind(desk, actor, asked.query, drill.sought, drill.names)
