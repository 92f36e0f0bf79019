"""A sheet: sections of text, wrapped to its width, drawn line by line and scrolled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.events import Resize
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from console.domain.safe import safe_line
from console.tui.widgets.wrapping import cut, folded

TONES = ("muted", "label", "strong", "late", "escalate", "handle", "ask", "mark", "head")
"""What a piece of text can mean besides being text; colours follow from it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of one row, already safe, in one tone."""

    text: str
    tone: str = ""


Row = tuple[Piece, ...]
Section = Callable[[int], Sequence[Row]]
"""Something that gives its rows for a width in cells."""


class Rows(list[Row]):
    """The rows of a section of so many cells, written one after another; whatever is written is made safe."""

    def __init__(self, width: int) -> None:
        """Start empty."""
        super().__init__()
        self.width = max(width, 1)

    def gap(self) -> None:
        """Leave one row empty."""
        self.append(())

    def head(self, words: str, aside: str = "") -> None:
        """Write a heading, with something less important behind it."""
        told = cut(f" {safe_line(words)}", self.width)
        beside = cut(f"  {safe_line(aside)}", self.width - cell_len(told)) if aside else ""
        self.append((Piece(told, "head"), Piece(beside, "muted")))

    def told(self, label: str, text: str, tone: str = "", indent: int = 3, column: int = 11) -> None:
        """Write a label and, beside it, a text that is wrapped in its own column."""
        lines = folded(safe_line(text), self.width - indent - column - 1)
        for number, line in enumerate(lines):
            name = "" if number else safe_line(label)
            self.append((Piece(f"{' ' * indent}{name:<{column}}", "label"), Piece(line, tone)))

    def text(self, block: str, tone: str = "", indent: int = 3) -> None:
        """Write lines of text that are safe already, each wrapped."""
        for line in block.split("\n"):
            for part in folded(line, self.width - indent - 1):
                self.append((Piece(f"{' ' * indent}{part}", tone),))


class Sheet(ScrollView, can_focus=False):
    """Shows sections below each other; one row of text is one row of bytes."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"sheet--{tone}" for tone in TONES}
    DEFAULT_CSS = """
    Sheet {
        background: $background; color: $foreground; scrollbar-size: 1 1; overflow-x: hidden; overflow-y: auto;
        .sheet--muted { color: $muted; }
        .sheet--label { color: $muted; }
        .sheet--strong { text-style: bold; }
        .sheet--head { color: $accent; }
        .sheet--mark { color: $mark; }
        .sheet--late { color: $late; }
        .sheet--escalate { color: $escalate; text-style: bold; }
        .sheet--handle { color: $handle; text-style: bold; }
        .sheet--ask { color: $ask; text-style: bold; }
    }
    """

    def __init__(self, *sections: Section, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Take what to show."""
        super().__init__(id=id)
        self._sections: tuple[Section, ...] = sections
        self._rows: list[Row] = []

    @property
    def rows(self) -> Sequence[Row]:
        """The rows as they are laid out now."""
        return self._rows

    def show(self, *sections: Section) -> None:
        """Show other sections, from where the sheet is scrolled to."""
        self._sections = sections
        self._lay_out()
        if self.styles.is_auto_height:
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's own
        """Give the rows there are at a width, for sheets that are as high as what they show."""
        return sum(len(section(width)) for section in self._sections)

    def on_resize(self, _: Resize) -> None:
        """Wrap everything to the new width."""
        self._lay_out()

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width or self.size.width
        if width:
            self._rows = [row for section in self._sections for row in section(width)]
            self.virtual_size = Size(width, len(self._rows))
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Give one row of what is scrolled to."""
        width, place = self.size.width, self.scroll_offset.y + y
        plain = self.rich_style
        row = self._rows[place] if place < len(self._rows) else ()
        segments = [
            Segment(piece.text, plain + self.get_component_rich_style(f"sheet--{piece.tone}") if piece.tone else plain)
            for piece in row
            if piece.text
        ]
        return Strip(segments).adjust_cell_length(width, plain)
