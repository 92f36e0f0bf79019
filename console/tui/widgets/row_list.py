"""A list of things that take a row or a few each, with a cursor on one of them; drawn line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.events import Resize
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from console.domain.safe import safe_block
from console.tui.terminal.glyphs import UNICODE, Glyphs
from console.tui.widgets.sheet import TONES, Row, Rows, Section


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a list: what it is known by, and its rows for a width; each row begins with a blank cell."""

    key: int
    section: Section


NOWHERE = -1


class RowList(Widget, can_focus=True):
    """Shows items; the cursor stays on its item when others come and go."""

    class Moved(Message):
        """A key has moved the cursor to another item."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"row-list--{tone}" for tone in (*TONES, "cursor")}
    DEFAULT_CSS = """
    RowList {
        background: $background; color: $foreground;
        .row-list--muted { color: $muted; } .row-list--label { color: $muted; }
        .row-list--strong { text-style: bold; } .row-list--head { color: $accent; }
        .row-list--mark { color: $mark; } .row-list--late { color: $late; }
        .row-list--escalate { color: $escalate; } .row-list--handle { color: $handle; }
        .row-list--ask { color: $ask; }
        .row-list--cursor { background: $cursor-bg; text-style: bold; }
    }
    """

    def __init__(self, glyphs: Glyphs = UNICODE, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Start empty."""
        super().__init__(id=id)
        self._glyphs = glyphs
        self._items: tuple[Item, ...] = ()
        self._lines: list[tuple[int, Row]] = []
        self._first: list[int] = []
        self._place = self._top = 0
        self._otherwise = ""

    @property
    def current(self) -> int | None:
        """What the item under the cursor is known by."""
        return self._items[self._place].key if self._items else None

    @property
    def place(self) -> int:
        """Where the cursor stands."""
        return self._place

    @property
    def rows(self) -> int:
        """How many items a page holds."""
        return max(self.size.height * len(self._items) // max(len(self._lines), 1), 1)

    def show(self, items: Sequence[Item], otherwise: str = "") -> None:
        """Show these items, or what to say where there is none.

        The cursor goes to the item it was on, or stays where that was.
        """
        self._otherwise = otherwise
        held = self.current
        self._items = tuple(items)
        places = {item.key: place for place, item in enumerate(self._items)}
        last = max(len(self._items) - 1, 0)
        self._place = min(self._place, last) if held is None else places.get(held, min(self._place, last))
        self._lay_out()

    def move_by(self, steps: int) -> None:
        """Move the cursor so many items down, or up."""
        self.move_to(self._place + steps)

    def move_to(self, place: int) -> None:
        """Move the cursor to a place; beyond the end is the end."""
        before, was_top = self._place, self._top
        self._place = max(0, min(place, len(self._items) - 1))
        self._keep_in_sight()
        if self._top != was_top:
            self.refresh()
        elif self._place != before:
            self._refresh_item(before)
            self._refresh_item(self._place)
        if self._place != before:
            self.post_message(self.Moved())

    def on_resize(self, _: Resize) -> None:
        """Wrap everything to the new width."""
        self._lay_out()

    def _lay_out(self) -> None:
        self._lines, self._first = [], []
        for place, item in enumerate(self._items):
            self._first.append(len(self._lines))
            self._lines += [(place, row) for row in item.section(self.size.width)]
        if not self._items:
            said = Rows(self.size.width)
            said.text(safe_block(self._otherwise), "muted", indent=1)
            self._lines = [(NOWHERE, row) for row in said]
        self._keep_in_sight()
        self.refresh()

    def _keep_in_sight(self) -> None:
        """Scroll as little as shows the whole item under the cursor, or its beginning where it is higher than that."""
        if not self._items:
            self._top = 0
            return
        height, first, end = max(self.size.height, 1), self._first[self._place], self._end(self._place)
        self._top = min(max(self._top, end - height), first)
        self._top = max(0, min(self._top, len(self._lines) - height))

    def _end(self, place: int) -> int:
        return self._first[place + 1] if place + 1 < len(self._first) else len(self._lines)

    def _refresh_item(self, place: int) -> None:
        top, end = self._first[place] - self._top, self._end(place) - self._top
        self.refresh(Region(0, top, self.size.width, end - top))

    def render_line(self, y: int) -> Strip:
        """Give one line of an item."""
        width, line = self.size.width, self._top + y
        if line >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        place, row = self._lines[line]
        if place != self._place:
            segments = [Segment(piece.text, self._tone(piece.tone)) for piece in row]
            return Strip(segments).adjust_cell_length(width, self.rich_style)
        if line == self._first[place]:
            return self._under_cursor(row, width)
        bar, rest = Segment(self._glyphs.cursor, self.rich_style), self._without_first(row)
        return Strip([bar, *rest]).adjust_cell_length(width, self.rich_style)

    def _under_cursor(self, row: Row, width: int) -> Strip:
        """Draw the first row of the item under the cursor: one colour, with the bar before it."""
        text = f"{self._glyphs.cursor}{''.join(piece.text for piece in row)[1:]}"
        return Strip([Segment(set_cell_size(text, width), self._tone("cursor"))], width)

    def _without_first(self, row: Row) -> list[Segment]:
        """Give a row without its blank first cell."""
        segments = [Segment(piece.text, self._tone(piece.tone)) for piece in row if piece.text]
        return [Segment(segments[0].text[1:], segments[0].style), *segments[1:]] if segments else []

    def _tone(self, tone: str) -> Style:
        return self.rich_style + self.get_component_rich_style(f"row-list--{tone}") if tone else self.rich_style
