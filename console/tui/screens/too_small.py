"""What stands in place of everything where the terminal is too small for it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

LEAST = Size(40, 10)


class TooSmallScreen(Screen[None]):
    """Says which size is needed; it goes by itself when there is room again, and nothing below it is touched."""

    DEFAULT_CSS: ClassVar[str] = "TooSmallScreen { align: center middle; Static { width: auto; text-align: center; } }"

    def compose(self) -> ComposeResult:
        """Say it in as few words as fit."""
        yield Static(Content(f"Triage needs\n{LEAST.width}x{LEAST.height}"))


def is_too_small(size: Size) -> bool:
    """Say whether a terminal of this size cannot show a screen."""
    return size.width < LEAST.width or size.height < LEAST.height
