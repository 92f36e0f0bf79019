"""The footer: the keys that matter now, in one line."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from console.tui.keys import Hint

GAP = 2


class KeyFooter(Widget):
    """Shows as many keys as fit, the most needed first; help never gives way and the last one stands at the right."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-footer--key", "key-footer--words", "key-footer--denied"}
    DEFAULT_CSS = """
    KeyFooter {
        height: 1; padding: 0 1; background: $background; color: $foreground;
        .key-footer--key { color: $accent; text-style: bold; }
        .key-footer--words { color: $foreground; }
        .key-footer--denied { color: $muted; }
    }
    """

    hints: reactive[tuple[Hint, ...]] = reactive(())

    def show(self, hints: Sequence[Hint], denied: Collection[str] = ()) -> None:
        """Show these keys, and grey those whose ids are denied here."""
        self.hints = tuple(hint.greyed(is_denied=hint.id in denied) for hint in hints)

    def render_line(self, y: int) -> Strip:
        """Give the one line."""
        width = self.content_size.width
        words = self.get_component_rich_style("key-footer--words")
        if y:
            return Strip.blank(width, words)
        left, right = fitting(self.hints, width)
        segments = self._drawn(left)
        used = sum(segment.cell_length for segment in segments)
        end = self._drawn(right)
        gap = max(width - used - sum(segment.cell_length for segment in end), 0)
        return Strip([*segments, Segment(" " * gap, words), *end]).adjust_cell_length(width, words)

    def _drawn(self, hints: Sequence[Hint]) -> list[Segment]:
        key = self.get_component_rich_style("key-footer--key")
        words = self.get_component_rich_style("key-footer--words")
        denied = self.get_component_rich_style("key-footer--denied")
        segments: list[Segment] = []
        for hint in hints:
            styles: tuple[Style, Style] = (denied, denied) if hint.is_denied else (key, words)
            if segments:
                segments.append(Segment(" " * GAP, words))
            segments += (Segment(hint.key, styles[0]), Segment(f" {hint.words}", styles[1]))
        return segments


def fitting(hints: Sequence[Hint], width: int) -> tuple[tuple[Hint, ...], tuple[Hint, ...]]:
    """Choose the hints that fit in so many cells, as those at the left, in their order, and those at the right.

    Help always stays; then the hint at the right; then the others by how much they are needed.
    """
    kept: set[Hint] = set()
    room = width + GAP
    for hint in sorted(hints, key=lambda hint: (not hint.is_help, not hint.is_last, hint.shown)):
        needed = cell_len(f"{hint.key} {hint.words}") + GAP
        if needed <= room or hint.is_help:
            room -= needed
            kept.add(hint)
    left = tuple(hint for hint in hints if hint in kept and not hint.is_last)
    return left, tuple(hint for hint in hints if hint in kept and hint.is_last)
