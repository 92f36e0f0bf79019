"""What somebody else does to a case between opening a form and sending it: told, merged where it can be, never lost."""

from __future__ import annotations

import pytest
from textual.screen import Screen

from console.desk import assignment, escalation, presence, triage
from console.desk.escalation import Order
from console.desk.triage import Said
from console.domain.brief import Brief
from console.domain.case import CaseId, Choice, Severity
from console.domain.checklist import FACTORS
from console.domain.presence import Doing
from console.tui.screens.attempt import AttemptDialog
from console.tui.screens.case import CaseScreen
from console.tui.screens.decide import DecideScreen
from console.tui.screens.escalate import EscalateScreen
from console.tui.screens.note import NoteDialog
from console.tui.screens.resolve import ResolveDialog
from console.tui.widgets.case_head import CaseHead
from tests.tui.at_desk import Bench, Session, session

BRIEF = Brief(issue="Checkout is down", consequences="4,000 EUR a minute", help="Look at the database")


def a_case(at: Bench) -> CaseId:
    """Give a case that ada handles."""
    case_id = at.take_in(affected=12_000, severity="S2")
    triage.claim(at.desk, at.ada, case_id)
    return case_id


async def decided(console: Session, case_id: CaseId) -> DecideScreen:
    """Open the checklist, and answer the first question that matters."""
    screen = DecideScreen(case_id)
    await console.open(screen)
    await console.hear()
    await console.press("2")
    return screen


def company(console: Session) -> str:
    """Give who else is said to be at the case on the screen."""
    return console.app.screen.query_one(CaseHead).company


async def test_an_open_case_says_who_did_what_when_and_shows_it(at: Bench) -> None:
    case_id = a_case(at)
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        await console.hear()
        assignment.assign(at.desk, at.bo, case_id, "kim")

        await console.hear()

        assert console.said == "bo assigned it from ada to kim, 10:30."
        assert "handler    kim" in console.text


async def test_what_happens_to_other_cases_is_not_said_here(at: Bench) -> None:
    case_id, other = a_case(at), at.take_in(ref="other")
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        await console.hear()
        triage.claim(at.desk, at.bo, other)

        await console.hear()

        assert not console.app.sayings


async def test_an_open_case_says_who_else_is_at_it(at: Bench) -> None:
    case_id = a_case(at)
    async with session(at) as console:
        presence.see(at.desk, at.bo, "two", case_id, Doing.EDITING)
        await console.hear()
        await console.open(CaseScreen(case_id))
        assert "bo is editing  S2  tier 1" in console.text.splitlines()[0]

        presence.see(at.desk, at.bo, "two", case_id, Doing.LOOKING)
        await console.hear()
        assert company(console) == "bo is looking"
        await console.press("d")
        assert company(console) == "bo is looking"
        await console.press("escape", "i")
        assert company(console) == "bo is looking"
        presence.leave(at.desk, "two")
        await console.hear()
        assert company(console) == ""


@pytest.mark.parametrize(("screen", "text"), [(NoteDialog, "noted"), (AttemptDialog, "tried")])
async def test_notes_and_attempts_go_on_beside_whatever_others_do(
    at: Bench, screen: type[Screen[object]], text: str
) -> None:
    case_id = a_case(at)
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        await console.hear()
        await console.press("i" if screen is NoteDialog else "I")
        assert isinstance(console.app.screen, screen)
        await console.write("restarted the pool")
        assignment.move(at.desk, at.bo, case_id, (2, ""))
        await console.hear()
        assert console.said == "bo moved it to tier 2 Technical support, 10:30."
        assert "restarted the pool" in console.text
        assert "tier 2" in console.text

        await console.press("f2")

        assert f"ada {text} 'restarted the pool'" in console.said.replace(":", "")
        assert at.case(case_id).tier == 2


async def test_resolving_is_refused_with_fields_and_person_and_keeps_the_words(at: Bench) -> None:
    case_id = a_case(at)
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        await console.hear()
        await console.press("x")
        assert isinstance(console.app.screen, ResolveDialog)
        await console.write("a new pool")
        assignment.assign(at.desk, at.bo, case_id, "kim")
        await console.hear()

        await console.press("enter")
        assert "bo was first: handler of case 1" in console.said
        assert "a new pool" in console.text
        await console.press("enter")
        assert at.case(case_id).resolution == "a new pool"


async def test_what_is_answered_goes_on_beside_changes_to_other_fields(at: Bench) -> None:
    case_id = a_case(at)
    async with session(at) as console:
        screen = await decided(console, case_id)
        typed = screen.answering.words() if screen.answering else {}
        triage.change(at.desk, at.bo, case_id, {"severity": Severity.S1}, "the board")
        await console.hear()

        assert "bo changed severity from S2 to S1" in console.said
        assert "S1" in console.text.splitlines()[0]
        assert (screen.answering.words() if screen.answering else {}) == typed
        await console.press("enter")
        answers = dict(zip(FACTORS, at.case(case_id).answers, strict=True))
        assert {factor.value: str(answers[factor]) for factor in answers if factor in typed} == typed
        assert at.case(case_id).severity is Severity.S1


async def test_answers_to_the_same_checklist_are_refused_once_and_kept(at: Bench) -> None:
    case_id = a_case(at)
    async with session(at) as console:
        screen = await decided(console, case_id)
        assert screen.answering is not None
        (typed,) = screen.answering.changes
        other = next(factor for factor in FACTORS if factor is not typed)
        triage.answer(at.desk, at.bo, case_id, {other: 3})
        await console.hear()
        assert console.said == f"bo answered {other} 3, 10:30."
        both = screen.answering.answers
        assert both[FACTORS.index(other)] == 3
        assert list(screen.answering.changes) == [typed]

        await console.press("enter")
        assert "bo was first: answers of case 1" in console.said
        assert screen.answering.answers == both
        await console.press("enter")
        assert at.case(case_id).answers == both


async def test_a_decision_rests_on_where_the_case_stands(at: Bench) -> None:
    case_id = at.take_in(severity="S4", affected=1)
    async with session(at) as console:
        await console.open(DecideScreen(case_id))
        await console.hear()
        await console.press("0", "0")
        assignment.move(at.desk, at.bo, case_id, (2, ""))

        await console.press("h")
        if not console.said.startswith("bo was first"):
            await console.press("1")
        assert "bo was first" in console.said
        assert at.case(case_id).decision is None
        assert at.case(case_id).tier == 2


async def test_an_escalation_goes_on_beside_a_note_and_is_refused_after_a_move(at: Bench) -> None:
    case_id = a_case(at)
    async with session(at) as console:
        await console.open(EscalateScreen(case_id))
        await console.hear()
        await console.press("right", *["tab"] * 4)
        await console.write("look at the pool")
        target = console.app.screen._plan.target  # type: ignore[attr-defined]  # noqa: SLF001
        triage.note(at.desk, at.bo, case_id, Said("Kim called"))
        await console.hear()
        assert console.said == "bo noted: 'Kim called', 10:30."
        assert console.app.screen._plan.target == target  # type: ignore[attr-defined]  # noqa: SLF001
        assert "look at the pool" in console.text

        assignment.move(at.desk, at.bo, case_id, (2, ""))
        await console.hear()
        await console.press("f2")
        if "was first" not in console.said:
            await console.press("f2")

        assert "bo was first: handler, tier of case 1" in console.said
        assert "look at the pool" in console.text
        assert at.case(case_id).escalation is None


async def test_a_case_escalated_by_somebody_else_meanwhile_is_not_escalated_twice(at: Bench) -> None:
    case_id = a_case(at)
    async with session(at) as console:
        await console.open(EscalateScreen(case_id))
        await console.hear()
        await console.press("tab")
        await console.write("down since nine")
        escalation.escalate(at.desk, at.bo, case_id, Order(brief=BRIEF))
        await console.hear()
        assert console.said.startswith("bo escalated it to tier 2 database")

        await console.press("f2", "f2")

        assert "It cannot be escalated" in console.said or "already escalated by bo" in console.said
        assert "down since nine" in console.text


async def test_the_next_screen_opens_only_over_the_one_that_asked_for_it(at: Bench) -> None:
    case_id = a_case(at)
    async with session(at) as console:
        screen = DecideScreen(case_id)
        await console.open(screen)
        await console.press("2")
        await console.press("question_mark")
        top = console.app.screen
        screen._is_sending = True  # noqa: SLF001 - as while the answers are being saved
        screen._write_brief(triage.NO_REASON)  # noqa: SLF001
        await console.settle()

        assert console.app.screen is top
        await console.press("escape", "enter")
        assert isinstance(console.app.screen, EscalateScreen)


async def test_a_draft_for_a_decision_survives_what_others_do(at: Bench) -> None:
    case_id = a_case(at)
    async with session(at) as console:
        await console.open(DecideScreen(case_id))
        await console.hear()
        await console.press("3")
        triage.decide(at.desk, at.bo, case_id, Choice.ESCALATE)
        await console.hear()
        await console.press("escape")
        await console.open(DecideScreen(case_id))

        assert "is back" in console.said
