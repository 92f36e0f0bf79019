"""The board's columns side by side: heads and cards, drawn line by line, and only where something has changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.events import Resize
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from console.domain.board import Board
from console.domain.case import Case, CaseId
from console.domain.words import counted
from console.tui.terminal.glyphs import UNICODE, Glyphs
from console.tui.widgets.board_lines import CARD, Pen, below, card, digits, head, head_lines, in_sight, widths
from console.tui.widgets.board_sight import BoardSight, Spot
from console.tui.widgets.sheet import Piece, Row

TONES = ("title", "current", "rule", "muted", "late", "cursor", "lifted", "ghost", "mark", "s1", "s2", "s3", "s4")
BELOW = 1
GOES, COMES = "-", "+"
"""The signs of a lifted card, where it was and where it would be."""


class BoardGrid(Widget, can_focus=True):
    """Shows the columns around the cursor; what it does not hold it asks for with `Wanted` and moves when it comes."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"board-grid--{name}" for name in TONES}
    DEFAULT_CSS = """
    BoardGrid {
        .board-grid--title { text-style: bold; } .board-grid--current { text-style: bold reverse; }
        .board-grid--rule { color: $rule; } .board-grid--muted { color: $muted; }
        .board-grid--late { color: $late; } .board-grid--mark { color: $mark; }
        .board-grid--cursor { color: $foreground; background: $cursor-bg; text-style: bold; }
        .board-grid--lifted { color: $muted; }
        .board-grid--ghost { color: $mark; text-style: bold reverse; }
        .board-grid--s1 { color: $severity-1; } .board-grid--s2 { color: $severity-2; }
        .board-grid--s3 { color: $severity-3; } .board-grid--s4 { color: $severity-4; }
    }
    """

    class Wanted(Message):
        """Columns or cards are needed that the board does not hold."""

    class Lost(Message):
        """The case under the cursor is no longer on the board."""

        def __init__(self, case: Case) -> None:
            self.case = case
            super().__init__()

    def __init__(self, glyphs: Glyphs = UNICODE, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.glyphs = glyphs
        self.sight = BoardSight()
        self.now = datetime.min.replace(tzinfo=UTC)
        self.marks: frozenset[CaseId] = frozenset()
        self._digits = 1
        self._rows: list[Row] = []
        self._drawn: dict[tuple[CaseId, str, str], tuple[Row, Row]] = {}

    # What it shows

    @property
    def case(self) -> Case | None:
        """The case under the cursor."""
        return self.sight.case

    @property
    def rows(self) -> int:
        """How many cards fit below each other."""
        return self.sight.rows

    def show(self, board: Board, now: datetime) -> None:
        """Show a board anew: the cursor stays on its case, or goes to where a key has asked for."""
        self.now = now
        self._drawn.clear()
        self._digits = digits(case for column in board.columns for case in column.cards)
        lost = self.sight.show(board)
        if lost is not None:
            self.post_message(self.Lost(lost))
        self._lay_out()

    def mark(self, ids: Iterable[CaseId]) -> None:
        """Mark exactly these cases."""
        self.marks = frozenset(ids)
        self._lay_out()

    def carry(self, target: int | None) -> None:
        """Show the lifted card over a column; None puts it down."""
        self.sight.target = target
        self._moved(is_held=self.sight.brings_into_sight(self.sight.spot.column if target is None else target))

    # How the cursor moves

    def move_by(self, steps: int) -> None:
        """Move the cursor so many cards down, or up."""
        self._moved(is_held=self.sight.go_down(steps))

    def move_to(self, place: int) -> None:
        """Move the cursor to a card of its column; beyond the end is the end."""
        self._moved(is_held=self.sight.go(Spot(self.sight.spot.column, place)))

    def move_across(self, steps: int) -> None:
        """Move the cursor so many columns to the right, or left."""
        self._moved(is_held=self.sight.go_across(steps))

    def _moved(self, *, is_held: bool) -> None:
        if is_held:
            self._lay_out()
        else:
            self.post_message(self.Wanted())

    # How it is drawn

    def on_resize(self, _: Resize) -> None:
        """Share the width out again, and ask for what is in sight now."""
        self.sight.rows = max((self.size.height - head_lines(self.size.height) - BELOW) // CARD, 1)
        self.sight.room = in_sight(self.size.width)
        self.sight.keep_in_sight()
        self._drawn.clear()
        self._rows = []
        self._lay_out()
        self.post_message(self.Wanted())

    def notify_style_update(self) -> None:
        """Draw everything again: the colours may have changed."""
        self.refresh()
        super().notify_style_update()

    def _lay_out(self) -> None:
        """Draw what has changed, column by column and line by line."""
        board, height = self.sight.board, self.size.height
        sizes = widths(self.size.width, len(board.columns))
        pen = Pen(sizes[0], self.now, self.glyphs, board.axis, self._digits)
        shown = range(board.first, min(board.first + len(sizes), len(board.columns)))
        before, self._rows = self._rows, [row for at in shown for row in self._column(at, pen)]
        if len(before) != len(self._rows):
            self.refresh()
            return
        for number, (old, new) in enumerate(zip(before, self._rows, strict=True)):
            if old != new:
                slot, y = divmod(number, height)
                self.refresh(Region(slot * (pen.width + 1), y, pen.width, 1))

    def _column(self, at: int, pen: Pen) -> list[Row]:
        """Draw one column, as many rows as there are lines."""
        sight, column, height = self.sight, self.sight.board.columns[at], self.size.height
        top, target = sight.top(at), sight.target
        is_current = at == (sight.spot.column if target is None else target)
        rows = [*head(column, pen, is_current=is_current)][: head_lines(height)]
        for place in range(top, min(top + sight.rows, column.count)):
            rows += self._card(Spot(at, place), pen)
        if at == target and at != sight.spot.column:
            self._hover(rows, pen)
        rows += [()] * (head_lines(height) + sight.rows * CARD - len(rows))
        rows.append(below(column.count - top - sight.rows, pen))
        return (rows + [()] * height)[:height]

    def _card(self, spot: Spot, pen: Pen) -> tuple[Row, Row]:
        """Draw one card: marked, under the cursor, lifted, or as it is."""
        case, target = self.sight.card(spot), self.sight.target
        if case is None:
            return (), ()
        sign = self.glyphs.mark if case.id in self.marks else ""
        tone, bar = "mark" if sign else "", " "
        if spot == self.sight.spot and target not in {None, spot.column}:
            sign, tone = GOES, "lifted"
        elif spot == self.sight.spot:
            tone, bar = "cursor" if target is None else "ghost", self.glyphs.cursor
            sign = sign if target is None else COMES
        key = case.id, sign, tone
        if key not in self._drawn:
            self._drawn[key] = card(case, pen, sign=sign, tone=tone, bar=bar)
        return self._drawn[key]

    def _hover(self, rows: list[Row], pen: Pen) -> None:
        """Lay what is carried over a column, at the height it was lifted from."""
        bar, at = self.glyphs.cursor, head_lines(self.size.height) + self.sight.height * CARD
        rows += [()] * (at + CARD - len(rows))
        if self.marks:
            told = f"{bar}{COMES}{counted(len(self.marks), 'marked case')}"
            rows[at : at + CARD] = [(Piece(pen.fitted(words), "ghost"),) for words in (told, bar)]
        elif self.case is not None:
            rows[at : at + CARD] = card(self.case, pen, sign=COMES, tone="ghost", bar=bar)

    def render_line(self, y: int) -> Strip:
        """Give one line: the same line of every column in sight, with a cell between them."""
        width, plain, height = self.size.width, self.rich_style, max(self.size.height, 1)
        cells = widths(width, len(self.sight.board.columns))[0]
        segments: list[Segment] = []
        for number, row in enumerate(self._rows[y::height]):
            strip = Strip([Segment(piece.text, self._style(piece.tone)) for piece in row if piece.text])
            segments += [Segment(" ", plain)] if number else []
            segments += strip.adjust_cell_length(cells, plain)
        return Strip(segments).adjust_cell_length(width, plain).simplify()

    def _style(self, tone: str) -> Style:
        return self.rich_style + self.get_component_rich_style(f"board-grid--{tone}") if tone else self.rich_style
