"""Times for people: local, short, and what is left until they come."""

from __future__ import annotations

from datetime import datetime, timedelta

from console.domain.case import Case, Status

MINUTE, HOUR, DAY = 60, 3_600, 86_400


def moment(at: datetime, now: datetime) -> str:
    """Write a time in local words: `09:02` today, `21 Nov 09:02` this year, `21 Nov 2025` before."""
    local, today = at.astimezone(), now.astimezone()
    if local.date() == today.date():
        return f"{local:%H:%M}"
    return f"{local.day} {local:%b %H:%M}" if local.year == today.year else f"{local.day} {local:%b %Y}"


def dated(at: datetime, now: datetime) -> str:
    """Write a time in local words with its day, and the year where it is not this one."""
    local = at.astimezone()
    year = "" if local.year == now.astimezone().year else f" {local:%Y}"
    return f"{local.day:2} {local:%b}{year} {local:%H:%M}"


def left(case: Case, now: datetime) -> str:
    """Write what is left until the case is due: `-12m` when it is late, `1h40`, `2d`, or `paused`."""
    if not case.status.is_live:
        return ""
    if case.next_due is not None:
        return span(case.next_due - now)
    return "paused" if case.status is Status.WAITING else ""


def span(time: timedelta) -> str:
    """Write a span of time in at most five cells: `-12m`, `1h40`, `2d`."""
    seconds = int(time.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    if seconds < HOUR:
        return f"{sign}{seconds // MINUTE}m"
    if seconds < DAY:
        hours, minutes = divmod(seconds // MINUTE, 60)
        return f"{sign}{hours}h{minutes:02}" if minutes else f"{sign}{hours}h"
    return f"{sign}{seconds // DAY}d"
