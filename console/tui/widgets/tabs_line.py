"""The saved views in one line, each with its key and how many cases it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from console.domain.safe import safe_line
from console.domain.views import View
from console.tui.widgets.wrapping import cut

GAP = 2
LONGEST_FIND = 40
THOUSAND = 10_000


@dataclass(frozen=True, slots=True)
class Tabs:
    """The views, which of them is open, and their counts by key; `find` stands for the open one where it is set."""

    views: tuple[View, ...] = ()
    open_key: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    find: str = ""


class TabsLine(Widget):
    """Shows as many views as fit; the open one always."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"tabs-line--{tone}" for tone in ("key", "name", "open", "count")}
    DEFAULT_CSS = """
    TabsLine {
        height: 1; padding: 0 1; background: $background; color: $foreground;
        .tabs-line--key { color: $accent; }
        .tabs-line--name { color: $muted; }
        .tabs-line--count { color: $muted; }
        .tabs-line--open { color: $foreground; text-style: bold reverse; }
    }
    """

    tabs: reactive[Tabs] = reactive(Tabs())

    def render_line(self, y: int) -> Strip:
        """Give the one line."""
        width, plain = self.content_size.width, self.rich_style
        if y:
            return Strip.blank(width, plain)
        parts = [self._find()] if self.tabs.find else []
        parts += [self._tab(view) for view in self._fitting(width - sum(map(_cells, parts)))]
        segments = [segment for number, part in enumerate(parts) for segment in self._apart(part, is_first=not number)]
        return Strip(segments).adjust_cell_length(width, plain)

    def _fitting(self, width: int) -> list[View]:
        """Choose the views that fit, in their order, the open one first of all."""
        tabs, kept, used = self.tabs, set(), GAP if self.tabs.find else 0
        for view in sorted(tabs.views, key=lambda view: view.key != tabs.open_key):
            needed = _cells(self._tab(view)) + (GAP if used else 0)
            if used + needed <= width:
                used += needed
                kept.add(view.key)
        return [view for view in tabs.views if view.key in kept]

    def _tab(self, view: View) -> list[Segment]:
        count = self.tabs.counts.get(view.key)
        told = "" if count is None else f" {short_number(count)}"
        name = safe_line(view.name)
        if view.key == self.tabs.open_key and not self.tabs.find:
            return [Segment(f"{view.key} {name}{told}", self._style("open"))]
        return [Segment(f"{view.key} ", self._style("key")), Segment(f"{name}{told}", self._style("name"))]

    def _find(self) -> list[Segment]:
        return [Segment(f"/ {cut(safe_line(self.tabs.find), LONGEST_FIND)}", self._style("open"))]

    def _apart(self, part: list[Segment], *, is_first: bool) -> list[Segment]:
        return part if is_first else [Segment(" " * GAP, self.rich_style), *part]

    def _style(self, tone: str) -> Style:
        return self.get_component_rich_style(f"tabs-line--{tone}")


def short_number(number: int) -> str:
    """Write a count in few cells: `9999`, `12k`, `1.2M`."""
    if number < THOUSAND:
        return str(number)
    if number < 100 * THOUSAND:
        return f"{number // 1_000}k"
    return f"{number / 1_000_000:.1f}M"


def _cells(part: list[Segment]) -> int:
    return sum(cell_len(segment.text) for segment in part)
