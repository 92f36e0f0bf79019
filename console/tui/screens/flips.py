"""The cases that a draft would treat in another way, for better or worse, to be opened one by one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.events import ScreenResume

from console.desk import backtest
from console.domain.case import CaseId
from console.domain.flipped import Flip, Flips, Turn
from console.tui.keys import Where, footer
from console.tui.messages import CaseChanged, CasesTouched, OthersActed
from console.tui.screens.case import CaseScreen
from console.tui.screens.desk_screen import DeskScreen
from console.tui.screens.list_moves import ListMoves, Movable
from console.tui.widgets import flip_rows
from console.tui.widgets.case_tabs import CaseTabs, Parts
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.row_list import Item, RowList
from console.tui.widgets.rule_line import RuleLine
from console.tui.widgets.sheet import Sheet
from console.tui.widgets.status_line import StatusLine

KINDS = (None, *Turn)
"""What is listed: all of them, or those of one turn."""


class FlipsScreen(ListMoves, DeskScreen):
    """Lists the cases; one that the person may not see any more is not among them."""

    WHERE: ClassVar[Where | None] = Where.FLIPS
    DEFAULT_CSS = """
    FlipsScreen {
        background: $background;
        #heads { height: 1; }
        #foot { height: 2; }
        RowList { height: 1fr; }
    }
    """

    def __init__(self, flips: Flips) -> None:
        """Take the cases that flip."""
        super().__init__()
        self._flips = flips
        self._kind = 0
        self._listed: list[Flip] = []

    @property
    def moved_list(self) -> Movable:
        """The cases."""
        return self.query_one(RowList)

    def compose(self) -> ComposeResult:
        """Lay the list out."""
        yield CaseTabs()
        yield RuleLine(self.glyphs)
        yield Sheet(id="heads")
        yield RowList(self.glyphs)
        yield RuleLine(self.glyphs, id="position")
        yield Sheet(id="foot")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show the keys."""
        self.query_one(KeyFooter).show(footer(Where.FLIPS, self.console_app.keymap))
        self.query_one(RowList).focus()

    def action_open(self) -> None:
        """Show everything about the case."""
        current = self.query_one(RowList).current
        if current is not None:
            self.app.push_screen(CaseScreen(CaseId(current)))

    def action_next_tab(self) -> None:
        """List the next kind."""
        self._turn(1)

    def action_previous_tab(self) -> None:
        """List the kind before."""
        self._turn(-1)

    def action_back(self) -> None:
        """Go back to what the back-test came to."""
        self.dismiss(None)

    @on(ScreenResume)
    @on(CaseChanged)
    @on(CasesTouched)
    @on(OthersActed)
    def _look_again(self) -> None:
        """Ask which of the cases the person may see now."""
        ids = [each.case for each in self._flips.kept]
        self.fetch(partial(backtest.in_sight, self.desk, self.actor, ids), self._show, "flips")

    def _show(self, seen: Collection[CaseId]) -> None:
        self._flips.keep_only(seen)
        kind, counts = KINDS[self._kind], self._flips.counts
        self._listed = listed = [each for each in self._flips.kept if kind in {None, each.turn}]
        names = (f"All {self._flips.number:,}", *(f"{turn.capitalize()} {counts[turn]:,}" for turn in Turn))
        of = self._flips.number if kind is None else counts[kind]
        aside = f"the first {len(listed):,}" if len(listed) < of else ""
        self.query_one(CaseTabs).parts = Parts(names, self._kind, aside)
        self._list(listed)

    def _list(self, listed: Sequence[Flip]) -> None:
        widths = flip_rows.sizes(listed)
        self.query_one("#heads", Sheet).show(flip_rows.heads(widths))
        items = [Item(each.case, flip_rows.row(each, widths, self.glyphs)) for each in listed]
        self.query_one(RowList).show(items, "No case turns this way; Tab shows the others.")
        self._tell()

    @on(RowList.Moved)
    def _tell(self) -> None:
        """Say where the cursor is, and of its case why it flips."""
        place, of = self.query_one(RowList).place, len(self._listed)
        self.query_one("#position", RuleLine).say(f"{place + 1:,} of {of:,}" if of else "")
        flip = self._listed[place] if of else None
        self.query_one("#foot", Sheet).show(flip_rows.foot(flip, self.desk.now(), self.glyphs))

    def _turn(self, step: int) -> None:
        self._kind = (self._kind + step) % len(KINDS)
        self._look_again()
