"""Times for people: local, short, and what is left until they come; in words where there is room for them."""

from __future__ import annotations

from datetime import datetime

from console.domain.action_words import CLOCKS
from console.domain.case import Case, Status
from console.domain.spans import away, dated, left_or_late, moment, span

__all__ = ("ago", "dated", "left", "left_in_words", "moment", "pressing", "span", "until")

PAUSED = "paused"


def left(case: Case, now: datetime) -> str:
    """Write what is left until the case is due: `-12m` when it is late, `1h40`, `2d`, or `paused`."""
    if not case.status.is_live:
        return ""
    if case.next_due is not None:
        return span(case.next_due - now)
    return PAUSED if is_paused(case) else ""


def left_in_words(case: Case, now: datetime) -> str:
    """Write the same in words: `12 min late`, `1 h 40 min left`, `paused, 3 h left`."""
    if not case.status.is_live:
        return ""
    if case.next_due is not None:
        return left_or_late(case.next_due - now)
    paused = PAUSED if is_paused(case) else ""
    return f"{PAUSED}, {left_or_late(case.time_left)}" if paused and case.time_left is not None else paused


def pressing(case: Case, now: datetime) -> str:
    """Say which clock presses most, and how it stands: `the first response: 12 min late, was due 09:32`."""
    words = left_in_words(case, now)
    if not words or not case.next_clock:
        return words
    name = CLOCKS.get(case.next_clock, case.next_clock)
    if case.next_due is None:
        return f"{name}: {words}"
    return f"{name}: {words}, {'was due' if case.is_late(now) else 'due'} {moment(case.next_due, now)}"


def ago(at: datetime, now: datetime) -> str:
    """Write a time that is past with how long ago that was: `09:02, 12 min ago`."""
    return f"{moment(at, now)}, {away(at, now)}"


def until(at: datetime, now: datetime) -> str:
    """Write a time that is to be kept with what is left, or by how much it is late: `14:30, 2 h left`."""
    return f"{moment(at, now)}, {left_or_late(at - now)}"


def is_paused(case: Case) -> bool:
    """Say whether the clocks of a case stand still."""
    return case.status is Status.WAITING or case.time_left is not None
