"""The figures: every report in a line, with what it comes to, which is counted one after another."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.events import ScreenResume, ScreenSuspend
from textual.worker import Worker

from console.domain.errors import Refused
from console.reports.catalogue import made
from console.reports.report import Report
from console.reports.wish import Wish
from console.reports.words import scoped
from console.tui.keys import Where, footer
from console.tui.screens.counting import COUNTING
from console.tui.screens.figure_asking import FigureAsking
from console.tui.screens.figure_rows import COUNTING_ON, about, headed, lines, ordered
from console.tui.screens.report import ReportScreen
from console.tui.widgets.cell_list import CellList
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.rule_line import RuleLine
from console.tui.widgets.sheet import Sheet
from console.tui.widgets.status_line import StatusLine


class FiguresScreen(FigureAsking):
    """Lists the reports; Enter opens one. What was counted stands as it was then, until R counts again."""

    WHERE: ClassVar[Where | None] = Where.FIGURES
    DEFAULT_CSS = """
    FiguresScreen {
        background: $background;
        #title { height: 1; }
        CellList { height: 1fr; }
        #about { height: 1; }
    }
    """

    def __init__(self) -> None:
        """Begin with the usual period, and nothing counted."""
        super().__init__(Wish())
        self._made: dict[str, Report] = {}
        self._order = ordered()

    @property
    def moved_list(self) -> CellList:
        """The reports."""
        return self.query_one(CellList)

    def compose(self) -> ComposeResult:
        """Lay the list out."""
        yield Sheet(id="title")
        yield RuleLine(self.glyphs)
        yield CellList(self.glyphs)
        yield RuleLine(self.glyphs, id="position")
        yield Sheet(id="about")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show what there is to count."""
        self.query_one(KeyFooter).show(footer(Where.FIGURES, self.console_app.keymap))
        self.moved_list.focus()
        self._show()

    def action_open(self) -> None:
        """Show the report under the cursor, of the same period and view."""
        name = self._order[self.moved_list.place].name
        self.app.push_screen(ReportScreen(name, self.wish, self._made.get(name)), self._came_back)

    def action_back(self) -> None:
        """Go back to where the figures were opened from."""
        self.dismiss(None)

    def count_again(self) -> None:
        """Forget what was counted, and count everything again."""
        self._made.clear()
        self._show()
        self._go_on()

    @on(ScreenSuspend)
    def _stop(self) -> None:
        """Let what lies over this one count; what is not counted yet is so when this one is on top again."""
        self.drop()

    @on(ScreenResume)
    def _go_on(self) -> None:
        _: Worker[None] = self.run_worker(self._count_all, group=COUNTING, exclusive=True)

    async def _count_all(self) -> None:
        """Count what is not counted yet, from the first on, all as of one moment; a refusal is said once."""
        app, wish = self.console_app, self.wish
        for each in self._order:
            if each.name in self._made:
                continue
            first = next(iter(self._made.values()), None)
            try:
                self._made[each.name] = await app.count(partial(made, self.desk, self.actor, each.name, wish, first))
            except Refused as refusal:
                app.work_failed(refusal)
                return
            except Exception as error:  # noqa: BLE001 - one report fails, the others are counted all the same
                app.work_failed(error)
            self._show()

    @on(CellList.Moved)
    def _tell(self) -> None:
        place = self.moved_list.place
        self.query_one("#about", Sheet).show(about(self._order[place]))
        self.query_one("#position", RuleLine).say(f"{place + 1} of {len(self._order)}")

    def _show(self) -> None:
        first = next(iter(self._made.values()), None)
        of = scoped(first.asked, self.zone) if first else COUNTING_ON
        self.query_one("#title", Sheet).show(headed("Figures", of))
        self.moved_list.show(lines(self._order, self._made, self.glyphs))
        self._tell()

    def _came_back(self, left: tuple[str, Wish, Report | None] | None) -> None:
        """Stand on the report that was left, and take over what was wished there."""
        if left is not None:
            name, wish, report = left
            self.moved_list.move_to([each.name for each in self._order].index(name))
            if wish != self.wish:
                self._made.clear()
                self.wish = wish
            if report is not None:
                self._made[name] = report
            self._show()
