"""How the board comes by what it shows: heads and the cards in sight, read together, off the event loop."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.events import Mount

from console.desk import board as boards
from console.desk.board import Sought
from console.domain.board import Axis, Board
from console.domain.case import CaseId
from console.domain.presence import beside
from console.tui.messages import CaseChanged, CasesTouched, OthersActed, PeopleMoved
from console.tui.screens.board_words import NOTHING_OPEN, parts, position, standing
from console.tui.screens.desk_screen import DeskScreen
from console.tui.widgets.board_grid import BoardGrid
from console.tui.widgets.case_tabs import CaseTabs
from console.tui.widgets.header_line import HeaderLine
from console.tui.widgets.rule_line import RuleLine

READING = "board"


class BoardReading(DeskScreen):
    """A screen with the board's widgets, fed from the desk."""

    def __init__(self) -> None:
        """Begin with the tiers."""
        super().__init__()
        self.axis = Axis.TIER
        self.grid = BoardGrid(self.glyphs)
        self.changed_here: frozenset[CaseId] = frozenset()
        self._is_stale = False

    def look_again(self) -> None:
        """Read what is in sight; what is asked for while a reading is under way is read once, after it."""
        if any(worker.group == READING and worker.node is self and not worker.is_finished for worker in self.workers):
            self._is_stale = True
        else:
            self._look()

    def _look(self) -> None:
        """Read; the cursor stays on its case wherever that stands now."""
        self._is_stale = False
        sight = self.grid.sight
        sought = Sought(self.axis, sight.first, sight.room, sight.size_wanted, sight.tops_wanted, sight.held)
        self.fetch(partial(boards.look, self.desk, self.actor, sought), self._shown, READING)

    @on(CaseChanged)
    def _follow_act(self, event: CaseChanged) -> None:
        self.changed_here = frozenset({event.case.id})
        self.look_again()

    @on(CasesTouched)
    @on(OthersActed)
    @on(BoardGrid.Wanted)
    def _read_again(self) -> None:
        self.look_again()

    @on(BoardGrid.Lost)
    def _say_lost(self, event: BoardGrid.Lost) -> None:
        if event.case.id not in self.changed_here:
            self.say(f"Case {event.case.id} has left the board; the cursor is on the next one.")

    @on(Mount)
    @on(PeopleMoved)
    def _show_company(self) -> None:
        self.query_one(HeaderLine).company = beside(self.console_app.here, self.actor.id)

    def _shown(self, board: Board) -> None:
        is_first = not self.grid.sight.board.columns
        self.grid.show(board, self.desk.now())
        self.query_one(HeaderLine).standing = standing(board, self.actor)
        self.query_one(CaseTabs).parts = parts(self.axis, board, self.grid.sight.room)
        self.say_position()
        if is_first and not board.count:
            self.say(NOTHING_OPEN)
        if self._is_stale:
            self._look()

    def say_position(self) -> None:
        """Say in the rule where the cursor is, and how many cases are marked."""
        self.query_one("#position", RuleLine).say(position(self.grid.sight, len(self.grid.marks)))
