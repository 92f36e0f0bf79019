"""One report, and from each of its figures the way to the cases behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.desk import triage
from console.domain.figures import Sought, Subject
from console.reports.catalogue import REPORTS
from console.reports.report import Drill
from console.tui.desk_app import Look
from console.tui.messages import CasesTouched
from console.tui.screens.case import CaseScreen
from console.tui.screens.figure_cases import BehindScreen
from console.tui.screens.figure_queue import FigureQueue
from console.tui.screens.report import ReportScreen
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


async def test_a_figure_without_a_query_leads_to_a_list_of_its_cases(at: Bench) -> None:
    async with at_report(at, "returns") as console:
        await console.press("enter")
        must_be_golden(console.app, "figure-cases-80x24")
        await console.press("R", "enter")
        assert isinstance(console.app.screen, CaseScreen)
        triage.note(at.desk, at.ada, console.app.screen.case_id, triage.Said("seen"))
        await console.press("q")
        await console.hear()
        assert isinstance(console.app.screen, BehindScreen)
        await console.press("q")
        assert isinstance(console.app.screen, ReportScreen)


async def test_a_case_that_is_hidden_meanwhile_leaves_the_list(at: Bench) -> None:
    async with at_report(at, "solved") as console:
        await console.press("enter")
        listed = console.app.screen
        assert isinstance(listed, BehindScreen)
        before = [line.case.id for line in listed.moved_list.window.lines]
        console.app.actor = OLGA_AS_AGENT
        triage.change(at.desk, at.ada, before[0], {"confidential": True})
        listed.post_message(CasesTouched())
        await console.settle()
        assert [line.case.id for line in listed.moved_list.window.lines] == before[1:]
        await console.press("enter")


OLGA_AS_AGENT = replace(OLGA, person=a_person("nell"))


async def test_long_lists_are_read_as_they_are_seen(at: Bench) -> None:
    for number in range(120):
        at.take_in(ref=f"r{number}", title=f"Case {number}", due=None, created=at.clock.now, severity="S3")
    async with at_report(at, "workload") as console:
        listed = BehindScreen("Arrived", "", arrived(at))
        await console.open(listed)
        table = listed.moved_list
        assert len(table.window.lines) < table.window.total == 126
        await console.press("G")
        assert "126 of 126" in console.text
        await console.press("g", "pagedown")
        assert table.place > 10


def arrived(at: Bench) -> Drill:
    """Give the way to every case there is."""
    return Drill(Sought(subject=Subject.ARRIVED, until=at.clock.now + timedelta(days=1)), ())


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
