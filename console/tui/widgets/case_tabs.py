"""The parts a case is shown in, one line of them; the open one stands out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from console.domain.safe import safe_line
from console.tui.widgets.wrapping import cut


@dataclass(frozen=True, slots=True)
class Parts:
    """The names of the parts, the place of the open one, and what stands at the right."""

    names: tuple[str, ...] = ()
    place: int = 0
    aside: str = ""


class CaseTabs(Widget):
    """Shows the parts."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"case-tabs--open", "case-tabs--other"}
    DEFAULT_CSS = """
    CaseTabs {
        height: 1; padding: 0 1; background: $background; color: $foreground;
        .case-tabs--open { text-style: bold reverse; }
        .case-tabs--other { color: $muted; }
    }
    """

    parts: reactive[Parts] = reactive(Parts())

    def render_line(self, y: int) -> Strip:
        """Give the one line."""
        width = self.content_size.width
        other = self.get_component_rich_style("case-tabs--other")
        if y:
            return Strip.blank(width, self.rich_style)
        segments = []
        for place, name in enumerate(self.parts.names):
            chosen = self.get_component_rich_style("case-tabs--open") if place == self.parts.place else other
            segments += [Segment(f" {name} ", chosen), Segment(" ", other)]
        used = sum(segment.cell_length for segment in segments)
        aside = cut(safe_line(self.parts.aside), max(width - used - 1, 0))
        end = Segment(aside, other)
        gap = Segment(" " * max(width - used - end.cell_length, 0), other)
        return Strip([*segments, gap, end]).adjust_cell_length(width, other)
