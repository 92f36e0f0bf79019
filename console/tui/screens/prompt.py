"""One line to type, for an act on several cases at once."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from console.domain.safe import safe_line
from console.tui.keys import Where, footer
from console.tui.screens.desk_screen import DeskDialog
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.rule_line import RuleLine
from console.tui.widgets.text_entry import LineEntry, WentOn


class PromptDialog(DeskDialog[str | None]):
    """Gives back what was typed, or None."""

    WHERE: ClassVar[Where | None] = Where.WRITE
    DEFAULT_CSS = """
    PromptDialog {
        #panel { height: auto; background: $background; }
        #question { height: auto; padding: 0 1; background: $background; text-style: bold; }
        LineEntry { margin: 0 1; }
    }
    """

    def __init__(self, question: str, hint: str = "") -> None:
        """Take the question, and what stands in the line until something is typed."""
        super().__init__()
        self._question, self._hint = question, hint

    def compose(self) -> ComposeResult:
        """Put the line into a panel at the bottom."""
        with Vertical(id="panel"):
            yield RuleLine(self.glyphs)
            yield Static(Content(safe_line(self._question)), id="question")
            yield LineEntry(self._hint)
            yield KeyFooter()

    def on_mount(self) -> None:
        """Show the keys, and type at once."""
        self.query_one(KeyFooter).show(footer(Where.WRITE, self.console_app.keymap))
        self.query_one(LineEntry).focus()

    @on(WentOn)
    def action_send(self) -> None:
        """Give back what stands in the line."""
        self.dismiss(self.query_one(LineEntry).value.strip() or None)

    def action_next_field(self) -> None:
        """Stay: there is one line only."""

    def action_previous_field(self) -> None:
        """Stay: there is one line only."""

    def action_back(self) -> None:
        """Give back nothing."""
        self.dismiss(None)

    def action_show_keys(self) -> None:
        """Say what the keys do."""
        self.say("Enter goes on with what is typed; Esc leaves everything as it is.")
