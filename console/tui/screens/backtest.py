"""What a back-test came to: either policy side by side, and the way to the cases that flip."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from console.domain.words import counted
from console.tui.keys import Where, footer
from console.tui.screens.flips import FlipsScreen
from console.tui.screens.policy_trial import Tested
from console.tui.screens.scrolling import Scrolling
from console.tui.widgets import tested_rows
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.rule_line import RuleLine
from console.tui.widgets.sheet import Row, Rows, Section, Sheet
from console.tui.widgets.status_line import StatusLine, Tone


class BacktestScreen(Scrolling):
    """Shows counts and measures; Enter lists the cases that flip."""

    WHERE: ClassVar[Where | None] = Where.BACKTEST
    DEFAULT_CSS = """
    BacktestScreen {
        background: $background;
        #title { height: 1; }
        #main { height: 1fr; }
    }
    """

    def __init__(self, tested: Tested, *, is_current: bool) -> None:
        """Take what it came to, and whether the draft still is what was tried."""
        super().__init__()
        self._tested, self._is_current = tested, is_current

    def compose(self) -> ComposeResult:
        """Lay the page out."""
        tallies = self._tested.tallies
        first = [tested_rows.flipped(self._tested.flips)] if self._tested.is_of_both else []
        yield Sheet(_headed(self._tested, is_current=self._is_current), id="title")
        yield RuleLine(self.glyphs)
        yield Sheet(*first, tested_rows.measured(tallies), tested_rows.loaded(tallies), id="main")
        yield RuleLine(self.glyphs)
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show the keys."""
        denied = () if self._tested.flips.kept else {"flips"}
        self.query_one(KeyFooter).show(footer(Where.BACKTEST, self.console_app.keymap), denied)

    def action_flips(self) -> None:
        """List the cases that flip."""
        if self._tested.flips.kept:
            self.app.push_screen(FlipsScreen(self._tested.flips))
        else:
            self.say("No case goes another way, so there is none to list.", Tone.REFUSED)

    def action_back(self) -> None:
        """Go back to the policy."""
        self.dismiss(None)


def _headed(tested: Tested, *, is_current: bool) -> Section:
    def drawn(width: int) -> list[Row]:
        written = Rows(width)
        period = {"all": "all that are recorded"}.get(tested.wanted.period, f"of {tested.wanted.period}")
        earlier = "" if is_current else "; your draft has changed since"
        written.head("Back-test", f"{counted(tested.tallies[0].cases, 'case')}, {period}{earlier}")
        return written

    return drawn
