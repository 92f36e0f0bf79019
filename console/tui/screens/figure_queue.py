"""The cases behind a figure: a queue of their own, over the report."""

from __future__ import annotations

from dataclasses import replace

from console.domain.errors import RefusalCode, Refused
from console.domain.views import View
from console.tui.keys import Hint
from console.tui.opening import Seen
from console.tui.screens.queue import QueueScreen
from console.tui.screens.queue_words import standing
from console.tui.widgets.header_line import HeaderLine


class FigureQueue(QueueScreen):
    """A queue over a report, which begins with the cases of a figure and is left back to it."""

    def __init__(self, view: View) -> None:
        """Take the view that holds the cases."""
        super().__init__()
        self.view = self.own = self.behind = self._before = self._first = view

    @property
    def hints(self) -> tuple[Hint, ...]:
        """The keys that stand in the footer; the last one closes no console here."""
        return tuple(replace(hint, words="back") if hint.is_last else hint for hint in super().hints)

    def begin(self, seen: Seen | None) -> None:  # noqa: ARG002 - nothing of these cases was read before
        """Show the cases of the figure."""
        self.query_one(HeaderLine).standing = standing(self.desk, self.actor, self.around)
        self.show_as(self.view)

    def action_back(self) -> None:
        """Go one step back: out of what is typed, the marks, another view; then to the report."""
        first = self._first
        is_first = replace(self.view, order=first.order, grouping=first.grouping) == first
        if self.entry is not None or (not self.view.name and not is_first):
            super().action_back()
        elif self.table.marks:
            self.action_clear_marks()
        elif is_first:
            self.dismiss(None)
        else:
            self._before = first
            self.open_saved(first)

    def action_save_view(self) -> None:
        """Save what is shown as a view, unless no query finds it. Refused: a list by numbers."""
        if self.view.only is not None:
            raise Refused("No search finds just these cases, so they cannot be saved as a view.", RefusalCode.BAD_INPUT)
        super().action_save_view()

    def action_leave(self) -> None:
        """Go back to the report."""
        self.dismiss(None)
