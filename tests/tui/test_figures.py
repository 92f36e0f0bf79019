"""The list of the reports: counted one after another, of a period and a view, beside everything else."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from console.desk import people, triage, views
from console.domain.case import CaseId
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Role
from console.domain.views import Order, View
from console.reports.catalogue import REPORTS
from console.reports.report import Asked, Definition, Report
from console.tui.screens.figures import FiguresScreen
from tests.builders import a_person
from tests.desk.figured import OLGA
from tests.tui.at_desk import LARGE, SMALL, Bench
from tests.tui.at_queue import at_queue
from tests.tui.at_report import NAMES, at_report, two_days
from tests.tui.golden import must_be_golden


@pytest.fixture(autouse=True)
def _a_past(at: Bench) -> None:
    two_days(at)


def never(*_: object) -> Report:
    """Refuse to make a report."""
    raise Refused("The view has gone.", RefusalCode.NOT_FOUND)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_list_says_of_every_report_what_it_comes_to(at: Bench, size: tuple[int, int]) -> None:
    async with at_queue(at, size) as console:
        await console.press("F")
        must_be_golden(console.app, f"figures-{size[0]}x{size[1]}")


async def test_the_board_leads_there_too_and_q_leads_back(at: Bench) -> None:
    async with at_queue(at) as console:
        await console.press("b", "F")
        assert isinstance(console.app.screen, FiguresScreen)
        await console.press("enter", "q", "q", "q")
        assert console.app.screen_stack == [console.queue]


async def test_the_period_is_chosen_by_name_or_typed(at: Bench) -> None:
    async with at_report(at, "flow") as console:
        await console.press("p", "3")
        assert "2025" in console.text.splitlines()[2]
        await console.press("p", "4", *"yesterday", "enter")
        assert "'yesterday' is no time" in console.text
        await console.press("ctrl+u", *"1d", "enter")
        assert "2 fewer" not in console.text
        since = at.clock.now - timedelta(days=1)
        assert f"{since:%Y-%m-%d %H:%M} to" in console.text
        await console.press("p", "escape", "p", "4", "escape", "v", "escape", "q")
        assert f"{since:%Y-%m-%d %H:%M} to" in console.text


async def test_a_view_narrows_every_figure(at: Bench) -> None:
    views.save(at.desk, at.ada, View("9", "Net", "category:network", Order.URGENT))
    async with at_queue(at) as console:
        await console.press("F", "v", "9")
        assert "view Net" in console.text
        assert "2 cases open" in console.text
        await console.press("enter", "v", "enter")
        assert "view" not in console.text.splitlines()[2]
        await console.press("q")
        assert "view Net" not in console.text
        assert "5 cases open" in console.text


async def test_what_cannot_be_counted_is_said(at: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_queue(at) as console:
        monkeypatch.setitem(REPORTS, "backlog", replace(REPORTS["backlog"], make=never))
        await console.press("F")
        assert "The view has gone." in console.text
        await console.press("enter")
        assert "R tries again" in console.text
        monkeypatch.undo()
        await console.press("R")
        assert "5 cases open" in console.text


async def test_an_error_in_one_report_keeps_no_other_from_being_counted(
    at: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Report:
        raise ZeroDivisionError

    async with at_queue(at) as console:
        monkeypatch.setitem(REPORTS, "backlog", replace(REPORTS["backlog"], make=broken))
        await console.press("F")
        assert "error in the program" in console.said
        console.app.sayings.clear()
        assert "6 cases arrived" in console.text


async def test_many_reports_stand_under_their_kinds(at: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(8):
        monkeypatch.setitem(REPORTS, f"more-{number}", Definition(f"more-{number}", f"More {number}", "x", never))
    async with at_queue(at) as console:
        await console.press("F", "G")
        assert "▌             More 7" in console.text
        await console.press("g")
        assert "▌work         Backlog and age" in console.text


async def test_while_it_is_counted_keys_work_and_escape_drops_it(at: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    counting, dropped = asyncio.Event(), asyncio.Event()

    def slow(_: object, __: object, asked: Asked) -> Report:
        loop.call_soon_threadsafe(counting.set)
        try:
            with at.desk.read() as tx:
                tx.rows(FOR_EVER)
        finally:
            loop.call_soon_threadsafe(dropped.set)
        raise AssertionError(asked)

    after, beyond = NAMES[NAMES.index("flow") + 1 :][:2]
    async with at_report(at, "flow") as console:
        loop = asyncio.get_running_loop()
        monkeypatch.setitem(REPORTS, after, replace(REPORTS[after], make=slow))
        await console.press_meanwhile("tab")
        await counting.wait()
        assert "counting ..." in console.text
        await console.press("escape")
        await dropped.wait()
        assert console.text.startswith(" Arrivals and closures")
        assert "6 cases arrived" in console.text
        counting.clear()
        await console.press_meanwhile("tab")
        await counting.wait()
        await console.press("tab")
        assert console.text.startswith(f" {REPORTS[beyond].title}")
        assert "counting ..." not in console.text


FOR_EVER = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"


async def test_agents_see_of_people_themselves(at: Bench) -> None:
    for name, role in (("ada", Role.AGENT), ("bo", Role.AGENT)):
        people.put(at.desk, OLGA, a_person(name, role, tier=1))
    for case_id, who in ((5, at.ada), (6, at.bo)):
        triage.claim(at.desk, who, CaseId(case_id))
    async with at_report(at, "workload") as console:
        assert "▌ada" in console.text
        assert " bo " not in console.text
