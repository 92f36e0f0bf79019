"""The queue's marks: which of its cases an act works on when it works on several."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from console.desk import queues
from console.domain.case import Case, CaseId
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

    @property
    def queried(self) -> str:
        """The query of the view that is open."""
        return self.view.query

    @property
    def queried_only(self) -> frozenset[CaseId] | None:
        """The cases that alone are in view, in a list that is no query's."""
        return self.view.only

    @property
    def in_sight(self) -> Mapping[CaseId, int]:
        """The versions of the cases in the window, as they are shown."""
        return {line.case.id: line.case.version for line in self.table.window.lines}

    def action_mark_all(self) -> None:
        """Mark everything in the view."""
        self.fetch(
            partial(queues.every, self.desk, self.actor, self.view.query, self.view.only), self.take_marks, "marks"
        )
