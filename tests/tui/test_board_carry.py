"""Carrying cards from column to column: lifted, shown where they would go, dropped as one act, taken back as one."""

from __future__ import annotations

import pytest

from console.desk import assignment, bulk, escalation, people, triage
from console.desk.desk import actor
from console.domain.case import PersonId
from console.domain.people import Role
from tests.builders import a_person
from tests.desk.givens import FULL
from tests.tui.at_board import a_staffed_queue, at_board
from tests.tui.at_desk import Bench
from tests.tui.golden import must_be_golden

BO, JUN, ADA = PersonId("bo"), PersonId("jun"), PersonId("ada")


async def test_a_lifted_card_is_shown_where_it_would_go_and_what_enter_would_do(at: Bench) -> None:
    a_staffed_queue(at)
    async with at_board(at) as console:
        await console.press("j", "l")
        assert console.said == "Lifted 2: left and right carry it to another column; Esc puts it back."
        await console.press("right")

        assert console.said == "Enter moves 2 to tier 2, nobody's yet; Esc puts it back."
        must_be_golden(console.app, "board-carry-80x24")


async def test_enter_drops_it_as_one_act_that_u_takes_back(at: Bench) -> None:
    ids = a_staffed_queue(at)
    async with at_board(at) as console:
        await console.press("j", "l", "right", "right", "enter")
        assert (at.case(ids[1]).tier, console.where, console.card) == (3, "tier 3", ids[1])
        assert console.said == f"Case {ids[1]}: ada moved it to tier 3."

        await console.press("u")
        assert (at.case(ids[1]).tier, console.where, console.card) == (1, "tier 1", ids[1])
        await console.press("U")
        assert at.case(ids[1]).tier == 3


@pytest.mark.parametrize("keys", [("escape",), ("l",), ("q",), ("left", "enter")])
async def test_it_is_put_back_without_a_trace(at: Bench, keys: tuple[str, ...]) -> None:
    ids = a_staffed_queue(at)
    async with at_board(at) as console:
        await console.press("j", "l", "right", *keys)

        assert (console.where, console.card, console.app.screen) == ("tier 1", ids[1], console.board)
        assert console.said == "Put back; nothing has changed."
        assert at.case(ids[1]).version == 1


async def test_while_it_is_lifted_keys_act_on_no_case(at: Bench) -> None:
    ids = a_staffed_queue(at)
    async with at_board(at) as console:
        await console.press("l", "right", "c", "j", "space", "3", "tab", "m", "d")

        assert console.app.screen is console.board
        assert (console.where, at.case(ids[0]).version, console.grid.marks) == ("tier 1", 1, frozenset())
        await console.press("enter")
        assert at.case(ids[0]).tier == 2


async def test_a_refused_drop_says_why_and_the_card_goes_back(at: Bench) -> None:
    ids = a_staffed_queue(at)
    triage.claim(at.desk, at.ada, ids[0])
    escalation.escalate(at.desk, at.ada, ids[0], escalation.Order(brief=FULL, reason=triage.Reason("vip")))
    async with at_board(at) as console:
        await console.press("right", "l", "left", "enter")

        assert "waits to be accepted" in console.said
        assert (console.where, console.card) == ("tier 2", ids[0])
        assert ids[0] in console.cards("tier 2")


async def test_a_case_that_somebody_else_changed_meanwhile_is_not_overrun(at: Bench) -> None:
    ids = a_staffed_queue(at)
    async with at_board(at) as console:
        await console.press("l", "right")
        triage.claim(at.desk, actor(at.desk, "kim"), ids[0])
        await console.press("enter")

        assert "kim" in console.said
        assert at.case(ids[0]).tier == 1


async def test_people_get_and_lose_cases_by_carrying(at: Bench) -> None:
    ids = a_staffed_queue(at)
    async with at_board(at) as console:
        await console.press("right", "3")
        assert (console.where, console.card) == ("bo", ids[5])
        await console.press("l", "right")
        assert console.said == f"Enter gives {ids[5]} to jun; Esc puts it back."
        await console.press("enter")
        assert (at.case(ids[5]).handler, console.where) == (JUN, "jun")

        await console.press("l", "left", "left", "left")
        assert console.said == f"Enter releases {ids[5]}, so that nobody handles it; Esc puts it back."
        await console.press("enter")
        assert (at.case(ids[5]).handler, console.where, console.card) == (None, "nobody", ids[5])


async def test_carrying_to_a_team_moves_there(at: Bench) -> None:
    ids = a_staffed_queue(at)
    async with at_board(at) as console:
        await console.press("2", "l", *["right"] * 3, "enter")

        assert (at.case(ids[0]).tier, at.case(ids[0]).team) == (2, "network")
        assert (console.where, console.card) == ("tier 2 network", ids[0])


async def test_taking_a_case_out_of_somebodys_hands_asks_why(at: Bench) -> None:
    ids = a_staffed_queue(at)
    async with at_board(at) as console:
        await console.press("right", "3", "l", "left", "enter")
        assert f"Take over {ids[5]}" in console.text
        await console.press(*"ill", "enter")

        assert (at.case(ids[5]).handler, console.where) == (ADA, "ada")


async def test_marked_cases_are_carried_together_after_one_question(at: Bench) -> None:
    ids = a_staffed_queue(at)
    async with at_board(at) as console:
        await console.press("space", "space", "l", "right")
        assert "2 marked cases" in console.text
        await console.press("enter")
        assert "Move 2 cases to tier 2?" in console.text
        await console.press("y")

        assert [at.case(each).tier for each in ids[:3]] == [2, 2, 1]
        assert (console.said, console.grid.marks) == ("2 cases done; u takes them back together.", frozenset())
        await console.press("u")
        assert [at.case(each).tier for each in ids[:3]] == [1, 1, 1]


async def test_marked_cases_stay_where_they_are_unless_yes_is_said(at: Bench) -> None:
    ids = a_staffed_queue(at)
    async with at_board(at) as console:
        await console.press("space", "space", "l", "right", "enter", "enter")

        assert (at.case(ids[0]).tier, console.grid.marks) == (1, frozenset(ids[:2]))
        assert not console.board.is_carrying


async def test_marked_cases_can_be_gathered_in_the_column_of_the_cursor(at: Bench) -> None:
    ids = a_staffed_queue(at)
    async with at_board(at) as console:
        await console.press("space", "right", "l", "enter", "y")

        assert at.case(ids[0]).tier == 2


async def test_what_a_carried_batch_could_not_do_stays_marked(at: Bench) -> None:
    ids = a_staffed_queue(at)
    assignment.assign(at.desk, at.ada, ids[0], "bo")
    async with at_board(at) as console:
        await console.press("space", "space", "3", "g", "left", "left", "left", "left", "l", "enter", "y")

        assert console.said.startswith("1 case done, 1 refused (L lists them): ")
        assert (at.case(ids[0]).handler, console.grid.marks) == (None, frozenset({ids[1]}))


async def test_a_card_is_carried_beyond_the_edge_and_back(at: Bench) -> None:
    ids = a_staffed_queue(at)
    async with at_board(at) as console:
        await console.press("2", "l", *["right"] * 8)
        assert "Enter moves 1 to tier 4" in console.said
        assert "< columns 4 to 7 of 7" in console.text
        await console.press("escape")
        assert (console.where, console.card) == ("tier 1", ids[0])
        assert "columns 1 to 4 of 7 >" in console.text

        await console.press("l", *["right"] * 8, "enter")
        assert (at.case(ids[0]).tier, console.where, console.card) == (4, "tier 4", ids[0])


async def test_a_lifted_card_survives_what_others_do(at: Bench) -> None:
    ids = a_staffed_queue(at)
    async with at_board(at) as console:
        await console.press("l", "right")
        bulk.move(at.desk, at.ada, ids[1:3], (2, ""))
        console.app.tell_screens()
        await console.settle()
        assert console.board.is_carrying
        await console.press("enter")

        assert at.case(ids[0]).tier == 2


async def test_a_readonly_board_only_shows(at: Bench) -> None:
    ids = a_staffed_queue(at)
    async with at_board(at, is_readonly=True) as console:
        await console.press("l", "right", "enter")

        assert console.said.startswith("This console is read-only")
        assert at.case(ids[0]).tier == 1


async def test_an_agent_carries_only_what_is_theirs_to_carry(at: Bench) -> None:
    ids = a_staffed_queue(at)
    people.put(at.desk, at.ada, a_person("olga", Role.ADMIN))
    people.put(at.desk, at.ada, a_person("ada", tier=1))
    async with at_board(at) as console:
        await console.press("right", "l", "left", "enter")

        assert console.said.startswith(f"Case {ids[5]} is bo's; ask ")
        assert at.case(ids[5]).tier == 2
