"""The confidential cases in whose circle one is: a list of its own, which nobody else has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from console.desk.queues import Stretch
from console.domain.case import Case
from console.domain.views import Order, View
from console.domain.words import counted
from console.tui import opening
from console.tui.keys import Where, footer
from console.tui.messages import CaseChanged, CasesTouched, OthersActed
from console.tui.opening import Seen
from console.tui.screens.case import CaseScreen
from console.tui.screens.case_circle import CaseCircle
from console.tui.screens.list_moves import ListMoves, Movable
from console.tui.widgets.case_table import CaseTable
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.rule_line import RuleLine
from console.tui.widgets.sheet import Row, Rows, Section, Sheet
from console.tui.widgets.status_line import StatusLine

VIEW = View("", "Confidential", "confidential:yes", Order.URGENT)
NONE = "No confidential case is there for you any more; q goes back."


class ConfidentialScreen(ListMoves, CaseCircle):
    """Shows the cases, and of the one under the cursor who knows of it and whom it is about."""

    WHERE: ClassVar[Where | None] = Where.CONFIDENTIAL
    DEFAULT_CSS = """
    ConfidentialScreen {
        background: $background;
        #title { height: 1; }
        CaseTable { height: 1fr; background: $background; }
        #about { height: 5; }
    }
    """

    def compose(self) -> ComposeResult:
        """Lay the list out."""
        yield Sheet(id="title")
        yield RuleLine(self.glyphs)
        yield CaseTable(self.glyphs)
        yield RuleLine(self.glyphs)
        yield Sheet(id="about")
        yield RuleLine(self.glyphs)
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show the first cases."""
        self.query_one(KeyFooter).show(footer(Where.CONFIDENTIAL, self.console_app.keymap))
        self.table.focus()
        self._read(Stretch(0, self.table.size_wanted), self._opened)

    @property
    def table(self) -> CaseTable:
        """The list of cases."""
        return self.query_one(CaseTable)

    @property
    def moved_list(self) -> Movable:
        """The list the keys move through."""
        return self.table

    @property
    def at_hand(self) -> Case | None:
        """The case under the cursor."""
        return self.table.case

    def action_open(self) -> None:
        """Show everything about the case."""
        if case := self.at_hand:
            self.app.push_screen(CaseScreen(case.id))

    def action_back(self) -> None:
        """Go back to the queue."""
        self.dismiss(None)

    @on(CaseChanged)
    @on(CasesTouched)
    @on(OthersActed)
    def _read_again(self) -> None:
        table = self.table
        held = table.case.id if table.case else None
        wanted = Stretch(table.index_wanted, table.size_wanted)
        self.fetch(partial(opening.again, self.desk, self.actor, VIEW, held, wanted), self._shown, "window")

    @on(CaseTable.Wanted)
    def _read_more(self, event: CaseTable.Wanted) -> None:
        self._read(Stretch(event.index, event.size, event.near), self._extended)

    @on(CaseTable.Moved)
    def _tell(self) -> None:
        """Say of the case under the cursor who knows of it."""
        total = self.table.window.total
        self.query_one("#title", Sheet).show(_headed(total))
        self.query_one("#about", Sheet).show(about(self.at_hand))

    def _read(self, wanted: Stretch, then: Callable[[Seen], None]) -> None:
        self.fetch(partial(opening.stretch, self.desk, self.actor, VIEW, wanted), then, "window")

    def _opened(self, seen: Seen) -> None:
        self.table.open(seen.window, seen.now)
        self._tell()

    def _extended(self, seen: Seen) -> None:
        self.table.extend(seen.window, seen.now)
        self._tell()

    def _shown(self, seen: Seen) -> None:
        self.table.show(seen.window, seen.now)
        self._tell()


def _headed(total: int) -> Section:
    """Give the title with how many cases there are."""

    def rows(width: int) -> list[Row]:
        written = Rows(width)
        written.head("Confidential", f"{counted(total, 'case')} that only their circles know of")
        return written

    return rows


def about(case: Case | None) -> Section:
    """Give who knows of a case, by work or by name, and whom it is about."""

    def rows(width: int) -> Sequence[Row]:
        written = Rows(width)
        if case is None:
            written.told("", NONE, "muted", column=0)
            return written
        written.told("circle", ", ".join(case.circle), "strong")
        written.told("by name", ", ".join(case.named) or "nobody; they are in by what they do", "muted")
        written.told("about", ", ".join(case.subjects) or "nobody is marked as a subject", "mark")
        return written

    return rows
