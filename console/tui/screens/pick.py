"""Quick pickers: a digit chooses at once, letters narrow down, Enter chooses what is left on top."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key, Paste

from console.tui.keys import Where, footer
from console.tui.screens.desk_screen import DeskDialog
from console.tui.widgets.choices import Choices, Choosable
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.rule_line import RuleLine

LONGEST = 60
LEFT_IN_SIGHT, LEAST_ROWS = 10, 4
"""How many rows of what lies under the list stay to be seen, and how many choices are shown in any case."""


class QuickPick(DeskDialog[str | None]):
    """Gives back the value that was chosen, or None."""

    WHERE: ClassVar[Where | None] = Where.PICK
    CSS_PATH: ClassVar[str] = "pick.tcss"

    def __init__(self, title: str, every: Sequence[Choosable]) -> None:
        """Take what to choose from."""
        super().__init__()
        self._choices = Choices(every, title, self.glyphs)
        self._count = len(every)

    def compose(self) -> ComposeResult:
        """Put the list into a panel at the bottom."""
        with Vertical(id="panel"):
            yield RuleLine(self.glyphs)
            yield self._choices
            yield KeyFooter()

    def on_mount(self) -> None:
        """Take as many rows as there are choices."""
        self._choices.styles.height = min(self._count, max(self.size.height - LEFT_IN_SIGHT, LEAST_ROWS)) + 1
        if self.WHERE is not None:
            self.query_one(KeyFooter).show(footer(self.WHERE, self.console_app.keymap))

    def on_key(self, event: Key) -> None:
        """Take letters to narrow down by; digits and other keys are bound."""
        typed = self._choices.typed
        if event.key == "backspace":
            self._choices.narrow(typed[:-1])
        elif event.key in {"ctrl+u", "ctrl+w"}:
            self._choices.narrow("")
        elif event.is_printable and event.character and not self._chooses(event.character):
            self._choices.narrow((typed + event.character)[:LONGEST])
        else:
            return
        event.stop()

    def _chooses(self, character: str) -> bool:
        """Say whether a digit is one of the choices' own."""
        return self.WHERE is Where.PICK and any(each.key == character for each in self._choices.left)

    def on_paste(self, event: Paste) -> None:
        """Take pasted words as typed."""
        self._choices.narrow((self._choices.typed + event.text.split("\n")[0])[:LONGEST])

    def action_pick(self, digit: str) -> None:
        """Choose by digit."""
        found = [each for each in self._choices.left if each.key == digit]
        if found:
            self.dismiss(found[0].value)

    def action_choose(self) -> None:
        """Choose what the cursor is on."""
        current = self._choices.current
        if current is not None:
            self.dismiss(current.value)

    def turn(self, steps: int) -> None:
        """Move the cursor so many choices down, or up."""
        self._choices.turn(steps)

    def action_next_choice(self) -> None:
        """Go to the next one."""
        self.turn(1)

    def action_previous_choice(self) -> None:
        """Go to the one before."""
        self.turn(-1)

    def action_back(self) -> None:
        """Choose nothing; take back what was typed first."""
        if self._choices.typed:
            self._choices.narrow("")
        else:
            self.dismiss(None)

    def action_show_keys(self) -> None:
        """Say what the keys do: this is a list of what can be chosen already."""
        self.say("Digits choose at once; letters narrow the list down; Enter chooses; Esc leaves.")
