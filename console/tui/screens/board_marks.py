"""The board's marks, and the keys that move its cursor."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from console.desk import board as boards
from console.domain.case import Case, CaseId
from console.tui.screens.board_reading import BoardReading
from console.tui.screens.list_moves import ListMoves
from console.tui.screens.marking import Markable, Marking


class BoardMarks(ListMoves, BoardReading, Marking):
    """A board whose cases can be marked; the moves come first, as in the queue."""

    @property
    def moved_list(self) -> Markable:
        """The columns; the keys move in the one the cursor is in."""
        return self.grid

    @property
    def at_hand(self) -> Case | None:
        """The case under the cursor."""
        return self.grid.case

    @property
    def queried(self) -> str:
        """The query of what is on the board, before its columns part it."""
        return ""

    @property
    def in_sight(self) -> Mapping[CaseId, int]:
        """The versions of the cards, as they are shown."""
        return {case.id: case.version for column in self.grid.sight.board.columns for case in column.cards}

    def action_mark_all(self) -> None:
        """Mark every case of the column, besides those that are marked."""
        if column := self.grid.sight.column:
            marked = self.grid.marks
            self.fetch(
                partial(boards.every, self.desk, self.actor, column.place),
                lambda ids: self.take_marks(marked.union(ids)),
                "marks",
            )
