"""One question before what cannot be undone or touches more than one case; the default is No."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from console.domain.safe import safe_line
from console.tui.keys import Where, footer
from console.tui.screens.desk_screen import DeskDialog
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.rule_line import RuleLine


class ConfirmDialog(DeskDialog[bool]):
    """Gives back whether the person said yes."""

    WHERE: ClassVar[Where | None] = Where.CONFIRM
    DEFAULT_CSS = """
    ConfirmDialog {
        #panel { height: auto; background: $background; }
        #question { height: auto; padding: 0 1; background: $background; text-style: bold; }
    }
    """

    def __init__(self, question: str) -> None:
        """Take the question."""
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """Put the question into a panel at the bottom."""
        with Vertical(id="panel"):
            yield RuleLine(self.glyphs)
            yield Static(Content(safe_line(self._question)), id="question")
            yield KeyFooter()

    def on_mount(self) -> None:
        """Show the keys."""
        self.query_one(KeyFooter).show(footer(Where.CONFIRM, self.console_app.keymap))

    def action_answer_yes(self) -> None:
        """Do it."""
        self.dismiss(True)

    def action_answer_no(self) -> None:
        """Leave it."""
        self.dismiss(False)

    def action_back(self) -> None:
        """Leave it."""
        self.dismiss(False)

    def action_show_keys(self) -> None:
        """Say what the keys do."""
        self.say("y does it; n, Enter and Esc leave everything as it is.")
