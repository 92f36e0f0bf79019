"""A list under a title."""

from __future__ import annotations

from textual.widget import Widget

from console.tui.screens.list_moves import ListMoves, Movable
from console.tui.screens.titled import Titled
from console.tui.widgets.row_list import RowList


class TitledList(ListMoves, Titled):
    """Fills the screen with a list; whoever uses it fills that."""

    DEFAULT_CSS = "TitledList RowList { height: 1fr; }"

    @property
    def list(self) -> RowList:
        """The list itself."""
        return self.query_one(RowList)

    @property
    def moved_list(self) -> Movable:
        """The list the keys move through."""
        return self.list

    def filled(self) -> Widget:
        """Give the list."""
        return RowList(self.glyphs)

    def on_mount(self) -> None:
        """Begin in the list."""
        self.list.focus()
