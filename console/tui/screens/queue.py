"""The queue: home. The views of one's work, the cases of one view, and the case under the cursor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Container

from console.domain.case import CaseId
from console.tui.keys import Where
from console.tui.opening import Seen
from console.tui.screens.queue_acts import QueueActs
from console.tui.screens.queue_confidential import QueueConfidential
from console.tui.screens.queue_find import QueueFind
from console.tui.screens.queue_following import QueueFollowing
from console.tui.screens.queue_marks import QueueMarks
from console.tui.widgets.case_table import CaseTable
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.header_line import HeaderLine
from console.tui.widgets.preview import Preview
from console.tui.widgets.rule_line import RuleLine
from console.tui.widgets.status_line import StatusLine
from console.tui.widgets.tabs_line import TabsLine


class QueueScreen(QueueFollowing, QueueFind, QueueConfidential, QueueMarks, QueueActs):
    """Shows a view and its cases; every key works on the case under the cursor, or on those that are marked."""

    WHERE: ClassVar[Where | None] = Where.QUEUE
    CSS_PATH: ClassVar[str] = "queue.tcss"

    def __init__(self, seen: Seen | None = None) -> None:
        """Take what was read before the screen was there."""
        super().__init__()
        self._seen = seen

    def compose(self) -> ComposeResult:
        """Lay the queue out."""
        yield HeaderLine()
        yield TabsLine()
        with Container(id="work"):
            yield CaseTable(self.glyphs)
            yield RuleLine(self.glyphs, id="divide")
            yield Preview()
        yield RuleLine(self.glyphs, id="position")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show the first cases."""
        self.query_one(KeyFooter).show(self.hints)
        self.table.focus()
        self.begin(self._seen)
        self._seen = None

    def action_toggle_preview(self) -> None:
        """Show or hide the preview."""
        self.toggle_class("-no-preview")
        self.call_after_refresh(self.preview_now)

    def action_board(self) -> None:
        """Show the board, with the same cases marked on both."""
        from console.tui.screens.board import BoardScreen

        self.app.push_screen(BoardScreen(self.chosen), self._marks_back)

    def action_back(self) -> None:
        """Go one step back: out of the find, then the marks."""
        if not self.leave_find() and self.table.marks:
            self.action_clear_marks()

    def _marks_back(self, marks: Iterable[CaseId] | None) -> None:
        """Mark what was marked on the board when it was left."""
        self.table.mark(marks or ())
        self.say_position()

    def action_leave(self) -> None:
        """Close the console."""
        self.app.exit()
