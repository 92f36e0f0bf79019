"""One report, and from each of its figures the way to the cases behind it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.desk import queues, triage
from console.domain.views import Order, View
from console.reports.catalogue import REPORTS
from console.tui.desk_app import Look
from console.tui.messages import CasesTouched
from console.tui.screens.case import CaseScreen
from console.tui.screens.figure_queue import FigureQueue
from console.tui.screens.pick import QuickPick
from console.tui.screens.report import ReportScreen
from console.tui.screens.sharing import FREE
from console.tui.terminal.environment import Terminal
from console.tui.terminal.glyphs import ASCII
from tests.builders import a_person
from tests.desk.figured import OLGA
from tests.tui.at_desk import LARGE, SMALL, Bench
from tests.tui.at_queue import at_queue
from tests.tui.at_report import NAMES, at_report, two_days
from tests.tui.golden import must_be_golden


@pytest.fixture(autouse=True)
def _a_past(at: Bench) -> None:
    two_days(at)


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("name", ["flow", "backlog", "solved"])
async def test_a_report_is_shown_as_a_whole(at: Bench, name: str, size: tuple[int, int]) -> None:
    async with at_report(at, name, size) as console:
        await console.press("j", "right")
        must_be_golden(console.app, f"report-{name}-{size[0]}x{size[1]}")


async def test_in_ascii_the_bars_are_of_ascii_too(at: Bench) -> None:
    look = Look(Terminal(ASCII))
    async with at_queue(at, look=look) as console:
        await console.press("F", "j", "enter")
        must_be_golden(console.app, "report-ascii-80x24")
        assert console.text.isascii()


async def test_a_figure_with_a_query_leads_to_a_queue_on_which_everything_works(at: Bench) -> None:
    async with at_report(at, "flow") as console:
        await console.press("enter")
        assert console.said == "No case is behind this figure."
        await console.press("G", "enter")
        found = console.app.screen
        assert isinstance(found, FigureQueue)
        assert [line.case.id for line in found.table.window.lines] == [1, 2, 3, 4, 5, 6]
        assert "q back" in console.text
        await console.press("j", "enter")
        opened = console.app.screen
        assert isinstance(opened, CaseScreen)
        assert opened.case_id == 2
        await console.press("q", "space", "escape")
        assert (console.app.screen, found.table.marks) == (found, frozenset())
        await console.press("1", "slash", *"x", "enter", "escape", "escape")
        assert console.app.screen is found
        await console.press("q")
        assert isinstance(console.app.screen, ReportScreen)


async def test_escape_leaves_the_queue_of_a_figure_step_by_step(at: Bench) -> None:
    async with at_report(at, "flow") as console:
        await console.press("G", "enter", "slash", *"id:1", "escape")
        assert isinstance(console.app.screen, FigureQueue)
        await console.press("escape")
        assert isinstance(console.app.screen, ReportScreen)


async def test_a_figure_without_a_query_leads_to_a_queue_of_its_cases(at: Bench) -> None:
    async with at_report(at, "returns") as console:
        await console.press("enter")
        must_be_golden(console.app, "figure-cases-80x24")
        await console.press("R", "enter")
        assert isinstance(console.app.screen, CaseScreen)
        triage.note(at.desk, at.ada, console.app.screen.case_id, triage.Said("seen"))
        await console.press("q")
        await console.hear()
        assert isinstance(console.app.screen, FigureQueue)
        await console.press("q")
        assert isinstance(console.app.screen, ReportScreen)


async def test_in_it_cases_are_marked_and_acted_on_as_in_any_queue(at: Bench) -> None:
    async with at_report(at, "escalations") as console:
        await console.press("enter")
        listed = console.app.screen
        assert isinstance(listed, FigureQueue)
        ids = [line.case.id for line in listed.table.window.lines]
        assert len(ids) > 1
        await console.press("V")
        assert listed.table.marks == frozenset(ids)
        await console.press("i", *"Looked at", "enter", "y")
        noted = queues.every(at.desk, at.ada, "has:note")
        assert set(ids) <= set(noted)
        assert listed.table.marks == frozenset()
        assert [line.case.id for line in listed.table.window.lines] == ids


async def test_it_can_be_sorted_and_left_for_a_view_and_come_back_to_but_not_be_saved(at: Bench) -> None:
    async with at_report(at, "escalations") as console:
        await console.press("enter")
        listed = console.app.screen
        assert isinstance(listed, FigureQueue)
        ids = [line.case.id for line in listed.table.window.lines]
        await console.press("S")
        assert console.said == "No search finds just these cases, so they cannot be saved as a view."
        await console.press("s", "3")
        assert [line.case.id for line in listed.table.window.lines] == ids[::-1]
        await console.press("9", "slash", *"case", "enter", "escape", "escape")
        assert [line.case.id for line in listed.table.window.lines] == ids
        await console.press("escape")
        assert isinstance(console.app.screen, ReportScreen)


async def test_what_is_shared_out_from_it_is_of_it(at: Bench) -> None:
    new = at.take_in(ref="new", created=at.clock.now)
    async with at_report(at, "solved") as console:
        await console.press("enter", "O")
        assert console.said.startswith("No case of tier 1 in this view is free")
        assert new in queues.every(at.desk, at.ada, FREE)


async def test_a_case_that_is_hidden_meanwhile_leaves_the_list(at: Bench) -> None:
    async with at_report(at, "solved") as console:
        await console.press("enter")
        listed = console.app.screen
        assert isinstance(listed, FigureQueue)
        before = [line.case.id for line in listed.table.window.lines]
        console.app.actor = OLGA_AS_AGENT
        triage.change(at.desk, at.ada, before[0], {"confidential": True})
        listed.post_message(CasesTouched())
        await console.settle()
        assert [line.case.id for line in listed.table.window.lines] == before[1:]


OLGA_AS_AGENT = replace(OLGA, person=a_person("nell"))


async def test_long_lists_are_read_as_they_are_seen(at: Bench) -> None:
    ids = [
        at.take_in(ref=f"r{number}", title=f"Case {number}", due=None, created=at.clock.now, severity="S3")
        for number in range(260)
    ]
    async with at_report(at, "workload") as console:
        listed = FigureQueue(View("", "All of them", "", Order.OLDEST, only=frozenset(ids)))
        await console.open(listed)
        assert len(listed.table.window.lines) < listed.table.window.total == 260
        await console.press("G")
        assert "260 of 260" in console.text
        await console.press("g", "pagedown")
        assert listed.table.place > 3


async def test_what_is_found_behind_a_figure_opens_over_nothing_else(at: Bench) -> None:
    async with at_report(at, "solved") as console:
        report = console.app.screen
        assert isinstance(report, ReportScreen)
        report.action_open()
        report.action_period()
        await console.settle()
        assert isinstance(console.app.screen, QuickPick)


async def test_where_nothing_is_to_be_opened_it_says_so(at: Bench) -> None:
    async with at_report(at, "exhausted") as console:
        assert "Nothing of this is there." in console.text
        await console.press("enter", "left", "right", "j")
        assert console.said == "No case is behind this figure."


async def test_the_next_report_and_the_one_before_are_a_key_away(at: Bench) -> None:
    async with at_report(at, "backlog") as console:
        await console.press("shift+tab")
        assert console.text.startswith(f" {REPORTS[NAMES[-1]].title}")
        await console.press("tab", "right_square_bracket")
        assert console.text.startswith(" Arrivals and closures")
        await console.press("q")
        (at_hand,) = [line for line in console.text.splitlines() if line.startswith("▌")]
        assert "Arrivals and closures" in at_hand


async def test_where_more_rows_are_there_than_fit_it_says_which_one_it_is(at: Bench) -> None:
    async with at_report(at, "backlog", (80, 13)) as console:
        assert "under 4h: all 0  1 of 6" in console.text
        await console.press("G")
        assert "6 of 6" in console.text
    async with at_report(at, "backlog") as console:
        assert "1 of 6" not in console.text
