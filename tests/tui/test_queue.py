"""The queue: what it shows, and how one moves through views, finds and the log."""

from __future__ import annotations

import pytest

from console.desk import closing, triage
from console.domain.case import PersonId, Severity
from console.tui.desk_app import Look
from console.tui.screens.case import CaseScreen
from console.tui.screens.queue import QueueScreen
from console.tui.terminal.environment import Terminal
from console.tui.terminal.glyphs import ASCII
from tests.tui.at_desk import LARGE, SMALL, Bench
from tests.tui.at_queue import a_small_queue, at_queue
from tests.tui.golden import must_be_golden


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_queue_is_shown_as_a_whole(at: Bench, size: tuple[int, int]) -> None:
    ids = a_small_queue(at)
    triage.claim(at.desk, at.bo, ids[1])
    triage.wait(at.desk, at.ada, ids[3], "vendor")
    async with at_queue(at, size) as console:
        await console.rest()

        must_be_golden(console.app, f"queue-{size[0]}x{size[1]}")


async def test_ascii_terminals_get_ascii_signs(at: Bench) -> None:
    at.take_in(title="Zürich: Gebäude „Süd“ ohne Netz…")
    async with at_queue(at, look=Look(Terminal(glyphs=ASCII))) as console:
        await console.rest()

        must_be_golden(console.app, "queue-ascii-80x24")


async def test_an_empty_database_says_what_to_do(at: Bench) -> None:
    async with at_queue(at) as console:
        must_be_golden(console.app, "queue-empty-80x24")


async def test_an_empty_view_says_which_key_helps(at: Bench) -> None:
    a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("7")

        assert "No case is in Waiting now." in console.text
        assert "3 shows 5 open cases" in console.text


@pytest.mark.parametrize("size", [(40, 10), (60, 16), (80, 17)])
async def test_small_terminals_show_the_list_alone(at: Bench, size: tuple[int, int]) -> None:
    a_small_queue(at)
    async with at_queue(at, size) as console:
        assert "sev" in console.text
        assert "? keys" in console.text
        assert "why" not in console.text


async def test_the_next_case_is_one_key_away(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        assert console.cursor == ids[0]

        await console.press("j")
        assert console.cursor == ids[1]
        await console.press("k", "G")
        assert console.cursor == ids[4]
        await console.press("g")
        assert console.cursor == ids[0]
        await console.press("down", "end", "home", "pagedown")
        assert console.cursor == ids[4]


async def test_enter_opens_the_case_and_q_comes_back(at: Bench) -> None:
    a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("enter")
        assert isinstance(console.app.screen, CaseScreen)

        await console.press("q")
        assert isinstance(console.app.screen, QueueScreen)


async def test_marks_survive_views_and_are_cleared_by_star_or_esc(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("space", "4", "3")
        assert console.queue.table.marks == {ids[0]}
        assert "1 marked" in console.text

        await console.press("asterisk")
        assert not console.queue.table.marks
        await console.press("space", "escape")
        assert not console.queue.table.marks


async def test_a_view_is_one_key_away(at: Bench) -> None:
    ids = a_small_queue(at)
    triage.claim(at.desk, at.ada, ids[2])
    async with at_queue(at) as console:
        await console.press("1")
        assert console.shown_ids == [ids[2]]
        await console.press("4")
        assert console.shown_ids == [ids[0]]
        await console.press("right_square_bracket", "left_square_bracket")
        assert console.shown_ids == [ids[0]]
        await console.press("6")
        assert not console.shown_ids


async def test_typing_finds_and_esc_goes_back(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("slash", *"printer")
        await console.rest()
        assert console.shown_ids == [ids[2]]

        await console.press("enter", "j", "escape")
        assert console.shown_ids == ids


async def test_a_query_that_cannot_be_read_is_said_while_it_is_typed(at: Bench) -> None:
    a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("slash", *"tear", "colon", "2")
        await console.rest()

        assert "there is no field tear; did you mean tier?" in console.text
        assert not console.app.sayings


async def test_the_cursor_stays_on_its_case_when_others_change_the_order(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("j", "j")
        triage.change(at.desk, at.bo, ids[4], {"severity": Severity.S1}, "the board")

        console.app.tell_screens()
        await console.settle()
        assert console.cursor == ids[2]
        assert console.shown_ids == [ids[0], ids[4], ids[1], ids[2], ids[3]]


async def test_a_case_that_somebody_took_out_of_the_view_is_told(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("j")
        closing.resolve(at.desk, at.bo, ids[1], "done")

        console.app.tell_screens()
        await console.settle()
        assert console.cursor == ids[2]
        assert console.said == f"Case {ids[1]} has left this view; the cursor is on the next one."


async def test_help_lists_the_keys_and_does_the_chosen_one(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("question_mark")
        must_be_golden(console.app, "help-80x24")

        await console.press(*"claim", "enter")
        assert at.case(ids[0]).handler == PersonId("ada")


async def test_the_log_keeps_what_was_said(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("c", "L")

        assert f"Case {ids[0]}: ada claimed it" in console.text
        await console.press("q")
        assert console.app.screen is console.queue


async def test_p_hides_and_shows_the_preview(at: Bench) -> None:
    a_small_queue(at)
    async with at_queue(at) as console:
        await console.rest()
        assert "Scope" in console.text
        await console.press("p")
        assert "Scope" not in console.text
        await console.press("p")
        await console.rest()
        assert "Scope" in console.text


async def test_y_copies_the_number_and_shows_it(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("y")

        assert console.said == f"Copied {ids[0]}."


async def test_h_opens_the_history(at: Bench) -> None:
    a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("h")

        assert isinstance(console.app.screen, CaseScreen)
        assert "History, newest first" in console.text


async def test_q_closes_the_console(at: Bench) -> None:
    async with at_queue(at) as console:
        await console.press("q")

        assert console.app.return_code == 0


async def test_a_terminal_that_is_too_small_says_which_size_is_needed(at: Bench) -> None:
    a_small_queue(at)
    async with at_queue(at, (39, 10)) as console:
        assert "Triage needs" in console.text
        assert "40x10" in console.text

        await console.resize(80, 24)

        assert "Checkout returns 502" in console.text
