"""Acts on marked cases by keys: what they rest on, what is refused, tags in one line, and many cases at length."""

from __future__ import annotations

import threading

import pytest

from console.desk import assignment, batch, bulk, closing, triage
from console.desk.desk import Desk
from console.domain.case import CaseId, PersonId, Status
from console.tui.screens import desk_screen
from console.tui.screens.confirm import ConfirmDialog
from console.tui.screens.prompt import PromptDialog
from tests.tui.at_desk import Bench
from tests.tui.at_queue import a_small_queue, at_queue, some_people


async def test_a_marked_case_that_somebody_moved_meanwhile_is_not_moved_again(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("V", "m", "2")
        assignment.move(at.desk, at.bo, ids[1], (3, ""))
        await console.press("y")

        assert at.case(ids[1]).tier == 3
        assert {at.case(each).tier for each in ids if each != ids[1]} == {2}
        assert console.said.startswith("4 cases done, 1 refused (L lists them): bo was first: ")
        assert console.queue.table.marks == {ids[1]}


async def test_the_case_at_hand_that_somebody_moved_meanwhile_is_not_moved_again(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("m")
        assignment.move(at.desk, at.bo, ids[0], (3, ""))
        await console.press("2")

        assert at.case(ids[0]).tier == 3
        assert console.said.startswith("bo was first: ")


async def test_marked_cases_that_are_not_in_sight_rest_on_how_they_stood_when_it_was_asked(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("V", "7", "x", *"restart", "enter")
        assert "Resolve 5 cases?" in console.text
        triage.claim(at.desk, at.bo, ids[2])
        await console.press("y")

        assert [at.case(each).status for each in ids].count(Status.RESOLVED) == 4
        assert console.queue.table.marks == {ids[2]}


async def test_a_wait_rests_on_the_case_and_a_note_does_not(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("space", "space", "w", *"vendor", "enter")
        triage.claim(at.desk, at.bo, ids[0])
        await console.press("y")
        assert [at.case(each).status for each in ids[:2]] == [Status.OPEN, Status.WAITING]

        await console.press("asterisk", "space", "space", "i", *"seen", "enter")
        closing.resolve(at.desk, at.bo, ids[2], "done")
        await console.press("y")
        assert console.said == "2 cases done; u takes them back together."


async def test_one_marked_case_needs_no_question(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("space", "m", "2")

        assert at.case(ids[0]).tier == 2
        assert not console.queue.table.marks


async def test_tags_go_on_and_off_in_one_line_and_come_back_with_one_undo(at: Bench) -> None:
    ids = a_small_queue(at)
    bulk.tag(at.desk, at.bo, ids, ["eu"])
    async with at_queue(at) as console:
        await console.press("space", "space", "T", *"vip,", "space", "minus", *"eu", "enter")
        assert "Tag 2 cases +vip -eu?" in console.text
        await console.press("y")
        assert [at.case(each).tags for each in ids[:3]] == [("vip",), ("vip",), ("eu",)]

        await console.press("u")
        assert [at.case(each).tags for each in ids[:2]] == [("eu",), ("eu",)]
        assert console.said == "2 cases taken back; U does it again."
        await console.press("U")
        assert console.said == "2 cases done; u takes them back together."


async def test_a_case_is_tagged_without_a_question_and_shows_the_tags_it_has(at: Bench) -> None:
    ids = a_small_queue(at)
    bulk.tag(at.desk, at.bo, ids, ["eu"])
    async with at_queue(at) as console:
        await console.press("T")
        assert f"Tag case {ids[0]}, now eu" in console.text
        await console.press(*"vip", "enter")
        assert at.case(ids[0]).tags == ("eu", "vip")


async def test_a_line_that_names_no_tag_stays_open_and_says_why(at: Bench) -> None:
    a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("T", *"vip,", "minus", *"vip", "enter")

        assert isinstance(console.app.screen, PromptDialog)
        assert "'vip' cannot be put on and taken off at once." in console.text


async def test_what_was_typed_for_many_is_there_again_after_a_no(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("space", "space", "x", *"restart", "enter", "n", "x")
        assert "restart" in console.text
        await console.press("escape", "x", "enter", "y")
        assert at.case(ids[1]).resolution == "restart"
        await console.press("space", "space", "x")
        assert "restart" not in console.text


async def test_an_undo_that_is_refused_for_all_says_which_case_and_why(at: Bench) -> None:
    ids = a_small_queue(at)
    some_people(at)
    async with at_queue(at) as console:
        await console.press("space", "space", "a", "1", "y")
        bulk.assign(at.desk, at.bo, ids[:2], "kim")
        await console.press("u")

        assert "refused" in console.said
        await console.press("L")
        for each in ids[:2]:
            assert (
                f"     {each}: Undo is not possible: handler of case {each} has been changed since by" in console.text
            )


async def test_while_many_cases_are_worked_on_one_can_move_and_type_and_is_told(
    at: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = a_small_queue(at)
    monkeypatch.setattr(desk_screen, "AT_ONCE", 3)
    monkeypatch.setattr(batch, "MOST", 2)
    monkeypatch.setattr(batch, "TURN", 0)
    gate, write = threading.Event(), Desk.write

    def waiting(desk: Desk, *viewer: object) -> object:
        if threading.current_thread().name.startswith("desk-batches"):
            gate.wait(60)
        return write(desk, *viewer)  # type: ignore[arg-type]

    monkeypatch.setattr(Desk, "write", waiting)
    async with at_queue(at) as console:
        await console.press("V", "m", "2")
        assert "Move 5 cases to tier 2? That is done in 3 parts" in console.text
        await console.press_meanwhile("y", "j", "u")
        await console.until(lambda: "Still working on 5 cases" in console.said)
        assert console.cursor == ids[1]
        await console.press_meanwhile("asterisk", "i", *"hello", "f2")
        await console.until(lambda: len(at.history(ids[1])) == 2)
        gate.set()
        await console.settle()

        assert {at.case(each).tier for each in ids} == {2}
        assert console.said == "5 cases done; u takes them back together."
        await console.press("u")
        assert {at.case(each).tier for each in ids} == {1}


async def test_an_absent_person_is_shown_with_who_stands_in_and_offers_them(at: Bench) -> None:
    ids = a_small_queue(at)
    some_people(at)
    at.away("kim", "jun")
    at.away("bo", None)
    async with at_queue(at) as console:
        await console.press("a")
        assert "away, jun stands in" in console.text
        await console.press(*"kim", "enter")
        assert isinstance(console.app.screen, ConfirmDialog)
        assert f"kim is away. Assign case {ids[0]} to jun, who stands in for them?" in console.text
        await console.press("y")
        assert at.case(ids[0]).handler == PersonId("jun")

        await console.press("j", "a", *"bo", "enter")
        assert console.said == "bo is away and nobody stands in for them; choose somebody else."


async def test_who_is_full_says_so(at: Bench) -> None:
    ids = a_small_queue(at)
    some_people(at)
    at.can_carry("bo", 1)
    triage.claim(at.desk, at.bo, ids[4])
    async with at_queue(at) as console:
        await console.press("a")
        assert "full: 1 of 1" in console.text


async def test_the_log_shows_a_long_report_from_its_beginning(at: Bench) -> None:
    ids = [at.take_in(title=f"Case {number}", ref=str(number)) for number in range(40)]
    for each in ids:
        closing.resolve(at.desk, at.ada, each, "done")
    async with at_queue(at) as console:
        await console.press("9", "right_square_bracket", "V", "m", "2", "y")
        assert console.said.startswith("Nothing done, 40 refused (L lists them): Case ")
        await console.press("L")
        assert "Nothing done, 40 refused" in console.text
        assert CaseId(ids[0]) in console.queue.table.marks
