"""A change to the policy before it is made: what it changes, to be read to its end, and one question."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from console.domain import backtest_words
from console.domain.fitting import Suggestion
from console.domain.safe import safe_line
from console.tui.keys import Where, footer
from console.tui.screens.scrolling import Scrolling
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.rule_line import RuleLine
from console.tui.widgets.sheet import Piece, Row, Rows, Section, Sheet
from console.tui.widgets.status_line import StatusLine

LABEL, COLUMN = 14, 20


class WeighScreen(Scrolling):
    """Gives back whether the person said yes; the default is no."""

    WHERE: ClassVar[Where | None] = Where.WEIGH
    DEFAULT_CSS = """
    WeighScreen {
        background: $background;
        #question { height: auto; padding: 0 1; background: $background; text-style: bold; }
        #main { height: 1fr; }
    }
    """

    def __init__(self, question: str, *sections: Section) -> None:
        """Take the question, and what to read before it is answered."""
        super().__init__()
        self._question, self._sections = question, sections

    def compose(self) -> ComposeResult:
        """Lay out the question and what it is about."""
        yield Static(Content(safe_line(self._question)), id="question")
        yield RuleLine(self.glyphs)
        yield Sheet(*self._sections, id="main")
        yield RuleLine(self.glyphs)
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show the keys."""
        self.query_one(KeyFooter).show(footer(Where.WEIGH, self.console_app.keymap))

    def action_answer_yes(self) -> None:
        """Do it."""
        self.dismiss(True)

    def action_back(self) -> None:
        """Leave it."""
        self.dismiss(False)


def suggested(found: Suggestion) -> Section:
    """Give suggested weights beside those there are, and how either do on the later cases."""

    def drawn(width: int) -> list[Row]:
        written = Rows(width)
        written.head(backtest_words.fitted_to(found))
        for label, *values in (("", "as it is", "suggested"), *backtest_words.suggestion_rows(found)):
            told = "".join(f"{value:>{COLUMN}}" for value in values)
            tone = "muted" if not label else "strong" if len(set(values)) > 1 else ""
            written.append((Piece(f"   {label:<{LABEL}}", "label"), Piece(told, tone)))
        written.gap()
        return written

    return drawn
