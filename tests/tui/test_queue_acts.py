"""What the queue's keys do to cases, one or many, and how few of them the common tasks take."""

from __future__ import annotations

from console.desk import closing, triage
from console.domain.case import PersonId, Status
from console.tui.screens.case import CaseScreen
from tests.tui.at_desk import Bench
from tests.tui.at_queue import a_small_queue, at_queue, some_people


async def test_t_claims_the_most_urgent_free_case_and_opens_it(at: Bench) -> None:
    ids = a_small_queue(at)
    triage.claim(at.desk, at.bo, ids[0])
    async with at_queue(at) as console:
        await console.press("t")

        assert isinstance(console.app.screen, CaseScreen)
    assert at.case(ids[1]).handler == PersonId("ada")


async def test_t_says_when_nothing_waits(at: Bench) -> None:
    async with at_queue(at) as console:
        await console.press("t")

        assert console.said == "Nothing in tier 1 waits for somebody to take it."


async def test_two_keys_assign_to_somebody_near(at: Bench) -> None:
    ids = a_small_queue(at)
    some_people(at)
    async with at_queue(at) as console:
        await console.press("a", "1")
        assert at.case(ids[0]).handler == PersonId("bo")

        await console.press("j", "a", "k", "i", "enter")
        assert at.case(ids[1]).handler == PersonId("kim")
        await console.press("j", "a", "1")
        assert at.case(ids[2]).handler == PersonId("kim")


async def test_two_keys_move_to_a_tier(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("m", "2")

        case = at.case(ids[0])
        assert (case.tier, case.team) == (2, "")
        assert console.cursor == ids[1]
        assert console.said == f"Case {ids[0]}: ada moved it to tier 2."


async def test_four_keys_move_everything_that_was_found(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("V", "m", "2")
        assert "Move 5 cases to tier 2?" in console.text
        await console.press("y")

        assert {at.case(each).tier for each in ids} == {2}
        assert console.said == "5 cases done; u takes them back together."
        assert not console.queue.table.marks


async def test_a_batch_is_not_done_unless_yes_is_said(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        for key in ("n", "enter", "escape"):
            await console.press("V", "m", "2", key)

        assert {at.case(each).tier for each in ids} == {1}
        assert len(console.queue.table.marks) == 5


async def test_what_a_batch_could_not_do_stays_marked_and_is_told(at: Bench) -> None:
    ids = a_small_queue(at)
    closing.resolve(at.desk, at.ada, ids[0], "restarted")
    async with at_queue(at) as console:
        await console.press("9", "slash", *"status", "colon", "o", "enter")
        await console.press("escape", "9", "right_square_bracket", "space", "3", "space", "m", "2", "y")

        why = f"Case {ids[0]} is resolved; reopen it first."
        assert console.said == f"1 case done, 1 refused (L lists them): {why}"
        assert console.queue.table.marks == {ids[0]}
        await console.press("L")
        assert f"     {ids[0]}: {why}" in console.text


async def test_marked_cases_are_resolved_with_one_sentence(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("space", "space", "x", *"restart", "enter", "y")

        assert [at.case(each).status for each in ids[:3]] == [Status.RESOLVED, Status.RESOLVED, Status.NEW]
        assert at.case(ids[1]).resolution == "restart"


async def test_u_takes_back_the_last_act_wherever_the_cursor_is(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("c", "G", "u")

        assert at.case(ids[0]).handler is None
        await console.press("U")
        assert at.case(ids[0]).handler == PersonId("ada")


async def test_an_act_on_a_case_that_somebody_else_took_names_them(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        triage.claim(at.desk, at.bo, ids[0])
        await console.press("c")

        assert "bo" in console.said
        assert at.case(ids[0]).handler == PersonId("bo")


async def test_a_readonly_console_changes_nothing(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at, is_readonly=True) as console:
        await console.press("c")

        assert at.case(ids[0]).handler is None
        assert console.said.startswith("This console is read-only")
