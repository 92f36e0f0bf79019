"""The inbox: what concerns whoever sits here, until they have seen it."""

from __future__ import annotations

import pytest

from console.desk import inbox
from console.tui.screens.case import CaseScreen
from console.tui.screens.inbox import InboxScreen
from tests.tui.at_desk import LARGE, SMALL, Bench
from tests.tui.at_queue import at_queue
from tests.tui.at_time import a_sent_case, look, timed_desk
from tests.tui.golden import must_be_golden


def a_full_inbox(at: Bench) -> None:
    """Give ada late cases, one that nobody has taken, and what came of an escalation."""
    a_sent_case(timed_desk(at))
    at.take_in(ref="b2", title="Payroll export wrong for 3 sites", due=None, severity="S2")
    look(at, minutes=25)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_inbox_is_shown_as_a_whole(at: Bench, size: tuple[int, int]) -> None:
    a_full_inbox(at)
    async with at_queue(at, size) as console:
        await console.press("o")
        must_be_golden(console.app, f"inbox-{size[0]}x{size[1]}")


async def test_how_much_is_new_stands_in_the_top_line(at: Bench) -> None:
    a_full_inbox(at)
    number = inbox.count(at.desk, at.ada)
    async with at_queue(at) as console:
        assert f"{number} for you" in console.text.splitlines()[0]
        await console.press("o", "V", "q")
        assert "for you" not in console.text.splitlines()[0]


async def test_an_empty_inbox_says_what_comes_here(at: Bench) -> None:
    async with at_queue(at) as console:
        await console.press("o")
        must_be_golden(console.app, "inbox-empty-80x24")
        await console.press("tab")
        assert "Nothing has ever concerned you here" in console.text
        await console.press("enter", "space", "V", "q")
        assert console.app.screen is console.queue


async def test_enter_opens_the_case_and_what_concerns_one_about_it_is_seen(at: Bench) -> None:
    a_full_inbox(at)
    async with at_queue(at) as console:
        await console.press("o", "enter")
        opened = console.app.screen
        assert isinstance(opened, CaseScreen)
        left = inbox.entries(at.desk, at.ada)
        assert opened.case_id not in {each.notice.case for each in left}
        await console.press("q")
        assert isinstance(console.app.screen, InboxScreen)


async def test_one_is_seen_and_then_stands_among_all(at: Bench) -> None:
    a_full_inbox(at)
    before = len(inbox.entries(at.desk, at.ada))
    async with at_queue(at) as console:
        await console.press("o", "space")
        assert len(inbox.entries(at.desk, at.ada)) == before - 1
        await console.press("tab")
        assert "seen: " in console.text
        assert f"{before - 1} notices new, {before} in all" in console.text


async def test_what_happens_meanwhile_appears(at: Bench) -> None:
    timed_desk(at)
    at.take_in(due=None)
    async with at_queue(at) as console:
        await console.hear()
        await console.press("o")
        assert "nothing new" in console.text
        look(at, minutes=60)
        await console.hear()
        assert "nobody has taken it for 20 min" in console.text


async def test_a_readonly_console_marks_nothing(at: Bench) -> None:
    a_full_inbox(at)
    before = inbox.count(at.desk, at.ada)
    async with at_queue(at, is_readonly=True) as console:
        await console.press("o", "V")
        assert "--readonly" in console.said
    assert inbox.count(at.desk, at.ada) == before
