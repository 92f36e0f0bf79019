"""The cases behind a figure that no query finds: a list, which is read as it is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from console.desk import figures
from console.desk.desk import Desk
from console.domain.case import CaseId
from console.domain.people import Actor
from console.domain.views import Window
from console.domain.words import counted
from console.reports.drilling import cases_behind
from console.reports.report import Drill
from console.tui.keys import Where, footer
from console.tui.messages import CaseChanged, CasesTouched, OthersActed
from console.tui.screens.case import CaseScreen
from console.tui.screens.counting import Counting
from console.tui.screens.figure_rows import COUNTING_ON, headed
from console.tui.widgets.case_table import CaseTable
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.rule_line import RuleLine
from console.tui.widgets.sheet import Sheet
from console.tui.widgets.status_line import StatusLine


@dataclass(frozen=True, slots=True)
class Page:
    """A window of the cases, and the numbers of all of them, without those that are not there any more."""

    ids: Sequence[CaseId]
    window: Window


class BehindScreen(Counting):
    """Lists the cases that a figure counts, oldest first; Enter opens one."""

    WHERE: ClassVar[Where | None] = Where.BEHIND
    DEFAULT_CSS = """
    BehindScreen {
        background: $background;
        #title { height: 1; }
        CaseTable { height: 1fr; background: $background; }
    }
    """

    def __init__(self, told: str, query: str, drill: Drill) -> None:
        """Take what the figure is called, the query of the report's view, and the way to its cases."""
        super().__init__()
        self._told, self._kept_to, self._drill = told, query, drill
        self._ids: Sequence[CaseId] = ()

    @property
    def moved_list(self) -> CaseTable:
        """The cases."""
        return self.query_one(CaseTable)

    def compose(self) -> ComposeResult:
        """Lay the list out."""
        yield Sheet(id="title")
        yield RuleLine(self.glyphs)
        yield CaseTable(self.glyphs)
        yield RuleLine(self.glyphs, id="position")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Find the cases."""
        self.query_one(KeyFooter).show(footer(Where.BEHIND, self.console_app.keymap))
        self.moved_list.focus()
        self.count_again()

    def count_again(self) -> None:
        """Find the cases again."""
        self._head(COUNTING_ON)
        self.count(partial(cases_behind, self.desk, self.actor, self._kept_to, self._drill), self._found, self._refused)

    def action_open(self) -> None:
        """Show everything about the case."""
        if case := self.moved_list.case:
            self.app.push_screen(CaseScreen(case.id))

    def action_back(self) -> None:
        """Go back to the report."""
        self.dismiss(None)

    @on(CaseTable.Moved)
    def _say_position(self) -> None:
        table = self.moved_list
        total = table.window.total
        self.query_one("#position", RuleLine).say(f"{table.place + 1:,} of {total:,}" if total else "nothing here")

    @on(CaseTable.Wanted)
    def _read_more(self, event: CaseTable.Wanted) -> None:
        self._read(event.index, event.size, self.moved_list.extend)

    @on(CaseChanged)
    @on(CasesTouched)
    @on(OthersActed)
    def _read_again(self) -> None:
        table = self.moved_list
        self._read(table.index_wanted, table.size_wanted, table.show)

    def _found(self, ids: Sequence[CaseId]) -> None:
        self._ids = ids
        self._read_again()

    def _refused(self) -> None:
        self._head("they could not be found; R tries again")

    def _read(self, index: int, size: int, then: Callable[..., None]) -> None:
        """Read some of the cases as they are now."""

        def shown(page: Page) -> None:
            self._ids = page.ids
            then(page.window, self.desk.now())
            self._head(counted(len(page.ids), "case"))
            self._say_position()

        self.fetch(partial(page_of, self.desk, self.actor, self._ids, index, size), shown, "window")

    def _head(self, aside: str) -> None:
        self.query_one("#title", Sheet).show(headed(self._told, aside))


def page_of(desk: Desk, actor: Actor, ids: Sequence[CaseId], index: int, size: int) -> Page:
    """Give a window of cases by their numbers, as far as they are there and may be seen."""
    wanted = ids[index : index + size]
    lines = figures.listed(desk, actor, wanted)
    gone = set(wanted) - {line.case.id for line in lines}
    left = [each for each in ids if each not in gone] if gone else ids
    return Page(left, Window(lines, index, len(left)))
