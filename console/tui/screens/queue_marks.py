"""The queue's marks: which of its cases an act works on when it works on several."""

from __future__ import annotations

from functools import partial

from console.desk import queues
from console.domain.case import Case
from console.tui.screens.list_moves import ListMoves
from console.tui.screens.marking import Markable, Marking
from console.tui.screens.queue_reading import QueueReading


class QueueMarks(ListMoves, QueueReading, Marking):
    """A queue whose cases can be marked; its marks outlive views and finds.

    The moves come first, because Textual has scrolling of its own under the same names.
    """

    @property
    def moved_list(self) -> Markable:
        """The table of cases."""
        return self.table

    @property
    def at_hand(self) -> Case | None:
        """The case under the cursor."""
        return self.table.case

    def action_mark_all(self) -> None:
        """Mark everything in the view."""
        self.fetch(partial(queues.every, self.desk, self.actor, self.view.query), self.take_marks, "marks")
