"""Every report by its name, in the order in which they are listed."""

from __future__ import annotations

from datetime import timedelta

from console.desk.desk import Desk
from console.domain.errors import RefusalCode, Refused
from console.domain.figures import Dimension, Subject
from console.domain.people import Actor
from console.domain.query.fields import near
from console.reports import beside, calibration
from console.reports.attainment import ATTAINMENT
from console.reports.backlog import BACKLOG
from console.reports.beside import Beside, Part
from console.reports.calibration import CALIBRATION
from console.reports.flow import FLOW
from console.reports.gaps import GAPS
from console.reports.grouped import Grouped, definition
from console.reports.report import ESCALATIONS, TIME, WORK, Definition, Report
from console.reports.wish import Wish, asked

LENGTHS = tuple(timedelta(days=number) for number in (1, 7, 14, 30))
"""How long escalations are told to take; 30 days are the most they should."""

GROUPED = (
    Grouped(
        name="response", title="First response", kind=TIME, thing="first answer", subject=Subject.ANSWERED,
        says="how long requesters waited for the first answer, by severity", by=(Dimension.SEVERITY,), has_lengths=True,
    ),
    Grouped(
        name="solved", title="Time to finish", kind=WORK, thing="closure", subject=Subject.FINISHED, has_lengths=True,
        says="how long cases took from first to last, by tier and severity",
        by=(Dimension.TIER, Dimension.SEVERITY),
    ),
    Grouped(
        name="tiers", title="Time in tier", kind=WORK, thing="stay", subject=Subject.STAYED, has_lengths=True,
        says="how long cases stayed in each tier, from entering to leaving it", by=(Dimension.TIER,),
    ),
    Grouped(
        name="late", title="Late ones", kind=TIME, thing="late clock", subject=Subject.BREACHED,
        says="clocks that ran out, by clock and severity", by=(Dimension.KIND, Dimension.SEVERITY),
        heads=("clock", "severity"),
    ),
    Grouped(
        name="escalations", title="Escalations", kind=ESCALATIONS, thing="escalation", subject=Subject.ESCALATED,
        heads=("kind", "overridden because"), by=(Dimension.KIND, Dimension.REASON),
        says="what was sent up, by kind and reason for overriding the advice",
    ),
    Grouped(
        name="returns", title="Returned escalations", kind=ESCALATIONS, thing="return", subject=Subject.RETURNED,
        says="what came back, by the reason of whoever returned it", by=(Dimension.REASON,),
    ),
    Grouped(
        name="pingpong", title="Ping-pong", kind=ESCALATIONS, thing="ping-pong", subject=Subject.BOUNCED,
        says="cases that came back twice or more, by how often and category", by=(Dimension.KIND, Dimension.CATEGORY),
        heads=("times", "category"),
    ),
    Grouped(
        name="reopened", title="Reopened", kind=WORK, thing="reopening", subject=Subject.REOPENED,
        says="cases taken up again after they were finished, by category", by=(Dimension.CATEGORY,),
    ),
    Grouped(
        name="exhausted", title="Exhausted ladders", kind=ESCALATIONS, thing="exhausted ladder",
        says="escalations that nobody answered, by team and severity", subject=Subject.EXHAUSTED,
        by=(Dimension.TEAM, Dimension.SEVERITY),
    ),
    Grouped(
        name="withheld", title="Notices held back", kind=TIME, thing="notice", subject=Subject.WITHHELD,
        says="notices that were held back, cancelled or given up, by channel", by=(Dimension.KIND, Dimension.REASON),
        heads=("state", "channel"),
    ),
)  # fmt: skip

BESIDE = (
    Beside(
        name="unnecessary", title="Sent up and back", kind=ESCALATIONS, head="category",
        says="what was sent up and came back, and what could have been solved below",
        parts=(
            Part("sent", "sent up", Subject.ESCALATED, Dimension.CATEGORY),
            Part("returned", "came back", Subject.RETURNED, Dimension.CATEGORY),
            Part("below", "solvable below", Subject.SOLVABLE_BELOW, Dimension.CATEGORY),
        ),
    ),
    Beside(
        name="items", title="Items", kind=WORK, head="item",
        says="what cases were about: how many came in, went up, came back and were reopened, by item",
        parts=(
            Part("arrived", "came in", Subject.ARRIVED, Dimension.ITEM),
            Part("sent", "sent up", Subject.ESCALATED, Dimension.ITEM),
            Part("returned", "came back", Subject.RETURNED, Dimension.ITEM),
            Part("reopened", "reopened", Subject.REOPENED, Dimension.ITEM),
        ),
    ),
    Beside(
        name="closure", title="Escalations to their end", kind=ESCALATIONS, head="took", lengths=LENGTHS,
        says="how long escalations are open, and took until they ended; 30 days are the most",
        parts=(
            Part("ended", "ended", Subject.CAME_DOWN, Dimension.LENGTH),
            Part("open", "open now", Subject.UP, Dimension.LENGTH, is_of_now=True),
        ),
    ),
    Beside(
        name="workload", title="Workload", kind=WORK, head="who",
        says="what each person has, took, took out of turn, and finished; agents see themselves",
        parts=(
            Part("open", "open now", Subject.OPEN, Dimension.HANDLER, is_of_now=True),
            Part("taken", "taken", Subject.TAKEN, Dimension.PERSON),
            Part("picked", "out of turn", Subject.PICKED, Dimension.PERSON),
            Part("finished", "finished", Subject.FINISHED, Dimension.PERSON),
        ),
    ),
    Beside(
        name="reviews", title="After-action reviews", kind=ESCALATIONS, head="next time they need",
        says="closed escalations by what their review says the tier below needs, and which were reviewed too late",
        parts=(
            Part("closed", "closed", Subject.REVIEWABLE, Dimension.KIND),
            Part("reviewed", "reviewed", Subject.REVIEWED, Dimension.KIND),
            Part("late", "too late", Subject.REVIEWED_LATE, Dimension.KIND),
        ),
    ),
    Beside(
        name="actions", title="After-action actions", kind=ESCALATIONS, head="owner",
        says="what reviews asked for, by owner: open, old, overdue, and done; agents see their own",
        parts=(
            Part("open", "open now", Subject.ACTIONS, Dimension.PERSON, is_of_now=True),
            Part("old", "open 30 days", Subject.ACTIONS_OLD, Dimension.PERSON, is_of_now=True),
            Part("overdue", "overdue", Subject.ACTIONS_OVERDUE, Dimension.PERSON, is_of_now=True),
            Part("done", "done", Subject.ACTIONS_DONE, Dimension.PERSON),
        ),
    ),
)  # fmt: skip

REPORTS: dict[str, Definition] = {
    each.name: each
    for each in (
        BACKLOG,
        FLOW,
        ATTAINMENT,
        *map(definition, GROUPED),
        *map(beside.definition, BESIDE),
        GAPS,
        *map(calibration.definition, CALIBRATION),
    )
}


def find(name: str) -> Definition:
    """Give the report of this name. Refused: one that there is none of, with the nearest."""
    found = REPORTS.get(name)
    if found is None:
        raise Refused(f"There is no report '{name}'; {near(name, tuple(REPORTS))}", RefusalCode.NOT_FOUND)
    return found


def made(desk: Desk, actor: Actor, name: str, wish: Wish, other: Report | None = None) -> Report:
    """Make a report as it is wished for, at this moment, or at that of another one of the same wish.

    Refused: an unknown report or view, an unreadable period.
    """
    return find(name).make(desk, actor, other.asked if other else asked(desk, actor, wish, desk.now()))
