"""Which policies were turned on, by whom, when and why."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import on

from console.desk import policies
from console.desk.desk import Desk
from console.desk.policies import Standing
from console.domain import policy_diff
from console.domain.turned import Turn
from console.tui.keys import Where
from console.tui.messages import CasesTouched, PolicyTurned
from console.tui.screens.page import PageScreen
from console.tui.screens.policy_words import Told, standing_in_words, turns_in_words
from console.tui.widgets.sheet import Row, Rows

COMPARED = 20
"""Of how many turns, the newest, is said what they changed."""


class PoliciesScreen(PageScreen):
    """Lists every time that a policy was turned on, the newest first."""

    WHERE: ClassVar[Where | None] = Where.POLICIES

    def on_mount(self) -> None:
        """Ask what there was."""
        self._read()

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

        self.entitle(headed)
        self.sheet.show(turns_in_words(turns, standing, now))


def _read_all(desk: Desk) -> tuple[Sequence[Told], Standing]:
    """Read every turn, and of the newest what they changed."""
    turns = policies.history(desk)
    told = [(turn, _changes(desk, turn) if place < COMPARED else ()) for place, turn in enumerate(turns)]
    return told, policies.in_force(desk)


def _changes(desk: Desk, turn: Turn) -> tuple[str, ...]:
    return policy_diff.changes(policies.text_of(desk, turn.before), policies.text_of(desk, turn.version))
