"""A list under a title, with the keys below it, that fills the screen."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from console.tui.keys import footer
from console.tui.screens.desk_screen import DeskScreen
from console.tui.screens.list_moves import ListMoves, Movable
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.row_list import RowList
from console.tui.widgets.rule_line import RuleLine
from console.tui.widgets.sheet import Section, Sheet
from console.tui.widgets.status_line import StatusLine


class TitledList(ListMoves, DeskScreen):
    """Lays a list out under its title; whoever uses it fills both."""

    DEFAULT_CSS: ClassVar[str] = """
    TitledList {
        background: $background;
        #title { height: 1; }
        RowList { height: 1fr; }
    }
    """

    @property
    def list(self) -> RowList:
        """The list itself."""
        return self.query_one(RowList)

    @property
    def moved_list(self) -> Movable:
        """The list the keys move through."""
        return self.list

    def compose(self) -> ComposeResult:
        """Lay it out."""
        yield Sheet(id="title")
        yield RuleLine(self.glyphs)
        yield RowList(self.glyphs)
        yield RuleLine(self.glyphs)
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show the keys of this place."""
        if self.WHERE is not None:
            self.query_one(KeyFooter).show(footer(self.WHERE, self.console_app.keymap))
        self.list.focus()

    def entitle(self, title: Section) -> None:
        """Show the title."""
        self.query_one("#title", Sheet).show(title)
