"""The keys that take one's newest act back, on however many cases it was, and do it again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from console.desk import undo
from console.desk.batch import Batch
from console.desk.desk import Desk
from console.domain.people import Actor
from console.domain.words import counted
from console.tui.screens.desk_screen import DeskScreen
from console.tui.widgets.status_line import Tone


class TakingBack(DeskScreen):
    """A screen on which undo is about whatever one did last."""

    def action_undo(self) -> None:
        """Take back one's newest act, on whatever case."""
        self._take_back(undo.undo, partial(undo.reach, self.desk, self.actor))

    def action_redo(self) -> None:
        """Do again what one took back last."""
        self._take_back(undo.redo, partial(undo.reach, self.desk, self.actor, again=True))

    def _take_back(self, what: Callable[[Desk, Actor], Batch], reach: Callable[[], int]) -> None:
        """Undo or redo, once it is known on how many cases; not while an act on many still runs."""
        if running := self.console_app.working_on:
            self.say(
                f"Still working on {counted(running, 'case')}; once that is done it can be taken back.", Tone.REFUSED
            )
            return
        do = partial(what, self.desk, self.actor)
        self.fetch(reach, lambda size: self.ask_many(do, size=size), "reach")
