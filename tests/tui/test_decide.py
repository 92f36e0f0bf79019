"""The decide screen: digits answer, the recommendation moves, Enter agrees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from console.desk import queues, triage
from console.desk.triage import Tried
from console.domain.case import CaseId, Choice
from console.domain.checklist import Factor
from console.domain.events import Event, Kind
from console.tui.screens.case import CaseScreen
from console.tui.screens.decide import DecideScreen
from console.tui.screens.escalate import EscalateScreen
from tests.builders import MORNING
from tests.tui.at_desk import LARGE, SMALL, Bench, session
from tests.tui.golden import must_be_golden


def an_unknown_case(at: Bench) -> CaseId:
    """Give a case about which nothing is known but its title."""
    return at.take_in(due=None)


def newest(at: Bench, case_id: CaseId) -> Event:
    """Give the last thing that happened to a case."""
    return queues.dossier(at.desk, at.ada, case_id).history[-1]


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_questions_stand_with_their_evidence(at: Bench, size: tuple[int, int]) -> None:
    case_id = at.take_in(affected=12_000, severity="S2", due=None)
    at.clock.now = MORNING
    triage.attempt(at.desk, at.ada, case_id, Tried("restart of the shop nodes"))
    triage.answer(at.desk, at.bo, case_id, {Factor.IMPACT: 3})
    at.clock.forward(minutes=30)
    async with session(at, size) as console:
        await console.open(DecideScreen(case_id))

        must_be_golden(console.app, f"decide-{size[0]}x{size[1]}")


async def test_d_four_digits_and_enter_lead_to_the_brief_in_six_keys(at: Bench) -> None:
    case_id = an_unknown_case(at)
    async with session(at) as console:
        await console.open(CaseScreen(case_id))

        await console.press("d", "1", "1", "2", "3", "enter")

        assert isinstance(console.app.screen, EscalateScreen)
        assert at.case(case_id).answers == (1, 1, 2, 3)
        await console.press("escape")
        assert isinstance(console.app.screen, CaseScreen)


async def test_fewer_keys_do_when_the_outcome_is_decided_earlier(at: Bench) -> None:
    case_id = an_unknown_case(at)
    async with session(at) as console:
        await console.open(CaseScreen(case_id))

        await console.press("d", "3", "3", "1", "enter")

        assert isinstance(console.app.screen, EscalateScreen)
        assert at.case(case_id).answers == (3, 3, 1, None)


async def test_agreeing_to_handle_decides_and_goes_back(at: Bench) -> None:
    case_id = an_unknown_case(at)
    async with session(at) as console:
        await console.open(CaseScreen(case_id))

        await console.press("d", "0", "0", "1", "enter")

        assert isinstance(console.app.screen, CaseScreen)
        case = at.case(case_id)
        assert (case.decision, case.answers, case.handler) == (Choice.HANDLE, (0, 0, 1, None), "ada")
        assert "decided to handle, as recommended" in console.said


async def test_what_cannot_change_the_outcome_says_so_and_is_skipped(at: Bench) -> None:
    async with session(at) as console:
        await console.open(DecideScreen(an_unknown_case(at)))

        await console.press("0", "0", "1")
        assert "– cannot change the outcome" in console.text
        assert "HANDLE" in console.text
        must_be_golden(console.app, "decide-done-80x24")


async def test_digits_beyond_the_last_question_change_nothing(at: Bench) -> None:
    case_id = an_unknown_case(at)
    async with session(at) as console:
        await console.open(DecideScreen(case_id))

        await console.press("0", "0", "1", "3", "3", "enter")

        assert at.case(case_id).answers == (0, 0, 1, None)


async def test_answers_that_facts_gave_are_gone_through_in_order(at: Bench) -> None:
    case_id = at.take_in(affected=12_000, severity="S2")
    triage.attempt(at.desk, at.ada, case_id, Tried("restart"))
    async with session(at) as console:
        await console.open(DecideScreen(case_id))

        await console.press("2", "2", "2", "2", "3", "enter")

        assert at.case(case_id).answers == (2, 2, 2, 2)


async def test_an_answer_is_taken_back(at: Bench) -> None:
    case_id = at.take_in(affected=12_000, due=None)
    triage.answer(at.desk, at.ada, case_id, {Factor.SCOPE: 0})
    async with session(at) as console:
        await console.open(DecideScreen(case_id))
        assert "0 nothing" in console.text

        await console.press("k", "minus")

        assert "3 everything" in console.text
        assert "12,000 affected" in console.text


async def test_tab_and_arrows_go_round_the_questions(at: Bench) -> None:
    async with session(at) as console:
        await console.open(DecideScreen(an_unknown_case(at)))

        for keys, current in ((("down", "tab"), "▌3"), (("j", "j"), "▌1"), (("up",), "▌4"), (("shift+tab", "k"), "▌2")):
            await console.press(*keys)
            assert current in console.text


async def test_an_open_question_is_asked_before_anything_is_decided(at: Bench) -> None:
    case_id = an_unknown_case(at)
    async with session(at) as console:
        await console.open(DecideScreen(case_id))

        await console.press("enter")

        assert "Answer scope first" in console.said
        assert newest(at, case_id).kind is Kind.OPENED


async def test_handling_against_the_recommendation_needs_a_coded_reason(at: Bench) -> None:
    case_id = an_unknown_case(at)
    async with session(at) as console:
        await console.open(DecideScreen(case_id))
        await console.press("3", "3", "3", "h")
        must_be_golden(console.app, "decide-override-80x24")
        assert at.case(case_id).decision is None

        await console.press("1")

        event = newest(at, case_id)
        assert (event.kind, event.reason, event.detail["agreed"]) == (Kind.DECIDED, "local-fix", False)


async def test_the_reason_may_be_in_ones_own_words(at: Bench) -> None:
    case_id = an_unknown_case(at)
    async with session(at) as console:
        await console.open(DecideScreen(case_id))

        await console.press("3", "3", "3", "h", "3")
        await console.write("boss said so")
        await console.press("enter")

        event = newest(at, case_id)
        assert (event.reason, event.reason_text) == ("other", "boss said so")


async def test_leaving_the_reason_leaves_the_decision(at: Bench) -> None:
    case_id = an_unknown_case(at)
    async with session(at) as console:
        await console.open(DecideScreen(case_id))

        await console.press("3", "3", "3", "h", "escape")

        assert isinstance(console.app.screen, DecideScreen)
        assert newest(at, case_id).kind is Kind.OPENED


async def test_escalating_against_the_recommendation_carries_the_reason_to_the_brief(at: Bench) -> None:
    case_id = an_unknown_case(at)
    async with session(at) as console:
        await console.open(DecideScreen(case_id))

        await console.press("0", "0", "1", "e", "2")
        assert isinstance(console.app.screen, EscalateScreen)
        await console.app.screen.run_action("next_field")
        console.app.screen.query_one("#help").value = "please look"  # type: ignore[attr-defined]
        await console.press("f2")

        event = newest(at, case_id)
        assert (event.kind, event.reason) == (Kind.ESCALATED, "vip")


async def test_somebody_who_was_first_is_named_and_the_answers_stay(at: Bench) -> None:
    case_id = an_unknown_case(at)
    async with session(at) as console:
        await console.open(DecideScreen(case_id))
        await console.press("0")
        triage.answer(at.desk, at.bo, case_id, {Factor.SCOPE: 1, Factor.IMPACT: 1})

        await console.press("0", "1", "enter")

        assert "bo was first" in console.said
        assert isinstance(console.app.screen, DecideScreen)
        assert "your answer, not saved yet" in console.text
        await console.press("enter")
        assert at.case(case_id).answers == (0, 0, 1, None)


async def test_nothing_is_to_be_decided_while_an_escalation_waits(at: Bench) -> None:
    case_id = at.take_in(affected=12_000, severity="S1")
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        await console.press("e")
        console.app.screen.query_one("#help").value = "please look"  # type: ignore[attr-defined]
        await console.press("f2", "d")
        for key in ("enter", "h"):
            await console.press(key)
            assert "There is nothing to decide: already escalated by ada" in console.said


async def test_answering_asks_nothing_of_the_database(at: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    async with session(at) as console:
        await console.open(DecideScreen(an_unknown_case(at)))
        asked: list[object] = []

        async def question(what: Callable[[], Any]) -> None:
            asked.append(what)

        monkeypatch.setattr(console.app, "question", question)
        await console.press("3", "j", "2", "minus", "k", "1")

        assert asked == []
        assert "ASK" in console.text


async def test_on_a_short_screen_the_current_question_and_the_keys_stay(at: Bench) -> None:
    async with session(at, (50, 12)) as console:
        await console.open(DecideScreen(an_unknown_case(at)))

        await console.press("k")

        assert "▌4 Expectations" in console.text
        assert "? keys" in console.text
        assert "ASK scope" in console.text
