"""The board: what it shows, and how one moves about on it."""

from __future__ import annotations

import pytest

from console.desk import bulk, closing, people
from console.desk.desk import actor
from console.domain.case import CaseId
from console.tui.desk_app import Look
from console.tui.messages import CasesTouched
from console.tui.screens.board import BoardScreen
from console.tui.screens.case import CaseScreen
from console.tui.terminal.environment import Terminal
from console.tui.terminal.glyphs import ASCII
from tests.builders import a_person
from tests.tui.at_board import a_staffed_queue, at_board
from tests.tui.at_desk import LARGE, SMALL, Bench
from tests.tui.at_queue import a_small_queue, at_queue
from tests.tui.golden import must_be_golden


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize(("key", "name"), [("1", "tiers"), ("2", "teams"), ("3", "people")])
async def test_the_board_is_shown_as_a_whole(at: Bench, size: tuple[int, int], key: str, name: str) -> None:
    a_staffed_queue(at)
    async with at_board(at, size) as console:
        await console.press(key)

        must_be_golden(console.app, f"board-{name}-{size[0]}x{size[1]}")


async def test_ascii_terminals_get_an_ascii_board(at: Bench) -> None:
    a_staffed_queue(at)
    at.take_in(title="Zürich: Gebäude „Süd“ ohne Netz…", ref="z")
    async with at_board(at, look=Look(Terminal(glyphs=ASCII))) as console:
        await console.press("3")
        must_be_golden(console.app, "board-ascii-80x24")
        assert console.text.isascii()


async def test_an_empty_board_says_so(at: Bench) -> None:
    async with at_board(at) as console:
        must_be_golden(console.app, "board-empty-80x24")

        await console.press("j", "l", "right", "space", "enter", "V", "q")
        assert console.app.screen is console.queue


async def test_arrows_go_from_card_to_card_and_from_column_to_column(at: Bench) -> None:
    ids = a_staffed_queue(at)
    async with at_board(at) as console:
        assert (console.where, console.card) == ("tier 1", ids[0])

        await console.press("down", "down", "right")
        assert (console.where, console.card) == ("tier 2", console.cards("tier 2")[2])
        await console.press("right")
        assert (console.where, console.card) == ("tier 3", None)
        assert "nothing here" in console.text
        await console.press("left", "G", "left", "left", "g", "k")
        assert (console.where, console.card) == ("tier 1", ids[0])


async def test_tab_and_digits_say_what_the_columns_are_and_the_cursor_stays_on_its_case(at: Bench) -> None:
    ids = a_staffed_queue(at)
    async with at_board(at) as console:
        await console.press("right", "j", "tab")
        assert (console.where, console.card) == ("tier 2 database", ids[6])
        await console.press("tab")
        assert (console.where, console.card) == ("bo", ids[6])
        await console.press("1")
        assert (console.where, console.card) == ("tier 2", ids[6])
        await console.press("left_square_bracket")
        assert console.where == "bo"


async def test_columns_beyond_the_edge_are_told_of_and_come_with_the_cursor(at: Bench) -> None:
    a_staffed_queue(at)
    async with at_board(at) as console:
        await console.press("2")
        assert "columns 1 to 4 of 7 >" in console.text

        await console.press(*["right"] * 4)
        assert "< columns 2 to 5 of 7 >" in console.text
        await console.press(*["right"] * 9)
        assert "< columns 4 to 7 of 7" in console.text
        assert console.where == "tier 4"
        await console.resize(140, 30)
        assert "columns" not in console.text


async def test_a_column_longer_than_what_is_held_is_read_on(at: Bench) -> None:
    for number in range(90):
        at.take_in(title=f"Case {number}", ref=str(number))
    async with at_board(at) as console:
        assert "83 more" in console.text
        await console.press("G")
        assert (console.card, "90 of 90" in console.text) == (CaseId(90), True)
        await console.press(*["pageup"] * 4)
        assert console.card == CaseId(62)
        await console.press("g", *["pagedown"] * 6)
        assert console.card == CaseId(43)

        await console.resize(80, 40)
        assert console.card == CaseId(43)


async def test_small_terminals_show_fewer_columns(at: Bench) -> None:
    a_staffed_queue(at)
    async with at_board(at, (40, 10)) as console:
        assert "more >" in console.text
        assert "Checkout returns" in console.text
        await console.press("right", "right")
        assert "<  >" in console.text
        await console.press("right")
        assert "< more" in console.text


async def test_enter_opens_the_case_and_b_or_q_come_back(at: Bench) -> None:
    a_staffed_queue(at)
    async with at_board(at) as console:
        for back in ("q", "b"):
            await console.press("enter")
            assert isinstance(console.app.screen, CaseScreen)
            await console.press(back)
            assert isinstance(console.app.screen, BoardScreen)


async def test_a_case_has_the_board_one_key_away(at: Bench) -> None:
    a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("enter", "b")
        assert isinstance(console.app.screen, BoardScreen)

        await console.press("escape")
        assert isinstance(console.app.screen, CaseScreen)


async def test_marks_are_the_same_on_queue_and_board(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("space", "b", "space", "space", "q")

        assert console.queue.table.marks == {ids[1]}
        assert "1 marked" in console.text


async def test_esc_clears_the_marks_before_it_leaves(at: Bench) -> None:
    a_staffed_queue(at)
    async with at_board(at) as console:
        await console.press("space", "V")
        assert len(console.grid.marks) == 5
        await console.press("right", "V")
        assert len(console.grid.marks) == 10

        await console.press("escape")
        assert (console.grid.marks, console.app.screen) == (frozenset(), console.board)
        await console.press("escape")
        assert console.app.screen is console.queue


async def test_the_cursor_follows_its_case_when_somebody_moves_it(at: Bench) -> None:
    ids = a_staffed_queue(at)
    async with at_board(at) as console:
        await console.press("j")
        bulk.move(at.desk, actor(at.desk, "kim"), [ids[1]], (2, "network"))
        console.app.tell_screens()
        await console.settle()

        assert (console.where, console.card) == ("tier 2", ids[1])


async def test_a_case_that_left_the_board_is_told_and_the_next_one_is_at_hand(at: Bench) -> None:
    ids = a_staffed_queue(at)
    async with at_board(at) as console:
        await console.press("j")
        closing.resolve(at.desk, at.ada, ids[1], "done")
        for _ in range(3):
            console.board.post_message(CasesTouched())
        await console.settle()

        assert console.said == f"Case {ids[1]} has left the board; the cursor is on the next one."
        assert (console.where, console.card) == ("tier 1", ids[2])


async def test_somebody_absent_is_shown_as_away(at: Bench) -> None:
    a_staffed_queue(at)
    people.put(at.desk, at.ada, a_person("bo", tier=2, teams=("database",), capacity=3, is_absent=True))
    async with at_board(at) as console:
        await console.press("3")

        assert "bo, away" in console.text


async def test_the_other_keys_work_on_the_card_as_in_the_queue(at: Bench) -> None:
    ids = a_staffed_queue(at)
    async with at_board(at) as console:
        await console.press("c")
        assert at.case(ids[0]).handler == "ada"
        await console.press("u", "m", "2")
        assert (at.case(ids[0]).tier, console.where, console.card) == (2, "tier 2", ids[0])
        await console.press("a", "b", "o", "enter", "x", *"restarted", "f2")
        assert not at.case(ids[0]).status.is_live
        await console.press("question_mark", *"lift", "enter")
        assert console.board.is_carrying


async def test_an_arrow_key_draws_only_what_changes(at: Bench) -> None:
    a_staffed_queue(at)
    async with at_board(at) as console:
        before = [*console.grid._rows]  # noqa: SLF001 - what was drawn
        await console.press("down")
        after = console.grid._rows  # noqa: SLF001 - what is drawn

        assert sum(old != new for old, new in zip(before, after, strict=True)) == 4
