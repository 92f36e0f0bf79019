"""Sharing cases out: the plan is seen first, changed row by row, done with one key and taken back with one."""

from __future__ import annotations

import pytest

from console.desk import triage
from console.domain.case import PersonId
from console.tui.screens import share_out
from console.tui.screens.queue import QueueScreen
from console.tui.screens.share_out import ShareOutScreen
from tests.tui.at_desk import LARGE, SMALL, Bench
from tests.tui.at_queue import a_small_queue, at_queue, some_people
from tests.tui.golden import must_be_golden


@pytest.fixture(autouse=True)
def _read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(share_out, "READ_AFTER", 0)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_plan_says_who_carries_what_then_and_why(at: Bench, size: tuple[int, int]) -> None:
    ids = a_small_queue(at)
    some_people(at)
    at.can_carry("bo", 2)
    at.can_carry("ada", 1)
    at.can_carry("jun", 1)
    triage.claim(at.desk, at.bo, ids[4])
    async with at_queue(at, size) as console:
        await console.press("V", "O")

        assert isinstance(console.app.screen, ShareOutScreen)
        must_be_golden(console.app, f"share-out-{size[0]}x{size[1]}")
    assert at.case(ids[0]).handler is None


async def test_enter_does_the_plan_and_one_undo_takes_it_back(at: Bench) -> None:
    ids = a_small_queue(at)
    some_people(at)
    async with at_queue(at) as console:
        await console.press("V", "O", "enter")

        assert isinstance(console.app.screen, QueueScreen)
        assert None not in {at.case(each).handler for each in ids}
        assert console.said == "5 cases done; u takes them back together."
        assert not console.queue.table.marks
        await console.press("u")
        assert {at.case(each).handler for each in ids} == {None}


@pytest.mark.parametrize("key", ["n", "escape", "q"])
async def test_a_plan_that_is_left_changes_nothing(at: Bench, key: str) -> None:
    ids = a_small_queue(at)
    some_people(at)
    async with at_queue(at) as console:
        await console.press("V", "O", key)
        assert isinstance(console.app.screen, QueueScreen)
        assert {at.case(each).handler for each in ids} == {None}
        assert len(console.queue.table.marks) == 5


async def test_nobody_agrees_to_a_plan_they_could_not_read_yet(at: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = a_small_queue(at)
    some_people(at)
    monkeypatch.setattr(share_out, "READ_AFTER", 60)
    async with at_queue(at) as console:
        await console.press("V", "O", "enter")
        assert {at.case(each).handler for each in ids} == {None}
        assert console.said.startswith("This is the plan; Enter or y does it")


async def test_without_marks_the_free_cases_of_ones_tier_in_view_are_meant_once_that_is_said(at: Bench) -> None:
    ids = a_small_queue(at)
    some_people(at)
    triage.claim(at.desk, at.bo, ids[0])
    triage.wait(at.desk, at.ada, ids[1], "vendor")
    async with at_queue(at) as console:
        await console.press("slash", *"token", "space", *"or", "space", *"printer", "space", *"or", "space", *"payroll")
        await console.press("enter", "O")
        assert "Plan how to share out 2 free cases of tier 1 in this view?" in console.text
        await console.press("y", "y")
        assert [at.case(each).handler is None for each in ids] == [False, True, False, False, True]

        await console.press("O")
        assert console.said.startswith("No case of tier 1 in this view is free")


async def test_a_row_is_taken_out_or_given_to_somebody_else(at: Bench) -> None:
    ids = a_small_queue(at)
    some_people(at)
    async with at_queue(at) as console:
        await console.press("V", "O", "space", "a", *"kim", "enter")
        assert "Share out: 4 cases to" in console.text
        assert "taken out of the plan" in console.text
        assert "chosen by hand" in console.text
        await console.press("y")

        assert at.case(ids[0]).handler is None
        assert at.case(ids[1]).handler == PersonId("kim")
        assert console.queue.table.marks == {ids[0]}


async def test_a_plan_that_gives_nobody_anything_says_what_helps(at: Bench) -> None:
    ids = a_small_queue(at)
    some_people(at)
    for each in ids:
        triage.claim(at.desk, at.bo, each)
    for name in ("ada", "jun"):
        at.away(name, None)
    async with at_queue(at) as console:
        await console.press("V", "O", "space", "enter")
        assert isinstance(console.app.screen, ShareOutScreen)
        assert console.said == "This plan gives nobody anything: a gives the case to somebody, Esc leaves."


async def test_a_case_that_moved_on_since_the_plan_is_refused_alone_and_stays_marked(at: Bench) -> None:
    ids = a_small_queue(at)
    some_people(at)
    async with at_queue(at) as console:
        await console.press("V", "O")
        triage.claim(at.desk, at.bo, ids[2])
        await console.press("enter")

        assert console.said.startswith("4 cases done, 1 refused (L lists them): bo was first")
        assert console.queue.table.marks == {ids[2]}
