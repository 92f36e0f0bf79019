"""The keys that move through any list, in lines, pages and to its ends."""

from __future__ import annotations

from typing import Protocol


class Movable(Protocol):
    """A list with a cursor."""

    @property
    def rows(self) -> int:
        """How many lines fit."""

    def move_by(self, steps: int) -> None:
        """Move the cursor so many lines down, or up."""

    def move_to(self, place: int) -> None:
        """Move the cursor to a place; beyond the end is the end."""


END = 1 << 62


class ListMoves:
    """A screen with one list that the keys move through."""

    @property
    def moved_list(self) -> Movable:
        """The list the keys move through."""
        raise NotImplementedError

    def action_move_down(self) -> None:
        """Go one line down."""
        self.moved_list.move_by(1)

    def action_move_up(self) -> None:
        """Go one line up."""
        self.moved_list.move_by(-1)

    def action_move_first(self) -> None:
        """Go to the first line."""
        self.moved_list.move_to(0)

    def action_move_final(self) -> None:
        """Go to the last line."""
        self.moved_list.move_to(END)

    def action_page_down(self) -> None:
        """Go one page down."""
        self.moved_list.move_by(self.moved_list.rows)

    def action_page_up(self) -> None:
        """Go one page up."""
        self.moved_list.move_by(-self.moved_list.rows)
