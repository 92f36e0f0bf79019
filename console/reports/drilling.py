"""From a figure of a report to the cases behind it."""

from __future__ import annotations

from console.desk.desk import Desk
from console.desk.figures import behind
from console.domain.case import CaseId
from console.domain.people import Actor
from console.reports.report import Drill


def cases_behind(desk: Desk, actor: Actor, query: str, drill: Drill) -> tuple[CaseId, ...]:
    """Give the ids of the cases behind a figure of a report that keeps to a query, oldest first."""
    return drill.ids if drill.sought is None else behind(desk, actor, query, drill.sought, drill.names)
