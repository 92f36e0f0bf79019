"""The console of somebody outside a circle: with and without the confidential case every key shows the same screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from console.desk.desk import Desk
from console.domain.case import CaseId
from console.domain.people import Actor
from console.reports.catalogue import REPORTS
from console.tui.app import TriageApp
from console.tui.keys import Key, Where, at
from console.tui.screens import queue_find, queue_reading
from console.tui.screens.case import CaseScreen
from console.tui.screens.report import ReportScreen
from tests.desk.worlds import IN, OUT, WORD, a_pair
from tests.tui.at_desk import LARGE
from tests.tui.at_queue import AtQueue

LEAVES = {"back"}
"""Keys that end the console."""

FINDS = (WORD, "confidential:yes", "id:{}", "source:mail", "severity<=S4 -open")
LEAST_CELLS = 30


@asynccontextmanager
async def console_of(desk: Desk, actor: Actor) -> AsyncIterator[AtQueue]:
    """Run the console of a person, whose cursor need not rest."""
    app = TriageApp(desk, actor)
    async with app.run_test(size=LARGE) as pilot:
        console = AtQueue(app, pilot)
        await console.settle()
        yield console
    app.close_desk()
    desk.store.close()


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue_reading, "PREVIEW_AFTER", 0.001)
    monkeypatch.setattr(queue_find, "FIND_AFTER", 0.001)


async def walked(desk: Desk, actor: Actor, hidden: CaseId, where: Where) -> dict[str, str]:
    """Press every key there is in the queue or in a case, one after another, and give what each led to.

    A key that is added to the program is pressed here without being named.
    """
    shown: dict[str, str] = {}
    async with console_of(desk, actor) as console:
        if where is Where.QUEUE:
            await look_for_it(console, hidden, shown)
        else:
            await find(console, "id:1")
            await console.press("enter")
        await press_each(console, where, shown)
        if isinstance(console.app.screen, CaseScreen):
            await console.press("M", *str(hidden), "f2")
            shown["merge into it"] = console.text + console.said
        shown["messages"] = "\n".join(saying.text for saying in console.app.sayings)
    return shown


async def look_for_it(console: AtQueue, hidden: CaseId, shown: dict[str, str]) -> None:
    """Look for the confidential case by its words and its number."""
    shown["queue"] = console.text
    for text in FINDS:
        await find(console, text.format(hidden))
        shown[f"find {text}"] = console.text + console.said
        await console.press("escape", "escape")


async def find(console: AtQueue, text: str) -> None:
    """Look for something."""
    await console.press("slash", "ctrl+u")
    await console.write(text)
    await console.press("enter")


async def press_each(console: AtQueue, where: Where, shown: dict[str, str]) -> None:
    """Press each key of a place once, and leave whatever it opens."""
    home = console.app.screen
    for key in at(where):
        for pressed in presses(key):
            await console.press(pressed)
            shown[f"{where} {key.id} {pressed}"] = console.text + console.said
            for _ in range(4):
                if console.app.screen is not home or home.query("LineEntry"):
                    await console.press("escape")
            assert console.app.screen is home


def presses(key: Key) -> tuple[str, ...]:
    """Give the ways to press a key that mean different things."""
    return () if key.id in LEAVES else key.keys if "{key}" in key.action else key.keys[:1]


@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    ("role", "is_later", "where"),
    [
        ("agent", False, Where.QUEUE),
        ("lead", True, Where.CASE),
        pytest.param("agent", False, Where.CASE, marks=pytest.mark.full),
        pytest.param("lead", True, Where.QUEUE, marks=pytest.mark.full),
    ],
)
async def test_every_key_shows_an_outsider_the_same(role: str, where: Where, tmp_path: Path, *, is_later: bool) -> None:
    desk, hidden, other = a_pair(tmp_path, is_later=is_later)

    with_it, without_it = [await walked(each, OUT[role], hidden, where) for each in (desk, other)]

    assert len(with_it) > LEAST_CELLS
    for cell, shown in with_it.items():
        assert shown == without_it[cell], cell
        assert WORD not in shown.replace(f"/ {WORD}", "").replace(f"by  {WORD}", ""), cell


@pytest.mark.timeout(400)
@pytest.mark.parametrize("role", ["agent", "lead"])
async def test_every_report_tells_an_outsider_the_same(role: str, tmp_path: Path) -> None:
    desk, hidden, other = a_pair(tmp_path)

    with_it, without_it = [await reports_of(each, OUT[role]) for each in (desk, other)]

    assert with_it == without_it
    assert len(with_it) > len(REPORTS)
    assert all(WORD not in shown and f" {hidden} " not in shown for shown in with_it)


async def reports_of(desk: Desk, actor: Actor) -> list[str]:
    """Give the list of the reports, each report of a year, and what its first and last figure lead to."""
    shown = []
    async with console_of(desk, actor) as console:
        await console.press("F", "p", "3")
        shown.append(console.text)
        await console.press("enter")
        for _ in REPORTS:
            shown.append(console.text)
            for key in ("g", "G"):
                await console.press(key, "enter")
                shown.append(console.text)
                if not isinstance(console.app.screen, ReportScreen):
                    await console.press("escape")
            await console.press("tab")
    return shown


async def test_an_insider_sees_it(tmp_path: Path) -> None:
    desk, _, _ = a_pair(tmp_path)
    async with console_of(desk, IN) as console:
        await console.press("K")
        assert WORD in console.text
