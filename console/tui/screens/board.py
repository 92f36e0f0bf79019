"""The board: live cases in columns by tier, team or person, for whoever spreads the work."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult

from console.domain.case import CaseId
from console.tui.keys import Where, footer
from console.tui.screens.board_carry import BoardCarry
from console.tui.screens.board_words import AXES
from console.tui.widgets.case_tabs import CaseTabs
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.header_line import HeaderLine
from console.tui.widgets.rule_line import RuleLine
from console.tui.widgets.status_line import StatusLine

CARRYING_KEYS = frozenset({"keys", "back", "lift"})


class BoardScreen(BoardCarry):
    """Shows the columns; every key works on the card under the cursor, or on those that are marked.

    It begins with the marks of the screen it was opened from, and gives its own back.
    """

    WHERE: ClassVar[Where | None] = Where.BOARD
    CSS_PATH: ClassVar[str] = "board.tcss"

    def __init__(self, marks: Iterable[CaseId] = ()) -> None:
        """Take what is marked already."""
        super().__init__()
        self.grid.marks = frozenset(marks)

    def compose(self) -> ComposeResult:
        """Lay the board out; its columns are read as soon as they know their size."""
        yield HeaderLine()
        yield CaseTabs()
        yield self.grid
        yield RuleLine(self.glyphs, id="position")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show the keys."""
        self.told_of_carrying()
        self.grid.focus()

    def action_by(self, key: str) -> None:
        """Show the columns of this digit."""
        self.axis, self.grid.sight.first = AXES[key], 0
        self.look_again()

    def action_next_tab(self) -> None:
        """Show the columns of the next kind."""
        self._turn(1)

    def action_previous_tab(self) -> None:
        """Show the columns of the kind before."""
        self._turn(-1)

    def action_back(self) -> None:
        """Go one step back: put down what is lifted, then clear the marks, then leave."""
        if self.grid.marks and not self.is_carrying:
            self.action_clear_marks()
        else:
            self.action_leave()

    def action_leave(self) -> None:
        """Put down what is lifted, or leave with the marks there are."""
        if self.is_carrying:
            self.put_back()
        else:
            self.dismiss(self.grid.marks)

    def told_of_carrying(self) -> None:
        """Grey the keys that wait until what is lifted is down."""
        hints = footer(Where.BOARD, self.console_app.keymap)
        denied = {hint.id for hint in hints} - CARRYING_KEYS if self.is_carrying else ()
        self.query_one(KeyFooter).show(hints, denied)

    def _turn(self, steps: int) -> None:
        keys = list(AXES)
        place = list(AXES.values()).index(self.axis) + steps
        self.action_by(keys[place % len(keys)])
