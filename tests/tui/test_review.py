"""The review at the console: the timeline over the questions, actions as rows, all of it sent in one."""

from __future__ import annotations

import pytest

from console.desk import closing, escalation, people, reviewing, triage, undo
from console.domain.case import CaseId, PersonId
from console.domain.escalation import ReturnReason
from console.domain.events import Kind
from console.domain.people import Person
from console.domain.review import Need
from console.tui.screens.case import CaseScreen
from console.tui.screens.review import ReviewedScreen, ReviewScreen
from console.tui.widgets.review_form import ReviewForm
from console.tui.widgets.text_entry import LineEntry
from tests.builders import an_actor
from tests.tui.at_desk import LARGE, SMALL, Bench, Session, session
from tests.tui.at_time import a_sent_case, look, timed_desk
from tests.tui.golden import must_be_golden


def solved_above(at: Bench) -> CaseId:
    """Give a case that bo has solved above, after an attempt below and a return."""
    bo = an_actor("bo", tier=2, teams=("database",))
    case_id = a_sent_case(timed_desk(at))
    look(at, minutes=7)
    escalation.hand_back(at.desk, bo, case_id, ReturnReason.INCOMPLETE_BRIEF, "which pool?")
    look(at, minutes=12)
    triage.attempt(at.desk, at.ada, case_id, triage.Tried("restarted the pool", error="HTTP 502"))
    escalation.escalate(at.desk, at.ada, case_id, a_full_order())
    look(at, minutes=90)
    escalation.accept(at.desk, bo, case_id)
    look(at, minutes=20)
    closing.resolve(at.desk, bo, case_id, "cache cleared")
    return case_id


def a_full_order() -> escalation.Order:
    """Give what is sent up, whatever the recommendation says."""
    from tests.desk.givens import FULL

    return escalation.Order(brief=FULL, reason=triage.Reason("vip"))


async def write_all(console: Session) -> None:
    """Fill in the review and an action."""
    await console.write("the cache was full")
    await console.press("tab")
    await console.write("no rights")
    await console.press("tab", "3", "tab")
    await console.write("restart")
    await console.press("tab")
    await console.write("Ask for the right to restart")
    await console.press("tab")
    await console.write("bo")
    await console.press("tab")
    await console.write("14d")


def what(console: Session) -> str:
    """Give what stands in the first action."""
    return console.app.screen.query_one("#what1", LineEntry).value


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_d_opens_how_it_went_over_what_is_asked(at: Bench, size: tuple[int, int]) -> None:
    case_id = solved_above(at)
    async with session(at, size) as console:
        await console.open(CaseScreen(case_id))
        await console.press("D")
        assert isinstance(console.app.screen, ReviewScreen)
        must_be_golden(console.app, f"review-{size[0]}x{size[1]}")


async def test_f2_files_the_review_and_opens_its_actions(at: Bench) -> None:
    case_id = solved_above(at)
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        await console.press("D")
        await write_all(console)
        must_be_golden(console.app, "review-filled-80x24")
        await console.press("f2")
        assert isinstance(console.app.screen, CaseScreen)
        assert "1 action asked for" in console.said
        (action,) = reviewing.actions_of(at.desk, at.ada, case_id)
        assert f"{action.id} open, bo, due" in console.text
        await console.press("D")
        assert isinstance(console.app.screen, ReviewedScreen)
        await console.press("G")
        must_be_golden(console.app, "reviewed-80x24")
        await console.press("q", "u")
        assert "2 cases taken back" in console.said
    told = at.history(case_id)[-2]
    assert (told.kind, told.detail["need"], told.detail["needs"]) == (Kind.REVIEWED, Need.ACCESS, "restart")


async def test_there_is_always_room_for_one_more_action(at: Bench) -> None:
    case_id = solved_above(at)
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        await console.press("D")
        await write_all(console)
        for number in range(2, 8):
            await console.press("tab")
            await console.write(f"Thing {number}")
            assert f"Thing {number}" in console.text
            await console.press("tab")
            await console.write("bo")
            await console.press("tab")
            await console.write("14d")
        must_be_golden(console.app, "review-many-80x24")
        await console.press("escape", "D")
        form = console.app.screen.query_one(ReviewForm)
        assert [form.words[f"what{number}"] for number in (1, 7, 8)] == ["Ask for the right to restart", "Thing 7", ""]
        await console.press("f2")
        assert "7 actions asked for" in console.said
    titles = [each.title for each in reviewing.actions_of(at.desk, at.ada, case_id)]
    assert titles == ["Ask for the right to restart", *(f"Thing {number}" for number in range(2, 8))]


async def test_an_action_without_a_date_is_not_filed_and_what_was_typed_stays(at: Bench) -> None:
    case_id = solved_above(at)
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        await console.press("D")
        await write_all(console)
        await console.press(*["backspace"] * 3, "f2")
        assert "Action 1 does not say by when" in console.said
        await console.press("escape", "D")
        assert "Your draft" in console.said
        assert what(console) == "Ask for the right to restart"
        await console.press("f8", "D")
        assert what(console) == ""
        await console.press("f2")
        assert "needs what happened" in console.said


async def test_a_name_is_completed_as_it_is_typed(at: Bench) -> None:
    case_id = solved_above(at)
    people.put(at.desk, at.ada, Person(id=PersonId("bodo")))
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        await console.press("D")
        await write_all(console)
        console.app.screen.query_one("#owner1").focus()
        await console.press("backspace", "backspace")
        await console.write("bod")
        await console.press("f2")
    (action,) = reviewing.actions_of(at.desk, at.ada, case_id)
    assert action.owner == "bodo"
    assert len(undo.undo(at.desk, at.ada).done) == 2


async def test_a_line_that_is_left_shows_how_it_begins_and_where_one_types_when_taken_up_again(at: Bench) -> None:
    case_id = solved_above(at)
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        await console.press("D")
        console.app.screen.query_one("#what1").focus()
        await console.write("Write down how to see that it is a release of the night")
        assert "of the night" in console.text
        await console.press("tab")
        assert "Write down how" in console.text
        assert "of the night" not in console.text
        await console.press("shift+tab")
        assert "of the night" in console.text


async def test_the_timeline_is_scrolled_while_one_types(at: Bench) -> None:
    case_id = solved_above(at)
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        await console.press("D")
        assert "What the case says" not in console.text
        await console.press("pagedown", "pagedown")
        assert "it was returned as incomplete brief" in console.text
        await console.press("pageup", "pageup")
        assert "opened" in console.text
