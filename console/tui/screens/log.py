"""The log: what the console has said since it was opened, newest at the end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from console.domain.words import counted
from console.tui.keys import Where, footer
from console.tui.screens.scrolling import Scrolling
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.rule_line import RuleLine
from console.tui.widgets.sheet import Row, Rows, Section, Sheet
from console.tui.widgets.status_line import SIGNS, Saying, StatusLine, Tone

COLOURS = {Tone.REFUSED: "escalate", Tone.FAILED: "late", Tone.NOTE: "muted"}


class LogScreen(Scrolling):
    """Shows past messages in full."""

    WHERE: ClassVar[Where | None] = Where.LOG
    DEFAULT_CSS = """
    LogScreen {
        #title { height: 1; padding: 0 1; text-style: bold; }
        #main { height: 1fr; }
    }
    """

    def compose(self) -> ComposeResult:
        """Lay the log out."""
        said = counted(len(self.console_app.sayings), "message")
        yield Static(Content(f"Log  {said} since this console was opened"), id="title")
        yield RuleLine(self.glyphs)
        yield Sheet(told(self.console_app.sayings), id="main")
        yield RuleLine(self.glyphs)
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Begin at the newest."""
        self.query_one(KeyFooter).show(footer(Where.LOG, self.console_app.keymap))
        self.call_after_refresh(self._move_to_newest)

    def action_back(self) -> None:
        """Go back to where the log was opened from."""
        self.dismiss(None)

    def _move_to_newest(self) -> None:
        """Show the end, or where a long report begins."""
        newest = told(tuple(self.console_app.sayings)[-1:])(self.sheet.scrollable_content_region.width)
        if len(newest) > self.sheet.size.height:
            self.sheet.scroll_to(y=len(self.sheet.rows) - len(newest), animate=False)
        else:
            self.action_move_final()


def told(sayings: Iterable[Saying]) -> Section:
    """Give past messages as rows, each wrapped."""
    every = tuple(sayings)

    def rows(width: int) -> list[Row]:
        written = Rows(width)
        for saying in every:
            written.told("", SIGNS[saying.tone] + saying.text, COLOURS.get(saying.tone, ""), indent=1, column=0)
            for line in saying.report:
                written.told("", line, indent=5, column=0)
        if not every:
            written.told("", "Nothing has been said yet.", "muted", indent=1, column=0)
        return written

    return rows
