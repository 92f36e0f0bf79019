"""The escalate screen: two keys send a good draft; what stands in the way is flagged; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.desk import assignment, escalation, queues
from console.desk.escalation import Order
from console.domain.brief import Brief, Option
from console.domain.case import CaseId, Severity
from console.domain.escalation import Escalation
from console.domain.events import Kind
from console.domain.matrix import Target
from console.tui.screens.case import CaseScreen
from console.tui.screens.escalate import EscalateScreen
from console.tui.widgets.form import Form
from tests.builders import MORNING, a_policy
from tests.tui.at_desk import LARGE, SMALL, Bench, Session, bench, session
from tests.tui.golden import must_be_golden

FULL = Brief(issue="Checkout is down", consequences="no sales")


@pytest.fixture
def easy(tmp_path: Path) -> Iterator[Bench]:
    """Give a bench whose policy requires only what is drafted anyway."""
    with bench(tmp_path, a_policy(brief_requires=("issue", "consequences"))) as made:
        yield made


def an_urgent_case(at: Bench) -> CaseId:
    """Give a case that the facts send up."""
    return at.take_in(affected=12_000, severity="S1")


def sent(at: Bench, case_id: CaseId) -> Escalation:
    """Give the newest escalation of a case."""
    return queues.dossier(at.desk, at.ada, case_id).escalations[-1]


def form(console: Session) -> Form:
    """Give the form of the screen on top."""
    return console.app.screen.query_one(Form)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_brief_is_there_before_anything_is_typed(at: Bench, size: tuple[int, int]) -> None:
    async with session(at, size) as console:
        await console.open(EscalateScreen(an_urgent_case(at)))

        must_be_golden(console.app, f"escalate-{size[0]}x{size[1]}")


async def test_e_and_enter_escalate_in_two_keys(easy: Bench) -> None:
    case_id = an_urgent_case(easy)
    async with session(easy) as console:
        await console.open(CaseScreen(case_id))

        await console.press("e", "enter")

        assert sent(easy, case_id).target == Target(2, "database")
        assert isinstance(console.app.screen, CaseScreen)
        assert "ada escalated it to tier 2 database" in console.text


async def test_the_arrows_choose_another_target(easy: Bench) -> None:
    case_id = an_urgent_case(easy)
    async with session(easy) as console:
        await console.open(EscalateScreen(case_id))

        await console.press("right")
        assert "< tier 3, Oracle >  chosen by you" in console.text
        await console.press("left", "left", "enter")

        assert sent(easy, case_id).target == Target(3)


async def test_levels_that_are_passed_over_are_named_with_their_reason(tmp_path: Path) -> None:
    policy = a_policy(brief_requires=(), skip_level=frozenset({Severity.S1}))
    with bench(tmp_path, policy) as skipping:
        case_id = an_urgent_case(skipping)
        async with session(skipping) as console:
            await console.open(EscalateScreen(case_id))

            assert "Passes over tier 2 database: this severity skips a level." in console.text
            await console.press("enter")
            assert sent(skipping, case_id).skipped[0][0] == Target(2, "database")


async def test_missing_parts_are_flagged_and_then_asked_about(at: Bench) -> None:
    case_id = an_urgent_case(at)
    async with session(at) as console:
        await console.open(EscalateScreen(case_id))

        await console.press("enter")
        assert "Still empty: help needed" in console.said
        must_be_golden(console.app, "escalate-flagged-80x24")
        await console.press("enter")
        await console.write("no time")
        await console.press("enter")

        assert sent(at, case_id).incomplete == "no time"


async def test_leaving_the_question_about_missing_parts_sends_nothing(at: Bench) -> None:
    case_id = an_urgent_case(at)
    async with session(at) as console:
        await console.open(EscalateScreen(case_id))

        await console.press("enter", "enter", "escape")

        assert isinstance(console.app.screen, EscalateScreen)
        assert queues.dossier(at.desk, at.ada, case_id).escalations == ()


async def test_what_is_typed_goes_into_the_brief_and_to_the_requester(at: Bench) -> None:
    case_id = an_urgent_case(at)
    async with session(at) as console:
        await console.open(EscalateScreen(case_id))
        form(console).fill({"options": "* restart | + quick | - may fail\nwait", "workaround": "", "told": "we look"})
        form(console).fill({"help": "look", "decide_by": "23:15", "promised_at": "in 2h"})

        await console.press("f2")

        brief = sent(at, case_id).brief
        assert brief.options == (Option("restart", "quick", "may fail", is_recommended=True), Option("wait"))
        assert brief.decide_by is not None
        assert brief.decide_by.astimezone().hour == 23
        case, event = at.case(case_id), queues.dossier(at.desk, at.ada, case_id).history[-1]
        assert (case.promised_at, event.detail["told"]) == (at.clock.now.replace(hour=11), "we look")


async def test_a_time_that_cannot_be_read_is_refused_and_the_form_stays(at: Bench) -> None:
    case_id = an_urgent_case(at)
    async with session(at) as console:
        await console.open(EscalateScreen(case_id))
        form(console).fill({"help": "look", "decide_by": "soonish"})

        await console.press("enter")

        assert "'soonish' is no time" in console.said
        assert form(console).words["decide_by"] == "soonish"
        assert queues.dossier(at.desk, at.ada, case_id).escalations == ()


async def test_somebody_who_was_first_is_named_and_the_brief_stays(easy: Bench) -> None:
    case_id = an_urgent_case(easy)
    async with session(easy) as console:
        await console.open(EscalateScreen(case_id))
        form(console).fill({"help": "mine"})
        escalation.escalate(easy.desk, easy.bo, case_id, Order(brief=FULL))

        await console.press("enter")

        assert "already escalated by bo at 09:30 UTC" in console.said
        assert form(console).words["help"] == "mine"
        await console.press("enter")
        assert "It cannot be escalated: already escalated by bo" in console.said
        assert sent(easy, case_id).by == "bo"


async def test_sending_again_after_a_conflict_is_a_new_decision(easy: Bench) -> None:
    case_id = an_urgent_case(easy)
    async with session(easy) as console:
        await console.open(EscalateScreen(case_id))
        assignment.assign(easy.desk, easy.bo, case_id, "bo")

        await console.press("enter")
        assert "bo was first" in console.said
        assert "bo keeps it until they accept" in console.text
        await console.press("enter")

        assert sent(easy, case_id).by == "ada"


async def test_escalating_against_the_recommendation_asks_why(easy: Bench) -> None:
    case_id = easy.take_in(affected=1, severity="S4")
    async with session(easy) as console:
        await console.open(CaseScreen(case_id))

        await console.press("e", "enter", "2")

        event = queues.dossier(easy.desk, easy.ada, case_id).history[-1]
        assert (event.kind, event.reason) == (Kind.ESCALATED, "vip")


async def test_the_draft_can_be_dropped_for_what_the_case_says(at: Bench) -> None:
    async with session(at) as console:
        await console.open(EscalateScreen(an_urgent_case(at)))
        await console.press("tab")
        await console.write("typed")
        assert "typed" in form(console).words["issue"]

        await console.press("f8")

        assert "typed" not in form(console).words["issue"]
        assert "They write: Since nine" in form(console).words["issue"]


async def test_a_deadline_that_has_passed_is_not_offered_as_decide_by(at: Bench) -> None:
    async with session(at) as console:
        await console.open(EscalateScreen(at.take_in(due=MORNING)))
        assert form(console).words["decide_by"] == ""
