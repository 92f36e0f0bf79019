"""A screen with a title, something below it that fills the rest, and the keys."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widget import Widget

from console.tui.keys import footer
from console.tui.screens.desk_screen import DeskScreen
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.rule_line import RuleLine
from console.tui.widgets.sheet import Section, Sheet
from console.tui.widgets.status_line import StatusLine


class Titled(DeskScreen):
    """Lays the title out, and what its kind has below it; what stands in both is for the screen to say."""

    DEFAULT_CSS = """
    Titled {
        background: $background;
        #title { height: 1; }
    }
    """

    def filled(self) -> Widget:
        """Give what fills the screen."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Lay it out."""
        yield Sheet(id="title")
        yield RuleLine(self.glyphs)
        yield self.filled()
        yield RuleLine(self.glyphs)
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show the keys; Textual calls this besides a screen's own."""
        if self.WHERE is not None:
            self.query_one(KeyFooter).show(footer(self.WHERE, self.console_app.keymap))

    def entitle(self, title: Section) -> None:
        """Show the title."""
        self.query_one("#title", Sheet).show(title)

    def action_back(self) -> None:
        """Go back to where it was opened."""
        self.dismiss(None)
