"""The clocks of a case at the console: what is left, what comes, and the keys that answer it."""

from __future__ import annotations

import pytest

from console.desk import answering
from console.domain.case import CaseId, Severity
from console.domain.events import Kind
from console.tui.screens.case import CaseScreen
from console.tui.screens.pick import QuickPick
from tests.builders import an_actor
from tests.tui.at_desk import LARGE, SMALL, Bench, Session, session
from tests.tui.at_queue import at_queue
from tests.tui.at_time import a_sent_case, look, timed_desk
from tests.tui.golden import must_be_golden


async def at_the_clocks(console: Session, case_id: CaseId) -> CaseScreen:
    """Open a case at its clocks."""
    screen = CaseScreen(case_id)
    await console.open(screen)
    await console.press("n")
    return screen


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_clocks_are_shown_as_a_whole(at: Bench, size: tuple[int, int]) -> None:
    case_id = a_sent_case(timed_desk(at))
    look(at, minutes=12)
    async with session(at, size) as console:
        await at_the_clocks(console, case_id)
        must_be_golden(console.app, f"case-clocks-{size[0]}x{size[1]}")


@pytest.mark.parametrize("key", ["l", "enter"])
async def test_all_of_the_clocks_is_told_on_demand(at: Bench, key: str) -> None:
    case_id = a_sent_case(timed_desk(at))
    look(at, minutes=12)
    async with session(at, (80, 50)) as console:
        await at_the_clocks(console, case_id)
        assert "target" not in console.text
        await console.press(key)
        must_be_golden(console.app, "case-clocks-full-80x50")
        await console.press(key)
        assert "target" not in console.text


async def test_one_key_leads_from_the_queue_to_the_clocks(at: Bench) -> None:
    a_sent_case(timed_desk(at))
    async with at_queue(at) as console:
        await console.press("9", "n")
        assert isinstance(console.app.screen, CaseScreen)
        assert "Next, if nobody acts" in console.text
        await console.press("q")
        assert "q quit" in console.text


async def test_the_page_follows_what_happens(at: Bench) -> None:
    case_id = a_sent_case(timed_desk(at))
    async with session(at) as console:
        await at_the_clocks(console, case_id)
        await console.press("A")
        assert "acceptance  " in console.text
        assert "over after" in console.text


async def test_the_preview_says_what_comes_next(at: Bench) -> None:
    case_id = a_sent_case(timed_desk(at))
    look(at)
    async with at_queue(at) as console:
        await console.press("9")
        await console.rest()
        assert console.cursor == case_id
        assert "   next  10:15 the first response late, 10:20 reminder to lena" in console.text


async def test_whoever_was_asked_says_that_they_are_on_it(at: Bench) -> None:
    case_id = a_sent_case(timed_desk(at))
    look(at, minutes=21)
    at.desk.store.close()
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        await console.press("f")
        assert "waits for" in console.said
    answering.acknowledge(at.desk, an_actor("bo", tier=2, teams=("database",)), case_id)
    async with session(at) as console:
        await at_the_clocks(console, case_id)
        await console.press("G")
        assert "bo acknowledged it" in console.text.replace("\n", " ")


@pytest.mark.parametrize("keys", [("N",), ("E", "9")])
async def test_whoever_was_asked_is_reminded(at: Bench, keys: tuple[str, ...]) -> None:
    case_id = a_sent_case(timed_desk(at))
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        await console.press(*keys)
        assert "reminded" in console.said
    assert at.history(case_id)[-1].kind is Kind.REMINDED


async def test_being_on_it_is_offered_where_an_escalation_is_answered(at: Bench) -> None:
    case_id = a_sent_case(timed_desk(at))
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        await console.press("E", "8")
        assert "waits for" in console.said


async def test_an_exhausted_escalation_is_an_alarm_and_can_still_be_accepted(at: Bench) -> None:
    case_id = a_sent_case(timed_desk(at))
    for _ in range(30):
        look(at, minutes=30)
    assert at.case(case_id).escalation_state == "exhausted"
    async with at_queue(at) as console:
        assert "1 exhausted" in console.text.splitlines()[0]
        assert "6 Exhausted !1" in console.text.splitlines()[1]
        await console.press("6", "A")
        assert at.case(case_id).escalation_state == "accepted"
        assert "Exhausted 0" in console.text
        assert "exhausted" not in console.text.splitlines()[0]


async def test_the_severity_is_set_with_a_reason(at: Bench) -> None:
    timed_desk(at)
    case_id = at.take_in(due=None, severity="S3")
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        await console.press("v")
        assert isinstance(console.app.screen, QuickPick)
        assert "3  S3  as it is now" in console.text
        await console.press("escape")
        assert isinstance(console.app.screen, CaseScreen)
        await console.press("v", "2")
        await console.write("the till is down")
        must_be_golden(console.app, "severity-80x24")
        await console.press("f2")
    case = at.case(case_id)
    assert case.severity is Severity.S2
    assert at.history(case_id)[-1].reason_text == "the till is down"


async def test_a_severity_that_is_late_at_once_says_so_before_it_is_set(
    at: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    from console.desk import timing
    from tests.cli.why_givens import a_clock, minutes

    timed_desk(at)
    case_id = at.take_in(due=None, severity="S3")
    monkeypatch.setattr(timing, "would_breach", lambda *_, **__: (a_clock(left=minutes(-65)), a_clock(left=None)))
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        await console.press("v", "1")
        assert "! Late at once: the first response (1 h 5 min late) and the first response." in console.text
        await console.press("escape")
    assert at.case(case_id).severity is Severity.S3


async def test_what_cannot_be_reviewed_says_so_before_anything_is_typed(at: Bench) -> None:
    case_id = a_sent_case(timed_desk(at))
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        await console.press("D")
        assert isinstance(console.app.screen, CaseScreen)
        assert "still open" in console.said
