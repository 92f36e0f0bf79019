"""A list whose rows have cells, one of which is chosen in the row under the cursor: a table one can walk in."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual import on
from textual.events import Resize
from textual.message import Message
from textual.strip import Strip

from console.tui.widgets.row_list import RowList
from console.tui.widgets.sheet import Row

CHOSEN = Style(reverse=True)


class CellList(RowList):
    """Shows rows of pieces, the first of them one blank; the chosen piece under the cursor stands out in any theme."""

    class Moved(Message):
        """The cursor may stand on another row, or more rows fit, or fewer."""

    chosen = -1
    """Which piece of a row is chosen; none where there is no such piece."""

    def choose(self, piece: int) -> None:
        """Choose another piece."""
        if piece != self.chosen:
            self.chosen = piece
            self.refresh()

    def move_to(self, place: int) -> None:
        """Move the cursor, and tell of it."""
        super().move_to(place)
        self.post_message(self.Moved())

    @on(Resize)
    def _tell_of_room(self) -> None:
        self.post_message(self.Moved())

    def _under_cursor(self, row: Row, width: int) -> Strip:
        """Draw the row in one colour, but for the chosen piece, with the bar before it."""
        cursor = self._tone("cursor")
        segments = [Segment(self._glyphs.cursor, cursor)]
        for place, piece in enumerate(row[1:], 1):
            segments.append(Segment(piece.text, cursor + CHOSEN if place == self.chosen else cursor))
        return Strip(segments).extend_cell_length(width, cursor).crop(0, width)
