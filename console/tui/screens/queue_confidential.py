"""The queue's way to the confidential cases: there for those who are in a circle, and for nobody else."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.events import Mount

from console.desk import confiding
from console.tui.messages import CaseChanged, CasesTouched, OthersActed
from console.tui.screens.desk_screen import DeskScreen

ENTRY = "confidential"
"""The key that leads there."""


class QueueConfidential(DeskScreen):
    """A queue that knows whether there is any confidential case for the person; without one its key is no key."""

    absent = frozenset({ENTRY})

    def action_show_confidential(self) -> None:
        """Show the confidential cases; where there are none the key does what a key without a meaning does."""
        from console.tui.screens.confidential import ConfidentialScreen

        if ENTRY not in self.absent:
            self.app.push_screen(ConfidentialScreen())

    @on(Mount)
    @on(CaseChanged)
    @on(CasesTouched)
    @on(OthersActed)
    def _look_for_circles(self) -> None:
        self.fetch(partial(confiding.is_in_a_circle, self.desk, self.actor), self._know, ENTRY)

    def _know(self, is_in_a_circle: bool) -> None:  # noqa: FBT001 - an answer
        self.absent = frozenset() if is_in_a_circle else frozenset({ENTRY})
