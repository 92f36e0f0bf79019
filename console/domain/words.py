"""Numbers, durations and foreign text in words, the same in every sentence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

UNITS = (("w", 604_800), ("d", 86_400), ("h", 3_600), ("min", 60))
"""The units of a duration, the longest first, in seconds."""


def counted(number: int, thing: str) -> str:
    """Write `1 attempt` or `2 attempts`."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def percent(part: float) -> str:
    """Write a share of 1: `42 %`; what is not all is never told as all, and what is there never as nothing."""
    told = f"{part * 100:.0f} %"
    if told == "100 %" and part < 1:
        return ">99 %"
    return "<1 %" if told == "0 %" and part > 0 else told


def megabytes(count: int) -> str:
    """Write a number of bytes in megabytes: `11.4 MB`."""
    return f"{count / 1e6:,.1f} MB"


def times(number: int) -> str:
    """Write `once`, `twice` or `3 times`."""
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def listed(items: Iterable[str], joint: str = "and") -> str:
    """Write `a`, `a and b` or `a, b and c`."""
    *most, last = [*items] or [""]
    return f"{', '.join(most)} {joint} {last}" if most else last


def quoted(text: str, most: int = 120) -> str:
    """Write foreign text as one line between quotation marks, cut after `most` characters."""
    return f"'{shortened(' '.join(text.split()), most)}'"


def shortened(text: str, most: int) -> str:
    """Give the text in at most `most` characters, with an ellipsis where some are left out."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def lasting(span: timedelta) -> str:
    """Write a duration in its two largest units, rounded down: `3 h 20 min`, `2 d`, `less than a minute`."""
    left = int(abs(span).total_seconds())
    parts: list[tuple[int, str]] = []
    for unit, seconds in UNITS:
        number, left = divmod(left, seconds)
        if number or parts:
            parts.append((number, unit))
    told = [f"{number} {unit}" for number, unit in parts[:2] if number]
    return " ".join(told) if told else "less than a minute"
