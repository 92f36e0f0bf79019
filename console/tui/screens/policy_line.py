"""Editing one line of the policy where it stands; what is wrong with it is said as it is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from console.domain.policy_draft import Line, Mark
from console.domain.policy_file import Fault
from console.domain.policy_finding import Grade
from console.domain.safe import safe
from console.tui.keys import Hint, Where, footer
from console.tui.screens.desk_screen import DeskDialog
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.policy_rows import GUTTER, foot, gutter, under
from console.tui.widgets.rule_line import RuleLine
from console.tui.widgets.sheet import Sheet
from console.tui.widgets.status_line import StatusLine
from console.tui.widgets.text_entry import LineEntry, Typed, WentOn

LINTED_AFTER = 0.2
"""Seconds after a key until it is said what is wrong."""


@dataclass(frozen=True, slots=True)
class Edited:
    """The line that is edited, the row of the screen it stands in, its table, and how the draft is read with it.

    `remark` gives all faults of the draft with this text in the line; `typed` hears of every change.
    """

    line: Line
    row: Callable[[], int]
    table: str
    remark: Callable[[str], Sequence[Fault]]
    typed: Callable[[str], object]


class PolicyLineDialog(DeskDialog[str | None]):
    """Gives back the line as it was typed, or None."""

    WHERE: ClassVar[Where | None] = Where.WRITE
    DEFAULT_CSS = """
    PolicyLineDialog {
        #line { dock: top; height: 1; background: $background; }
        #gutter { width: 9; background: $background; text-style: bold; }
        #line LineEntry { width: 1fr; padding: 0; }
        #panel { height: auto; background: $background; }
        #foot { height: 3; }
    }
    """

    def __init__(self, edited: Edited) -> None:
        """Take the line."""
        super().__init__()
        self._edited = edited
        self._given = safe(edited.line.text.replace("\t", "    "))
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Put the entry over its line, and what is said of it at the foot."""
        front = f"{self.glyphs.cursor}{gutter(self._edited.line, ())[1:GUTTER]}"
        with Horizontal(id="line"):
            yield Static(Content(front), id="gutter")
            yield LineEntry("an empty line")
        with Vertical(id="panel"):
            yield RuleLine(self.glyphs)
            yield Sheet(id="foot")
            yield StatusLine()
            yield KeyFooter()

    def on_mount(self) -> None:
        """Type at once."""
        self._place()
        self.query_one(KeyFooter).show(self._hints())
        entry = self.query_one(LineEntry)
        with self.prevent(Typed):
            entry.value = self._given
        entry.focus()
        self._remark()

    def on_resize(self) -> None:
        """Follow the line to where it stands now."""
        self.call_after_refresh(self._place)

    def _place(self) -> None:
        self.query_one("#line").styles.margin = (self._edited.row(), 0, 0, 0)

    @on(Typed)
    def _follow(self) -> None:
        self._edited.typed(self._text)
        if self._timer is None:
            self._timer = self.set_timer(LINTED_AFTER, self._remark)

    @on(WentOn)
    def action_send(self) -> None:
        """Give the line back; one that was not touched as it was."""
        self.dismiss(self._text)

    def action_drop_draft(self) -> None:
        """Leave the line as it was."""
        self.dismiss(None)

    def action_next_field(self) -> None:
        """Stay: there is one line only."""

    def action_previous_field(self) -> None:
        """Stay: there is one line only."""

    def action_back(self) -> None:
        """Leave the line as it was."""
        self.dismiss(None)

    def action_show_keys(self) -> None:
        """Say what the keys do."""
        self.say("Enter takes the line into your draft; Esc leaves it as it was.")

    @property
    def _text(self) -> str:
        typed = self.query_one(LineEntry).value
        return self._edited.line.text if typed == self._given else typed

    def _remark(self) -> None:
        self._timer = None
        self.fetch(partial(self._edited.remark, self._text), self._show, "lint")

    def _show(self, found: Sequence[Fault]) -> None:
        """Say what is wrong with this line, else what is wrong elsewhere: an error here may show further down."""
        line, text = self._edited.line, self._text
        if line.mark is Mark.SAME and text != line.text:
            line = replace(line, mark=Mark.CHANGED, was=line.text)
        here = [each for each in found if each.line == line.place + 1]
        elsewhere = [each for each in found if each.grade is Grade.ERROR]
        said = here or [replace(each, sentence=f"line {each.line}: {each.sentence}") for each in elsewhere[:1]]
        self.query_one("#foot", Sheet).show(foot(under(line, self._edited.table, said)))

    def _hints(self) -> list[Hint]:
        words = {"send": replace_words("Enter", "take it"), "back": replace_words("Esc", "leave it")}
        hints = footer(Where.WRITE, self.console_app.keymap)
        return [words[hint.id](hint) if hint.id in words else hint for hint in hints if hint.id in {*words, "keys"}]


def replace_words(key: str, words: str) -> Callable[[Hint], Hint]:
    """Give what makes a hint say this."""
    return lambda hint: replace(hint, key=key, words=words)
