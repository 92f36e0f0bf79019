"""Clocks: how long something has run, when it is due and what is left; segments, never only a due date.

They are worked out from a case's history alone, by the rules of domain section 3. An event of the kind `warned` or
`breached` names its clock in its detail: `source` is `clock:NAME`, `key` is the clock's, `deadline` the due time, and
`step` the percent of a warning.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from console.domain.case import Case, Status
from console.domain.clock_fold import folded
from console.domain.escalation import Escalation
from console.domain.events import Event
from console.domain.policy import Policy
from console.domain.segments import NOTHING_PRESSES, Clock, Pressing, Segment, SegmentKind
from console.domain.timing import ClockName

__all__ = ["Clock", "Pressing", "Segment", "SegmentKind", "clocks", "pressed", "pressing"]


def clocks(
    case: Case, history: Sequence[Event], escalations: Sequence[Escalation], policy: Policy, now: datetime
) -> tuple[Clock, ...]:
    """Give every clock a case has or had, as they stand now, by the rules of domain section 3; oldest first.

    Under a policy without targets only a stated due time is kept, as if there were no clocks.
    """
    return tuple(strand.clock(now) for strand in folded(case, history, escalations, policy.timing) if strand.is_kept)


def pressing(found: Sequence[Clock]) -> Pressing:
    """Give what is most pressing of clocks: the earliest due of those that run, else the least left of the paused."""
    return _most_pressing(
        [(clock.due, clock.name) for clock in found if clock.due is not None],
        [(each.left, each.name) for each in found if each.left is not None and each.kind is SegmentKind.PAUSE],
    )


def pressed(case: Case, history: Sequence[Event], escalations: Sequence[Escalation], policy: Policy) -> Pressing:
    """Give what is most pressing of a case's clocks; the same at any time, since history alone moves it.

    Nothing presses a case that is done, whatever is still to be reviewed of it.
    """
    if not case.status.is_live:
        return NOTHING_PRESSES
    if not policy.timing.targets:
        is_waiting = case.status is Status.WAITING
        return NOTHING_PRESSES if case.due is None or is_waiting else Pressing(ClockName.RESOLUTION, case.due)
    running, paused = [], []
    for strand in folded(case, history, escalations, policy.timing):
        if (due := strand.pressing_at()) is not None:
            running.append((due, strand.name))
        elif (left := strand.left()) is not None:
            paused.append((left, strand.name))
    return _most_pressing(running, paused)


def _most_pressing(
    running: Sequence[tuple[datetime, ClockName]], paused: Sequence[tuple[timedelta, ClockName]]
) -> Pressing:
    if running:
        due, name = min(running)
        return Pressing(name, due)
    if paused:
        left, name = min(paused)
        return Pressing(name, None, left)
    return NOTHING_PRESSES
