"""The shift handover: written row by row, sent at once, taken on row by row."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.desk import drafts, handover, triage
from console.domain.case import CaseId, PersonId
from console.domain.events import Kind
from console.domain.handover import Words
from console.tui.screens.handover import HandoverScreen
from console.tui.screens.handover_words import HandoverWordsDialog
from console.tui.screens.queue import QueueScreen
from tests.builders import MORNING
from tests.tui.at_desk import LARGE, SMALL, Bench
from tests.tui.at_queue import AtQueue, a_small_queue, at_queue, some_people
from tests.tui.golden import must_be_golden


def mine(at: Bench, number: int = 3) -> list[CaseId]:
    """Let ada have the most urgent cases of a small queue."""
    ids = a_small_queue(at)
    some_people(at)
    for each in ids[:number]:
        triage.claim(at.desk, at.ada, each)
    return ids


def waits_for_ada(at: Bench) -> CaseId:
    """Let bo hand a case over to ada, and give it."""
    case_id = at.take_in(title="Badge reader at gate 3", severity="S3", ref="gate", due=None)
    triage.claim(at.desk, at.bo, case_id)
    words = Words("the vendor calls back at eleven", MORNING + timedelta(hours=2), "ring Kim before noon", "ada")
    handover.write(at.desk, at.bo, {case_id: words})
    return case_id


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_both_parts_are_shown(at: Bench, size: tuple[int, int]) -> None:
    ids = mine(at)
    handover.write(at.desk, at.ada, {ids[1]: Words("ask payroll again", MORNING, "write to them", "bo")})
    waits_for_ada(at)
    async with at_queue(at, size) as console:
        await console.press("H")
        must_be_golden(console.app, f"handover-in-{size[0]}x{size[1]}")
        await console.press("right_square_bracket", "space")
        must_be_golden(console.app, f"handover-out-{size[0]}x{size[1]}")


async def test_everything_goes_out_in_one_batch_after_one_question(at: Bench) -> None:
    ids = mine(at)
    async with at_queue(at) as console:
        await console.press("H", "H")
        assert "Hand over 3 cases? Each stays with its handler until somebody takes it on." in console.text
        await console.press("y")

        last = [at.history(each)[-1] for each in ids[:3]]
        assert {each.kind for each in last} == {Kind.HANDED_OVER}
        assert len({each.batch for each in last}) == 1
        assert at.case(ids[0]).handler == PersonId("ada")
        await console.press("H")
        assert console.said.startswith("Nothing is there to be handed over anew")
        await console.press("u")
        assert [at.history(each)[-1].kind for each in ids[:3]] == [Kind.UNDONE] * 3


async def test_the_words_of_a_row_are_written_and_kept_until_they_are_sent(at: Bench) -> None:
    ids = mine(at, 1)
    async with at_queue(at) as console:
        await write_first(console)
        assert "open      half done" in console.text
        assert "promised  by 12:30" in console.text
        await console.press("escape", "H")
        assert "open      half done" in console.text
        await console.press("H", "y")

        event = at.history(ids[0])[-1]
        assert (event.detail["standing"], event.detail["asks"], event.detail["to"]) == ("half done", "ring Kim", "bo")
        assert at.case(ids[0]).promised_at == MORNING + timedelta(hours=2, minutes=30)
        assert drafts.open_drafts(at.desk, at.ada) == ()


async def write_first(console: AtQueue) -> None:
    """Write words about the first case that goes out."""
    await console.press("H", "enter")
    assert isinstance(console.app.screen, HandoverWordsDialog)
    await console.press("end", *["backspace"] * 60)
    await console.write("half done")
    await console.press("tab")
    await console.write("in 2h")
    await console.press("tab")
    await console.write("ring Kim")
    await console.press("tab")
    await console.write("bo")
    await console.press("f2")


async def test_what_was_typed_and_left_comes_back(at: Bench) -> None:
    ids = mine(at, 1)
    async with at_queue(at) as console:
        await console.press("H", "enter", *"x!", "escape")
        assert isinstance(console.app.screen, HandoverScreen)
        await console.press("enter")
        assert "x!" in console.text
        await console.press("f8")
        assert drafts.found(at.desk, at.ada, ids[0], handover.FORM) is None


async def test_a_time_that_cannot_be_read_and_words_that_say_nothing_stay_in_the_form(at: Bench) -> None:
    mine(at, 1)
    async with at_queue(at) as console:
        await console.press("H", "enter", "tab", *"soon", "f2")
        assert "'soon' is no time" in console.text
        await console.press("shift+tab", "end", *["backspace"] * 60, "tab", *["backspace"] * 4, "f2")
        assert "Say what is open on case 1." in console.text


async def test_rows_are_left_out_and_meant_for_somebody(at: Bench) -> None:
    ids = mine(at)
    async with at_queue(at) as console:
        await console.press("H", "space", "a", *"kim", "enter", "H")
        assert "Hand over 2 cases?" in console.text
        await console.press("y")

        assert at.history(ids[0])[-1].kind is Kind.CLAIMED
        assert at.history(ids[1])[-1].detail["to"] == "kim"
        assert "to" not in at.history(ids[2])[-1].detail


async def test_words_that_are_refused_stay_and_are_told(at: Bench) -> None:
    ids = mine(at, 2)
    async with at_queue(at) as console:
        await console.press("H", "enter", "tab", "tab", "tab", *"zoe", "f2", "H", "y")

        assert "1 refused (L lists them): Nobody is called 'zoe'" in console.said
        assert "zoe" in console.text
        assert at.history(ids[1])[-1].kind is Kind.HANDED_OVER


@pytest.mark.parametrize("key", ["A", "enter"])
async def test_a_row_is_taken_on_with_one_key(at: Bench, key: str) -> None:
    a_small_queue(at)
    some_people(at)
    case_id = waits_for_ada(at)
    async with at_queue(at) as console:
        await console.press("H")
        assert "asks      ring Kim before noon" in console.text
        assert "by 12:00, 1 h 30 min left" in console.text
        await console.press(key)

        assert at.case(case_id).handler == PersonId("ada")
        assert "Nothing waits to be taken on." in console.text
        assert console.said == f"Case {case_id}: ada took it on at the handover from bo."
        await console.press("left_square_bracket", "A")
        assert "This is what you hand over" in console.said


async def test_what_somebody_hands_over_shows_up_while_one_looks(at: Bench) -> None:
    a_small_queue(at)
    some_people(at)
    async with at_queue(at) as console:
        await console.press("H", "right_square_bracket")
        case_id = waits_for_ada(at)
        console.app.tell_screens()
        await console.settle()
        assert "Badge reader at gate 3" in console.text
        await console.press("A")
        assert at.case(case_id).handler == PersonId("ada")


async def test_a_lead_hands_over_what_is_marked_whoever_has_it(at: Bench) -> None:
    ids = mine(at, 0)
    for each in ids[:2]:
        triage.claim(at.desk, at.bo, each)
    async with at_queue(at) as console:
        await console.press("space", "space", "H")
        assert "with bo" in console.text
        await console.press("escape", "j", "space", "H")
        assert "nobody has it, so nobody hands it over" in console.text
        await console.press("H")
        assert "Hand over 2 cases?" in console.text
        await console.press("y")

        assert [row.handover.giver for row in handover.since(at.desk, at.ada, MORNING)] == ["bo", "bo"]


async def test_who_handles_nothing_is_told_what_helps(at: Bench) -> None:
    a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("H")
        assert "You handle no case, so there is nothing to hand over." in console.text
        await console.press("j", "space", "a", "enter", "H", "q")
        assert isinstance(console.app.screen, QueueScreen)
