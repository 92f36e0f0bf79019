"""A rule across the screen, which says at its right end where in the view the cursor is."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from console.tui.terminal.glyphs import UNICODE, Glyphs

ROOM = 26


class RuleLine(Widget):
    """Draws the rule; when only what it says changes, only its right end is drawn again."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"rule-line--rule", "rule-line--words"}
    DEFAULT_CSS = """
    RuleLine {
        height: 1; padding: 0 1; background: $background;
        .rule-line--rule { color: $rule; }
        .rule-line--words { color: $muted; }
    }
    """

    def __init__(self, glyphs: Glyphs = UNICODE, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._glyphs = glyphs
        self._words = ""

    def say(self, words: str) -> None:
        """Say this at the right end."""
        if words != self._words:
            longest = max(len(words), len(self._words)) + 2
            self._words = words
            self.refresh(Region(max(self.size.width - longest - 2, 0), 0, longest + 2, 1))

    def render_line(self, y: int) -> Strip:
        """Give the one line."""
        width = self.content_size.width
        rule = self.get_component_rich_style("rule-line--rule")
        if y or not self._words:
            return Strip([Segment(self._glyphs.rule * width, rule)], width)
        words = f" {self._words} "
        left = max(width - len(words) - 1, 0)
        parts = [
            Segment(self._glyphs.rule * left, rule),
            Segment(words, self.get_component_rich_style("rule-line--words")),
            Segment(self._glyphs.rule, rule),
        ]
        return Strip(parts).adjust_cell_length(width, rule)
