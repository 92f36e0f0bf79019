"""The saved views in one line, each with its key and how many cases it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
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

GAPS = (2, 1)
"""How far the views stand apart: wide, or close together where more of them fit then."""
WANTED = 7
"""How many of the views with a key are shown if need be with their names cut."""
LEAST_NAME = 4
LONGEST_FIND = 42
THOUSAND = 10_000
ALARM = "!"
"""Stands before the number of cases that should not be."""


@dataclass(frozen=True, slots=True)
class Tabs:
    """The views, the name of the one that is open, and counts by query; `find` stands for the open one if it is set.

    `find` says what the open one holds, where that is no saved view. `alarms` are the queries that no case should be
    found by.
    """

    views: tuple[View, ...] = ()
    open_name: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    find: str = ""
    alarms: frozenset[str] = frozenset()

    def is_open(self, view: View) -> bool:
        """Say whether a view is the open one."""
        return view.name == self.open_name and not self.find

    def told(self, view: View) -> str:
        """Give the count of a view with a blank before it, or nothing where it is not known."""
        count = self.counts.get(view.query)
        return "" if count is None else f" {ALARM if self.is_alarm(view) else ''}{short_number(count)}"

    def is_alarm(self, view: View) -> bool:
        """Say whether a view holds cases that should not be."""
        return view.query in self.alarms and bool(self.counts.get(view.query))


@dataclass(frozen=True, slots=True)
class Tab:
    """One view as it is shown: its place, its key with a blank, its name, perhaps cut, and its count."""

    place: int
    key: str
    name: str
    count: str
    is_open: bool
    is_alarm: bool = False

    @property
    def cells(self) -> int:
        """How wide it is."""
        return cell_len(self.key + self.name + self.count)


class TabsLine(Widget):
    """Shows as many views as fit; the open one always."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"tabs-line--{tone}" for tone in ("key", "name", "open", "count", "alarm")}
    DEFAULT_CSS = """
    TabsLine {
        height: 1; padding: 0 1; background: $background; color: $foreground;
        .tabs-line--key { color: $accent; }
        .tabs-line--name { color: $muted; }
        .tabs-line--count { color: $muted; }
        .tabs-line--alarm { color: $late; text-style: bold; }
        .tabs-line--open { color: $foreground; text-style: bold reverse; }
    }
    """

    tabs: reactive[Tabs] = reactive(Tabs())

    def render_line(self, y: int) -> Strip:
        """Give the one line."""
        width, plain = self.content_size.width, self.rich_style
        if y:
            return Strip.blank(width, plain)
        find = [self._find()] if self.tabs.find else []
        room = width - sum(cell_len(part[0].text) + GAPS[0] for part in find)
        shown, gap = fitting(self.tabs, room)
        segments = [*find[0], Segment(" " * (GAPS[0] - gap), plain)] if find else []
        for tab in shown:
            segments += [Segment(" " * gap, plain), *self._tab(tab)] if segments else self._tab(tab)
        return Strip(segments).adjust_cell_length(width, plain)

    def _tab(self, tab: Tab) -> list[Segment]:
        if tab.is_open:
            return [Segment(f"{tab.key}{tab.name}{tab.count}", self._style("open"))]
        tone = "alarm" if tab.is_alarm else "name"
        return [Segment(tab.key, self._style("key")), Segment(f"{tab.name}{tab.count}", self._style(tone))]

    def _find(self) -> list[Segment]:
        return [Segment(cut(safe_line(self.tabs.find), LONGEST_FIND), self._style("open"))]

    def _style(self, tone: str) -> Style:
        return self.get_component_rich_style(f"tabs-line--{tone}")


def fitting(tabs: Tabs, width: int) -> tuple[list[Tab], int]:
    """Give the views that fit, in their order, and how far they stand apart.

    The open one and the first seven go before all others: they close up and the longest names are cut, before one of
    them is left out.
    """
    every = [_as_tab(tabs, place, view) for place, view in enumerate(tabs.views)]
    first = [tab for tab in every if tab.is_open or (tab.key and tab.place < WANTED)]
    others = [tab for tab in every if tab not in first]
    kept, gap = _closed_up(first, width)
    for tab in others if len(kept) == len(first) else ():
        if _width([*kept, tab], gap) <= width:
            kept.append(tab)
    return sorted(kept, key=lambda tab: tab.place), gap


def short_number(number: int) -> str:
    """Write a count in few cells: `9999`, `12k`, `1.2M`."""
    if number < THOUSAND:
        return str(number)
    if number < 100 * THOUSAND:
        return f"{number // 1_000}k"
    return f"{number / 1_000_000:.1f}M"


def _as_tab(tabs: Tabs, place: int, view: View) -> Tab:
    key = f"{view.key} " if view.key else ""
    return Tab(place, key, safe_line(view.name), tabs.told(view), tabs.is_open(view), tabs.is_alarm(view))


def _width(tabs: Sequence[Tab], gap: int) -> int:
    return sum(tab.cells + gap for tab in tabs) - gap


def _closed_up(tabs: Sequence[Tab], width: int) -> tuple[list[Tab], int]:
    """Give as many as fit with their names cut, the open one in any case."""
    for gap in GAPS:
        if (found := _cut(tabs, width, gap)) is not None:
            return found, gap
    less = next((place for place in reversed(range(len(tabs))) if not tabs[place].is_open), None)
    return (list(tabs), GAPS[0]) if less is None else _closed_up([*tabs[:less], *tabs[less + 1 :]], width)


def _cut(tabs: Sequence[Tab], width: int, gap: int) -> list[Tab] | None:
    """Cut names until the views fit, always the longest; None where that is too little."""
    found = list(tabs)
    while _width(found, gap) > width:
        place = max(range(len(found)), key=lambda place: cell_len(found[place].name))
        cells = cell_len(found[place].name)
        if cells <= LEAST_NAME:
            return None
        found[place] = replace(found[place], name=cut(tabs[place].name, cells - 1))
    return found
