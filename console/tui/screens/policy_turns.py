"""Which policies were turned on, by whom, when and why."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from console.desk import policies
from console.desk.desk import Desk
from console.desk.policies import Standing
from console.domain import policy_diff
from console.domain.turned import Turn
from console.tui.keys import Where, footer
from console.tui.messages import CasesTouched, PolicyTurned
from console.tui.screens.policy_words import Told, standing_in_words, turns_in_words
from console.tui.screens.scrolling import Scrolling
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.rule_line import RuleLine
from console.tui.widgets.sheet import Row, Rows, Sheet
from console.tui.widgets.status_line import StatusLine

COMPARED = 20
"""Of how many turns, the newest, is said what they changed."""


class PoliciesScreen(Scrolling):
    """Lists every time that a policy was turned on, the newest first."""

    WHERE: ClassVar[Where | None] = Where.POLICIES
    DEFAULT_CSS = """
    PoliciesScreen {
        background: $background;
        #title { height: 1; }
        #main { height: 1fr; }
    }
    """

    def compose(self) -> ComposeResult:
        """Lay the list out."""
        yield Sheet(id="title")
        yield RuleLine(self.glyphs)
        yield Sheet(id="main")
        yield RuleLine(self.glyphs)
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Ask what there was."""
        self.query_one(KeyFooter).show(footer(Where.POLICIES, self.console_app.keymap))
        self._read()

    def action_back(self) -> None:
        """Go back to the policy."""
        self.dismiss(None)

    @on(CasesTouched)
    @on(PolicyTurned)
    def _read(self) -> None:
        self.fetch(partial(_read_all, self.desk), self._show, "policies")

    def _show(self, found: tuple[Sequence[Told], Standing]) -> None:
        turns, standing = found
        now = self.desk.now()

        def headed(width: int) -> list[Row]:
            written = Rows(width)
            written.head("Policies turned on", f"in force: {standing_in_words(standing, now)}")
            return written

        self.query_one("#title", Sheet).show(headed)
        self.sheet.show(turns_in_words(turns, standing, now))


def _read_all(desk: Desk) -> tuple[Sequence[Told], Standing]:
    """Read every turn, and of the newest what they changed."""
    turns = policies.history(desk)
    told = [(turn, _changes(desk, turn) if place < COMPARED else ()) for place, turn in enumerate(turns)]
    return told, policies.in_force(desk)


def _changes(desk: Desk, turn: Turn) -> tuple[str, ...]:
    return policy_diff.changes(policies.text_of(desk, turn.before), policies.text_of(desk, turn.version))
