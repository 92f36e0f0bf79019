"""Which lines of a view a list asks for: those that follow its window, those before it, or those around a place."""

from __future__ import annotations

from console.domain.case import Case
from console.domain.views import Anchor, Window

SCREENS_AHEAD = 2
LEAST_WINDOW = 40
SCREENS_MORE = 3

Asked = tuple[int, int, Anchor | None]
"""From which place on, how many, and a line whose place is known."""


def size_of(rows: int) -> int:
    """Give how many lines a window should hold: a few screens of them."""
    return max(rows * (1 + 2 * SCREENS_AHEAD), LEAST_WINDOW)


def below(window: Window, rows: int) -> Asked:
    """Give the lines that follow a window."""
    return window.end, SCREENS_MORE * rows, Anchor(window.end - 1, window.lines[-1].case)


def above(window: Window, rows: int) -> Asked:
    """Give the lines before a window."""
    index = max(window.first - SCREENS_MORE * rows, 0)
    return index, window.first - index, Anchor(window.first, window.lines[0].case)


def about(place: int, total: int, rows: int, near: tuple[int, Case | None]) -> Asked:
    """Give the lines around a place; `near` is where the cursor stands, and on which case."""
    size, case = size_of(rows), near[1]
    index = max(0, min(place - size // 2, total - size))
    return index, size, Anchor(near[0], case) if case else None
