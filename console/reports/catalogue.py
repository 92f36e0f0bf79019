"""Every report by its name, in the order in which they are listed."""

from __future__ import annotations

from console.domain.errors import RefusalCode, Refused
from console.domain.figures import Dimension, Subject
from console.domain.query.fields import near
from console.reports.backlog import BACKLOG
from console.reports.flow import FLOW
from console.reports.grouped import Grouped, definition
from console.reports.report import Definition

GROUPED = (
    Grouped(
        name="response", title="First response", thing="first answer", subject=Subject.ANSWERED, has_lengths=True,
        says="how long requesters waited for the first answer, by severity", by=(Dimension.SEVERITY,),
    ),
    Grouped(
        name="solved", title="Time to finish", thing="closure", subject=Subject.FINISHED, has_lengths=True,
        says="how long cases took from first to last, by tier and severity",
        by=(Dimension.TIER, Dimension.SEVERITY),
    ),
    Grouped(
        name="late", title="Late ones", thing="late clock", subject=Subject.BREACHED, heads=("clock", "severity"),
        says="clocks that ran out, by clock and severity", by=(Dimension.KIND, Dimension.SEVERITY),
    ),
    Grouped(
        name="escalations", title="Escalations", thing="escalation", subject=Subject.ESCALATED,
        heads=("kind", "overridden because"), by=(Dimension.KIND, Dimension.REASON),
        says="what was sent up, by kind and reason for overriding the advice",
    ),
    Grouped(
        name="returns", title="Returned escalations", thing="return", subject=Subject.RETURNED,
        says="what came back, by the reason of whoever returned it", by=(Dimension.REASON,),
    ),
    Grouped(
        name="reopened", title="Reopened", thing="reopening", subject=Subject.REOPENED,
        says="cases taken up again after they were finished, by category", by=(Dimension.CATEGORY,),
    ),
    Grouped(
        name="exhausted", title="Exhausted ladders", thing="exhausted ladder", subject=Subject.EXHAUSTED,
        says="escalations that nobody answered, by team and severity",
        by=(Dimension.TEAM, Dimension.SEVERITY),
    ),
)  # fmt: skip

REPORTS: dict[str, Definition] = {each.name: each for each in (BACKLOG, FLOW, *map(definition, GROUPED))}


def find(name: str) -> Definition:
    """Give the report of this name. Refused: one that there is none of, with the nearest."""
    found = REPORTS.get(name)
    if found is None:
        raise Refused(f"There is no report '{name}'; {near(name, tuple(REPORTS))}", RefusalCode.NOT_FOUND)
    return found
