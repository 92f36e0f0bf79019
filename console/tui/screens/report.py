"""One report: its sentence, its table with bars, and from each of its figures the way to the cases behind it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from console.domain.case import CaseId
from console.domain.views import Order, View
from console.reports.catalogue import made
from console.reports.drilling import cases_behind
from console.reports.report import Report, Row
from console.reports.wish import Wish
from console.reports.words import scope
from console.tui.keys import Where, footer
from console.tui.screens.figure_asking import FigureAsking
from console.tui.screens.figure_queue import FigureQueue
from console.tui.screens.figure_rows import (
    COUNTING_ON,
    FINDING,
    NOTHING,
    Laid,
    figure,
    figures_of,
    number_of,
    ordered,
    report_head,
)
from console.tui.widgets.cell_list import CellList
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.rule_line import RuleLine
from console.tui.widgets.sheet import Sheet
from console.tui.widgets.status_line import StatusLine


class ReportScreen(FigureAsking):
    """Shows a report; gives back which it was in the end, what was wished, and the report, where it was counted."""

    WHERE: ClassVar[Where | None] = Where.REPORT
    DEFAULT_CSS = """
    ReportScreen {
        background: $background;
        #head { height: auto; }
        #headings { height: 1; }
        CellList { height: 1fr; }
    }
    """

    def __init__(self, name: str, wish: Wish, report: Report | None = None) -> None:
        """Take which report is wished, of what, and what was counted of it already."""
        super().__init__(wish)
        self._called = name
        self._stands = (name, wish, report)
        self._column = ""

    @property
    def moved_list(self) -> CellList:
        """The rows."""
        return self.query_one(CellList)

    def compose(self) -> ComposeResult:
        """Lay the report out."""
        yield Sheet(id="head")
        yield RuleLine(self.glyphs)
        yield Sheet(id="headings")
        yield CellList(self.glyphs)
        yield RuleLine(self.glyphs, id="position")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show what is counted already, or count."""
        self.query_one(KeyFooter).show(footer(Where.REPORT, self.console_app.keymap))
        self.moved_list.focus()
        if self._report is None:
            self.count_again()
        else:
            self._show()

    def action_next_tab(self) -> None:
        """Show the next report."""
        self._turn(1)

    def action_previous_tab(self) -> None:
        """Show the report before."""
        self._turn(-1)

    def action_move_left(self) -> None:
        """Choose the figure to the left."""
        self._step(-1)

    def action_move_right(self) -> None:
        """Choose the figure to the right."""
        self._step(1)

    def action_open(self) -> None:
        """Show the cases behind the figure in a queue of their own, as soon as they are found."""
        report, row = self._report, self._row
        if report is None or row is None or not number_of(report, row, self._column):
            self.say("No case is behind this figure.")
            return
        drill, told = row.drills[self._column], figure(report, row, self._column)
        if drill.query:
            self.app.push_screen(FigureQueue(View("", "", drill.query, Order.OLDEST)))
            return

        def show(ids: Sequence[CaseId]) -> None:
            self._choose()
            if self.app.screen is self:
                self.app.push_screen(FigureQueue(View("", told, "", Order.OLDEST, only=frozenset(ids))))

        self.query_one("#position", RuleLine).say(FINDING)
        self.count(partial(cases_behind, self.desk, self.actor, report.asked.query, drill), show, self._choose)

    def action_back(self) -> None:
        """Drop what is being counted where something stood before, else go back to the list."""
        if self.is_counting and self._report is not None:
            self.drop()
            self._called, self.wish, _ = self._stands
            self._show()
        else:
            self.dismiss((self._called, self.wish, self._report if self._is_true else None))

    def count_again(self) -> None:
        """Count; what stands there stays until then, unless it is something else."""
        if not self._is_true:
            self.moved_list.show([], "")
            self.query_one("#headings", Sheet).show()
        self.query_one("#head", Sheet).show(report_head(self._called, COUNTING_ON))
        self.count(partial(made, self.desk, self.actor, self._called, self.wish), self._counted_up, self._show)

    @property
    def _report(self) -> Report | None:
        """The report that was counted last."""
        return self._stands[2]

    @property
    def _is_true(self) -> bool:
        """Whether that is what is wished now."""
        return self._stands[:2] == (self._called, self.wish)

    @property
    def _row(self) -> Row | None:
        """The row under the cursor."""
        report = self._report
        return report.rows[self.moved_list.place] if report and report.rows else None

    def _turn(self, steps: int) -> None:
        names = [each.name for each in ordered()]
        self._called = names[(names.index(self._called) + steps) % len(names)]
        self.moved_list.move_to(0)
        self.count_again()

    def _counted_up(self, report: Report) -> None:
        self._stands = (self._called, self.wish, report)
        self._show()

    def _show(self) -> None:
        """Show the report that was counted last, or that there is none."""
        report, head = self._report, self.query_one("#head", Sheet)
        if report is None:
            head.show(report_head(self._called, "It could not be counted; R tries again."))
            return
        head.show(report_head(self._called, report.said, scope(report, self.zone)))
        laid = Laid(report, self.glyphs)
        self.query_one("#headings", Sheet).show(laid.headings)
        self.moved_list.show(laid.items, NOTHING)
        self._choose()

    def _step(self, steps: int) -> None:
        """Choose another figure of the row."""
        report, row = self._report, self._row
        keys = figures_of(report, row) if report and row else []
        if self._column in keys:
            self._column = keys[max(0, min(keys.index(self._column) + steps, len(keys) - 1))]
            self._choose()

    @on(CellList.Moved)
    def _choose(self) -> None:
        """Let the chosen figure stand out, in this row the same column where it leads to cases, and say which it is."""
        report, row, rows = self._report, self._row, self.moved_list
        words, piece = "", -1
        if report and row:
            keys = figures_of(report, row)
            wanted = (self._column, *report.plots, *keys)
            self._column = next((key for key in wanted if key in keys), "")
            at = [f"{rows.place + 1} of {len(report.rows)}"] if len(report.rows) > rows.rows else []
            words = "  ".join([figure(report, row, self._column), *at] if self._column else at)
            piece = Laid(report, self.glyphs).piece_of(self._column, rows.size.width)
        rows.choose(piece)
        self.query_one("#position", RuleLine).say(words)
