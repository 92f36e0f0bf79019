"""Plots of block characters: bars that read well without colour, and in ASCII where there is nothing more."""

from __future__ import annotations

EIGHTHS = " ▏▎▍▌▋▊▉█"
FULL, HALF = "#", "-"
"""What bars are made of in ASCII; the half is for what is there and too little for a whole cell."""


def bar(value: float, most: float, cells: int, *, ascii_only: bool = False) -> str:
    """Give a bar for a value, of so many cells for the greatest; whatever is above nothing is seen."""
    if value <= 0 or most <= 0 or cells <= 0:
        return ""
    if ascii_only:
        return FULL * round(cells * value / most) or HALF
    eighths = max(round(cells * 8 * value / most), 1)
    return EIGHTHS[-1] * (eighths // 8) + EIGHTHS[eighths % 8].strip()
