"""Times as people type them: `14:30`, `tomorrow 9:00`, `in 2h`, `2026-11-30 14:30`; all local."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from console.domain.errors import RefusalCode, Refused

_CLOCK = re.compile(r"(?:(tomorrow|today)\s+)?(\d{1,2}):(\d{2})", re.IGNORECASE)
_SPAN = re.compile(r"(?:in\s+)?(\d{1,4})\s*(m|min|h|d|w)", re.IGNORECASE)
_UNITS = {"m": "minutes", "min": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def typed_time(text: str, now: datetime) -> datetime | None:
    """Read a time; a clock time that is past today is meant for tomorrow. Refused: what is no time."""
    said = " ".join(text.split())
    if not said:
        return None
    if span := _SPAN.fullmatch(said):
        return now + timedelta(**{_UNITS[span[2].lower()]: int(span[1])})
    try:
        return _clock(said, now) or datetime.fromisoformat(said).astimezone()
    except (ValueError, OverflowError):
        raise Refused(
            f"'{said}' is no time; write 14:30, tomorrow 9:00, in 2h or 2026-11-30 14:30.", RefusalCode.BAD_INPUT
        ) from None


def written_time(at: datetime | None) -> str:
    """Write a time as it can be read again, to the minute."""
    return f"{at.astimezone():%Y-%m-%d %H:%M}" if at else ""


def _clock(said: str, now: datetime) -> datetime | None:
    """Read a clock time, today's or tomorrow's; None where it is none."""
    match = _CLOCK.fullmatch(said)
    if match is None:
        return None
    today = now.astimezone()
    at = datetime.combine(today.date(), time(int(match[2]), int(match[3]))).astimezone()
    is_next = (match[1] or "").lower() == "tomorrow" or (not match[1] and at <= today)
    return datetime.combine(today.date() + timedelta(days=1), at.time()).astimezone() if is_next else at
