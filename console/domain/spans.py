"""Moments and spans in words: local to a zone that is handed in, short, and the same on every page and screen.

The zone None is that of the machine.
"""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from console.domain.words import lasting

MINUTE, HOUR, DAY = 60, 3_600, 86_400


def moment(at: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """Write a time as shortly as can be: `09:02` today, `21 Nov 09:02` this year, `21 Nov 2025` otherwise."""
    local, today = at.astimezone(zone), now.astimezone(zone)
    if local.date() == today.date():
        return f"{local:%H:%M}"
    return f"{local.day} {local:%b %H:%M}" if local.year == today.year else f"{local.day} {local:%b %Y}"


def dated(at: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """Write a time with its day, and the year where it is not this one."""
    local = at.astimezone(zone)
    year = "" if local.year == now.astimezone(zone).year else f" {local:%Y}"
    return f"{local.day:2} {local:%b}{year} {local:%H:%M}"


def on_day(at: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """Write a time with its weekday, by which people know whether a desk is open: `Mon 23 Nov 09:02`."""
    return f"{at.astimezone(zone):%a} {dated(at, now, zone).lstrip()}"


def zone_named(now: datetime, zone: tzinfo | None = None) -> str:
    """Name a zone as it is now: `Europe/Berlin (CET)`, `CET`, `UTC`; one without a name by what it is ahead of UTC."""
    local = now.astimezone(zone)
    name, key = local.tzname() or "", getattr(zone, "key", "")
    short = f"UTC{name}" if name[:1] in {"+", "-"} else name
    return f"{key} ({short})" if key and key != short else short


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


def left_or_late(left: timedelta) -> str:
    """Write what is left, or by how much it is late: `1 h 40 min left`, `12 min late`."""
    return f"{lasting(left)} {'late' if left < timedelta(0) else 'left'}"


def away(at: datetime, now: datetime) -> str:
    """Write how far a time is from now: `in 2 h`, `12 min ago`, `now`."""
    if at == now:
        return "now"
    return f"in {lasting(at - now)}" if at > now else f"{lasting(now - at)} ago"
