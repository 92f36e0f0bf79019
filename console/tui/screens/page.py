"""A page: a title, and below it a sheet that is scrolled."""

from __future__ import annotations

from textual.app import ComposeResult

from console.tui.keys import footer
from console.tui.screens.scrolling import Scrolling
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.rule_line import RuleLine
from console.tui.widgets.sheet import Sheet
from console.tui.widgets.status_line import StatusLine


class PageScreen(Scrolling):
    """Lays a page out; what stands in its title and its sheet is for the screen to say."""

    DEFAULT_CSS = """
    PageScreen {
        background: $background;
        #title { height: 1; }
        #main { height: 1fr; }
    }
    """

    def compose(self) -> ComposeResult:
        """Lay the page out."""
        yield Sheet(id="title")
        yield RuleLine(self.glyphs)
        yield Sheet(id="main")
        yield RuleLine(self.glyphs)
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show the keys; Textual calls this besides a screen's own."""
        if self.WHERE is not None:
            self.query_one(KeyFooter).show(footer(self.WHERE, self.console_app.keymap))

    def action_back(self) -> None:
        """Go back to where it was opened."""
        self.dismiss(None)
