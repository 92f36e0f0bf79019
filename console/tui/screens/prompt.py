"""One line to type, for an act on several cases at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from console.domain.errors import Refused
from console.domain.safe import safe, safe_line
from console.tui.keys import Where, footer
from console.tui.screens.desk_screen import DeskDialog
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.rule_line import RuleLine
from console.tui.widgets.status_line import StatusLine, Tone
from console.tui.widgets.text_entry import LineEntry, Typed, WentOn


class PromptDialog(DeskDialog[str | None]):
    """Gives back what was typed, or None; `text` is what stood in the line last, for whoever asks again."""

    WHERE: ClassVar[Where | None] = Where.WRITE
    DEFAULT_CSS = """
    PromptDialog {
        #panel { height: auto; background: $background; }
        #question { height: auto; padding: 0 1; background: $background; text-style: bold; }
        LineEntry { margin: 0 1; }
        StatusLine { display: none; }
        &.-refused StatusLine { display: block; }
    }
    """

    def __init__(
        self, question: str, hint: str = "", *, text: str = "", check: Callable[[str], object] | None = None
    ) -> None:
        """Take the question, and what stands in the line until something is typed, or what was typed before.

        `check` refuses what cannot be meant; the line stays open then.
        """
        super().__init__()
        self._question, self._hint, self._check = question, hint, check
        self.text = text

    def compose(self) -> ComposeResult:
        """Put the line into a panel at the bottom."""
        with Vertical(id="panel"):
            yield RuleLine(self.glyphs)
            yield Static(Content(safe_line(self._question)), id="question")
            yield LineEntry(self._hint)
            yield StatusLine()
            yield KeyFooter()

    def on_mount(self) -> None:
        """Show the keys, and type at once."""
        self.query_one(KeyFooter).show(footer(Where.WRITE, self.console_app.keymap))
        entry = self.query_one(LineEntry)
        entry.value = safe(self.text)
        entry.focus()

    @on(Typed)
    def _keep(self) -> None:
        self.text = self.query_one(LineEntry).value

    @on(WentOn)
    def action_send(self) -> None:
        """Give back what stands in the line."""
        text = self.query_one(LineEntry).value.strip()
        try:
            if text and self._check:
                self._check(text)
        except Refused as refusal:
            self.add_class("-refused")
            self.say(refusal.sentence, Tone.REFUSED)
        else:
            self.dismiss(text or None)

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
