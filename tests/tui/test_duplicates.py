"""Duplicates at the console: seen in the preview, on the case, where it is decided, as they come; merged by a key."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from console.desk import closing, triage
from console.domain.case import CaseId
from console.tui.screens.case import CaseScreen
from console.tui.screens.decide import DecideScreen
from console.tui.screens.merge import MergeDialog
from tests.builders import MORNING
from tests.tui.at_desk import LARGE, SMALL, Bench, session
from tests.tui.at_queue import at_queue
from tests.tui.golden import must_be_golden

PAYROLL: dict[str, Any] = {
    "title": "Payroll export wrong for 3 sites", "body": "Lyon is missing.", "requester": "kim@acme.example",
    "category": "", "due": None,
}  # fmt: skip


def twice(at: Bench) -> tuple[CaseId, CaseId]:
    """Bring the same in twice, from two systems, twelve minutes apart."""
    first = at.take_in(**PAYROLL, ref="a1")
    later = {"title": "RE: payroll export wrong for 3 sites", "created": MORNING + timedelta(minutes=12)}
    return first, at.take_in(**PAYROLL | later, source="portal", ref="p1")


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_the_case_says_what_it_is_like(at: Bench, size: tuple[int, int]) -> None:
    _, second = twice(at)
    async with session(at, size) as console:
        await console.open(CaseScreen(second))

        must_be_golden(console.app, f"case-like-{size[0]}x{size[1]}")


async def test_one_key_merges_into_what_stands_first(at: Bench) -> None:
    first, second = twice(at)
    async with session(at) as console:
        await console.open(CaseScreen(second))

        await console.press("M")
        must_be_golden(console.app, "merge-pick-80x24")
        await console.press("1")

        assert at.case(second).duplicate_of == first
        await console.press("u")
        assert at.case(second).duplicate_of is None


async def test_any_other_case_is_named_by_its_number(at: Bench) -> None:
    _, second = twice(at)
    other = at.take_in(title="Printer", body="", requester="Lee", organisation="", ref="x")
    async with session(at) as console:
        await console.open(CaseScreen(second))

        await console.press("M", "2")
        assert isinstance(console.app.screen, MergeDialog)
        await console.press(str(other), "enter")

        assert at.case(second).duplicate_of == other


async def test_leaving_the_choice_merges_nothing(at: Bench) -> None:
    _, second = twice(at)
    async with session(at) as console:
        await console.open(CaseScreen(second))
        await console.press("M", "escape")
        assert isinstance(console.app.screen, CaseScreen)
        assert at.case(second).duplicate_of is None


async def test_what_was_merged_is_shown_with_the_survivor(at: Bench) -> None:
    first, second = twice(at)
    triage.attempt(at.desk, at.bo, second, triage.Tried("sent it anew"))
    triage.note(at.desk, at.bo, second, triage.Said("they wait"))
    closing.merge(at.desk, at.bo, second, first)
    async with session(at, LARGE) as console:
        await console.open(CaseScreen(first))

        must_be_golden(console.app, "case-merged-120x40")


async def test_where_it_is_decided_it_is_evidence_and_merging_leaves(at: Bench) -> None:
    first, second = twice(at)
    async with session(at) as console:
        await console.open(DecideScreen(second))
        must_be_golden(console.app, "decide-like-80x24")

        await console.press("M", "1")

        assert at.case(second).duplicate_of == first
        assert not isinstance(console.app.screen, DecideScreen)


async def test_the_preview_says_it_and_new_cases_are_told_as_they_come(at: Bench) -> None:
    async with at_queue(at) as console:
        await console.hear()
        first, second = twice(at)
        await console.hear()

        assert f"New: {second} looks like {first}: same requester and subject, 12 min apart." in console.text
        await console.press("j")
        await console.rest()
        must_be_golden(console.app, "queue-like-80x24")


async def test_an_open_case_hears_of_what_is_like_it_and_what_is_merged_into_it(at: Bench) -> None:
    first = at.take_in(**PAYROLL, ref="a1")
    async with at_queue(at) as console:
        await console.hear()
        await console.press("enter")
        second = at.take_in(**PAYROLL, source="portal", ref="p1")
        await console.hear()
        assert f"like     {second} Payroll export" in console.text

        closing.merge(at.desk, at.bo, second, first)
        await console.hear()
        await console.press("G")
        assert f"Merged into it: {second} Payroll export" in console.text


async def test_marked_cases_are_merged_into_one_of_them_as_one_act(at: Bench) -> None:
    first, second = twice(at)
    third = at.take_in(**PAYROLL, source="portal", ref="p2")
    async with at_queue(at) as console:
        await console.press("V", "M")
        must_be_golden(console.app, "merge-marked-80x24")
        await console.press("1")
        assert f"Merge 2 cases into case {first}?" in console.text
        await console.press("y")

        assert [at.case(each).duplicate_of for each in (first, second, third)] == [None, first, first]
        await console.press("u")
        assert at.case(second).duplicate_of is None


async def test_marked_cases_are_merged_into_any_other_by_its_number(at: Bench) -> None:
    first, second = twice(at)
    async with at_queue(at) as console:
        await console.press("space", "M", "2", "x", "enter")
        assert "Write the number" in console.text
        await console.press("backspace", str(second), "enter")

        assert at.case(first).duplicate_of == second


async def test_a_single_mark_on_what_stays_merges_nothing(at: Bench) -> None:
    first, _ = twice(at)
    async with at_queue(at) as console:
        await console.press("space", "M", "1")
        assert at.case(first).duplicate_of is None


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_it_says_what_solved_the_like_of_a_case(at: Bench, size: tuple[int, int]) -> None:
    for number, how in enumerate(["Ran the export anew with the list of sites put right", "Sent the file by hand"]):
        ended = at.take_in(**PAYROLL, ref=f"e{number}")
        triage.claim(at.desk, at.ada, ended)
        tried = triage.Tried("followed KB-7", article="KB-7", has_worked=True)
        triage.attempt(at.desk, at.ada, ended, tried)
        closing.resolve(at.desk, at.ada, ended, how)
    now = at.take_in(title="Payroll export is wrong again for all sites", requester="lee@acme.example", ref="n1")
    async with session(at, size) as console:
        await console.open(CaseScreen(now))
        must_be_golden(console.app, f"case-solved-{size[0]}x{size[1]}")
        await console.press("d")

        assert isinstance(console.app.screen, DecideScreen)
        must_be_golden(console.app, f"decide-solved-{size[0]}x{size[1]}")
