"""Marks: which cases of the queue an act works on when it works on several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from console.desk import queues
from console.desk.batch import Batch
from console.domain.case import Case, CaseId
from console.domain.words import counted
from console.tui.screens.case_places import CasePlaces
from console.tui.screens.list_moves import ListMoves, Movable
from console.tui.screens.queue_reading import QueueReading
from console.tui.screens.sharing import Sharing


class QueueMarks(ListMoves, QueueReading, CasePlaces, Sharing):
    """A queue whose cases can be marked; marks are cases, not rows, and outlive views and finds.

    The moves come first, because Textual has scrolling of its own under the same names.
    """

    @property
    def moved_list(self) -> Movable:
        """The table of cases."""
        return self.table

    @property
    def at_hand(self) -> Case | None:
        """The case under the cursor."""
        return self.table.case

    @property
    def chosen(self) -> Sequence[CaseId]:
        """The marked cases, lowest number first."""
        return sorted(self.table.marks)

    @property
    def queried(self) -> str:
        """The query of the view that is open."""
        return self.view.query

    @property
    def in_sight(self) -> Mapping[CaseId, int]:
        """The versions of the cases in the window, as they are shown."""
        return {line.case.id: line.case.version for line in self.table.window.lines}

    def action_mark(self) -> None:
        """Mark the case, or take its mark away, and go to the next."""
        if case := self.at_hand:
            self.table.mark(self.table.marks ^ {case.id})
            self.table.move_by(1)
            self.say_position()

    def action_mark_all(self) -> None:
        """Mark everything in the view."""
        self.fetch(partial(queues.every, self.desk, self.actor, self.view.query), self._mark, "marks")

    def action_clear_marks(self) -> None:
        """Take all marks away."""
        self._mark(())

    def all_done(self, batch: Batch) -> None:
        """Take the marks off what was done; what was refused stays marked."""
        self.changed_here = frozenset(each.case.id for each in batch.done)
        self.table.mark(self.table.marks - self.changed_here)

    def _mark(self, ids: Iterable[CaseId]) -> None:
        self.table.mark(ids)
        self.say_position()
        count = len(self.table.marks)
        many = f"{counted(count, 'case')} marked; a, m, i, w, x, T, O and H work on all of them."
        self.say(many if count else "No marks.")
