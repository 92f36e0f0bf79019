"""Times for people: local, short, and what is left until they come."""

from __future__ import annotations

from datetime import datetime

from console.domain.case import Case, Status
from console.domain.spans import dated, moment, span

__all__ = ("dated", "left", "moment", "span")


def left(case: Case, now: datetime) -> str:
    """Write what is left until the case is due: `-12m` when it is late, `1h40`, `2d`, or `paused`."""
    if not case.status.is_live:
        return ""
    if case.next_due is not None:
        return span(case.next_due - now)
    return "paused" if case.status is Status.WAITING else ""
