"""Rows of a list in groups: a head above each group's first case, and above the first in sight, so one always knows.

A list knows its cases by their place in the view; heads have no place, take no cursor, and only shift what is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from console.domain.safe import safe_line
from console.domain.views import Grouping, Line, counted, group_of
from console.tui.terminal.glyphs import ASCII, Glyphs
from console.tui.widgets.sheet import Piece, Row
from console.tui.widgets.wrapping import cut

LineAt = Callable[[int], Line | None]


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a group; its count may not be known."""

    name: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Groups:
    """What a list is grouped by, how many cases each group has, and what those are called that need another name."""

    grouping: Grouping = Grouping.NONE
    sizes: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def head(self, line: Line) -> Head:
        """Give the head of the group a case stands in."""
        name = group_of(line.case, self.grouping)
        return Head(self.names.get(name, name), self.sizes.get(name))

    def begins(self, line_at: LineAt, top: int, place: int) -> Head | None:
        """Give the head that stands above a place when the list begins at `top`, or None."""
        if self.grouping is Grouping.NONE or (line := line_at(place)) is None:
            return None
        before, head = line_at(place - 1), self.head(line)
        return head if place == top or before is None or self.head(before) != head else None


Shown = Line | Head | None
"""What one row shows."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Rows from the case at place `top` on; `line_at` gives the line of a place, or None where it is not known."""

    line_at: LineAt
    groups: Groups
    top: int
    rows: int

    @property
    def shown(self) -> list[Shown]:
        """What each row shows."""
        found: list[Shown] = []
        place = self.top
        while len(found) < self.rows:
            head = self.groups.begins(self.line_at, self.top, place)
            found += [head, self.line_at(place)] if head else [self.line_at(place)]
            place += 1
        return found[: self.rows]

    def page_down(self, place: int) -> int:
        """Give where a page down leads to from a place: so far that no case in between is left out of sight."""
        in_sight = self._in_sight
        target = place + in_sight
        while target > place + 1 and self._lowest_top(target) > self.top + in_sight:
            target -= 1
        return target

    def page_up(self, place: int) -> int:
        """Give where a page up leads to, as a page down."""
        target = max(place - self._in_sight, 0)
        while target < min(place - 1, self.top) and self._height(target, self.top - 1) > self.rows:
            target += 1
        return target

    @property
    def _in_sight(self) -> int:
        """How many cases are in sight, which are fewer where heads stand between them."""
        return self.rows - sum(isinstance(each, Head) for each in self.shown)

    def row_of(self, place: int) -> int:
        """Give the row of a place that is not above what is in sight."""
        return self._height(self.top, place) - 1

    def top_for(self, place: int, total: int) -> int:
        """Give the place to begin at when the cursor is there: as it is where that shows it, else the least away."""
        least, last = self._lowest_top(place), self._lowest_top(total - 1)
        return max(least, min(self.top, place, last))

    def _height(self, top: int, place: int) -> int:
        """Count the rows from the case at place `top` to that at `place`, with their heads."""
        heads = (self.groups.begins(self.line_at, top, each) for each in range(top, place + 1))
        return place + 1 - top + sum(head is not None for head in heads)

    def _lowest_top(self, place: int) -> int:
        """Give the least place to begin at so that the case at `place` is in sight."""
        top = max(place - self.rows + 1, 0)
        while top < place and self._height(top, place) > self.rows:
            top += 1
        return top


def drawn(head: Head, glyphs: Glyphs, width: int) -> Row:
    """Draw the head of a group."""
    count = "" if head.count is None else f"  {counted(head.count)}"
    name = safe_line(head.name, ascii_only=glyphs is ASCII)
    return (Piece(f" {glyphs.rule}{glyphs.rule} {cut(name, width - len(count) - 5, glyphs.ellipsis)}{count}", "group"),)
