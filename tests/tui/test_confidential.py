"""Confidential cases at the console: their list, the dialog of their circle, and what others see of all that."""

from __future__ import annotations

import pytest

from console.desk import confiding, people, triage
from console.desk.desk import actor
from console.domain.case import CaseId
from console.domain.people import Role
from console.tui.screens.case import CaseScreen
from tests.builders import a_person
from tests.tui.at_desk import LARGE, SMALL, Bench, Session, session
from tests.tui.at_queue import a_small_queue, at_queue, some_people
from tests.tui.golden import must_be_golden


def flat(console: Session) -> str:
    """Give what the screen shows as one line."""
    return " ".join(console.text.split())


def a_secret(at: Bench) -> CaseId:
    """Give a case of the small queue that ada has made confidential, about bo."""
    some_people(at)
    case_id = a_small_queue(at)[1]
    triage.claim(at.desk, at.ada, case_id)
    triage.change(at.desk, at.ada, case_id, {"confidential": True})
    confiding.mark(at.desk, at.ada, case_id, "bo")
    confiding.let_in(at.desk, at.ada, case_id, "kim")
    return case_id


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_confidential_cases_have_a_list_of_their_own(at: Bench, size: tuple[int, int]) -> None:
    a_secret(at)
    async with at_queue(at, size) as console:
        await console.press("K")
        must_be_golden(console.app, f"confidential-{size[0]}x{size[1]}")

        await console.press("enter")
        assert "circle     ada, kim" in console.text
        await console.press("q", "q")
        assert console.app.screen is console.queue


async def test_a_confidential_case_is_marked_in_the_queue_and_at_its_head(at: Bench) -> None:
    a_secret(at)
    async with at_queue(at) as console:
        assert "◆ Payroll export wrong for 3 sites" in console.text
        await console.press("j", "enter")
        assert "confidential  S2  tier 1" in console.text.splitlines()[0]


async def test_without_a_confidential_case_the_key_is_none(at: Bench) -> None:
    some_people(at)
    a_small_queue(at)
    async with at_queue(at) as console:
        before = console.text
        await console.press("K")
        assert (console.text, console.said) == (before, "")
        await console.press("question_mark", *"confid")
        assert "nothing is called like that" in console.text


async def test_with_one_the_key_is_in_help_and_does_it(at: Bench) -> None:
    a_secret(at)
    async with at_queue(at) as console:
        await console.press("question_mark", *"confid", "enter")
        assert "1 case that only their circles know of" in console.text


async def test_a_list_that_has_become_empty_says_so(at: Bench) -> None:
    case_id = a_secret(at)
    async with at_queue(at) as console:
        await console.press("K")
        triage.change(at.desk, at.ada, case_id, {"confidential": False})
        await console.press("R", "j", "enter")
        assert "No confidential case is there for you any more; q goes back." in console.text


async def test_a_case_is_made_confidential_after_saying_who_loses_it(at: Bench) -> None:
    some_people(at)
    case_id = a_small_queue(at)[0]
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        await console.press("K")
        must_be_golden(console.app, "circle-open-80x24")

        await console.press("1")
        assert "Only ada will see case 1. For 3 others it no longer exists. Make it confidential?" in flat(console)
        await console.press("n")
        assert not at.case(case_id).confidential
        await console.press("K", "1", "y")
        assert at.case(case_id).circle == ("ada",)


async def test_people_are_let_in_marked_and_taken_out(at: Bench) -> None:
    case_id = a_secret(at)
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        await console.press("K")
        must_be_golden(console.app, "circle-80x24")

        await console.press("1")
        assert "bo " not in console.text.split("Let somebody in")[1]
        await console.press(*"jun", "enter")
        assert f"jun will see case {case_id} and its whole history. Let somebody in?" in flat(console)
        await console.press("y", "K", "2", *"kim", "enter")
        assert f"kim will no longer see case {case_id}. Take somebody out?" in flat(console)
        await console.press("y")
        assert at.case(case_id).circle == ("ada", "jun")

        await console.press("K", "3", *"jun", "enter")
        assert "no longer exists for jun, and its escalations go round them. Mark a subject?" in flat(console)
        await console.press("y", "K", "4", *"bo", "enter")
        assert "bo is no longer a subject" in flat(console)
        await console.press("y")
        assert at.case(case_id).subjects == ("jun",)


async def test_what_cannot_be_is_refused_before_it_is_asked(at: Bench) -> None:
    case_id = a_secret(at)
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        await console.press("K", "2", *"ada", "enter")
        assert console.said == f"ada owns case {case_id}, and so is in its circle as long as that lasts."
        await console.press("K", "5")
        assert "Everybody will see case 2 and its whole history" in flat(console)
        await console.press("escape", "K", "escape")
        assert at.case(case_id).confidential


async def test_where_nobody_is_known_the_name_is_typed(at: Bench) -> None:
    case_id = at.take_in()
    triage.change(at.desk, at.ada, case_id, {"confidential": True})
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        await console.press("K", "1", *"kim", "enter", "y")
        assert at.case(case_id).circle == ("ada", "kim")


async def test_where_there_is_nobody_to_choose_that_is_said(at: Bench) -> None:
    people.put(at.desk, at.ada, a_person("ada", Role.ADMIN, tier=1))
    case_id = at.take_in()
    triage.change(at.desk, at.ada, case_id, {"confidential": True})
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        await console.press("K", "3")
        assert console.said == "There is nobody to choose: ada only."


async def test_a_case_that_becomes_confidential_leaves_the_screens_of_others(at: Bench) -> None:
    case_id = a_secret(at)
    triage.change(at.desk, at.ada, case_id, {"confidential": False})
    async with at_queue(at) as console:
        console.app.actor = actor(at.desk, "jun")
        await console.press("j", "enter", "i", *"hm")
        triage.change(at.desk, at.ada, case_id, {"confidential": True})
        console.app.tell_screens()
        await console.settle()

        assert console.app.screen is console.queue
        assert "Payroll" not in console.text
        assert f"There is no case {case_id}." in [saying.text for saying in console.app.sayings]
        assert case_id not in console.shown_ids


async def test_a_subject_is_not_suggested_and_escalations_go_round_them(at: Bench) -> None:
    case_id = a_secret(at)
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        await console.press("a")
        assert "jun" in console.text
        assert "bo " not in console.text.split("Assign case")[1]


async def test_the_brief_says_round_whom_it_goes_and_why(at: Bench) -> None:
    some_people(at)
    case_id = a_small_queue(at)[0]
    people.put(at.desk, at.ada, a_person("max", Role.LEAD, tier=3))
    triage.change(at.desk, at.ada, case_id, {"confidential": True})
    confiding.mark(at.desk, at.ada, case_id, "kim")
    async with at_queue(at) as console:
        assert "2 db" not in console.text.splitlines()[3]
        await console.press("e")
        assert "Passes over tier 2 database: a subject of the case would hear of it." in flat(console)
        await console.press("escape", "d")
        assert "ESCALATE to tier 3, Oracle" in console.text


async def test_who_may_not_say_who_sees_a_case_is_told_at_once(at: Bench) -> None:
    some_people(at)
    case_id = a_small_queue(at)[0]
    async with session(at) as console:
        console.app.actor = actor(at.desk, "jun")
        await console.open(CaseScreen(case_id))
        await console.press("K")
        assert console.said == "Nobody owns case 1 yet; ask a lead or an admin to say who may see it."
