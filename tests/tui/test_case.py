"""The case screen: what it shows of a case, and what its keys do to it."""

from __future__ import annotations

import pytest

from console.desk import escalation, queues, triage
from console.desk.escalation import Order
from console.desk.triage import Said, Tried
from console.domain.arrival import Message, Voice
from console.domain.brief import Brief
from console.domain.case import CaseId, Status
from console.domain.envelope import Attached, Envelope
from console.domain.escalation import State
from console.tui.screens.case import CaseScreen
from tests.builders import MORNING
from tests.tui.at_desk import LARGE, SMALL, Bench, session
from tests.tui.golden import must_be_golden

BRIEF = Brief(issue="Checkout is down since nine", consequences="4,000 EUR a minute", help="Look at the database")


def a_busy_case(at: Bench) -> CaseId:
    """Give a case that was claimed, tried, noted, escalated and asked back about."""
    case_id = at.take_in(affected=12_000, severity="S2", derived=("category",), tags=("eu", "payment"))
    at.clock.now = MORNING
    triage.claim(at.desk, at.ada, case_id)
    at.clock.forward(minutes=10)
    triage.attempt(at.desk, at.ada, case_id, Tried("restart of the shop nodes", "no effect", "HTTP 502"))
    triage.note(at.desk, at.bo, case_id, Said("Kim called.\nThey want to know by ten.", Voice.REQUESTER))
    escalation.escalate(at.desk, at.ada, case_id, Order(brief=BRIEF))
    at.clock.forward(minutes=5)
    escalation.ask_back(at.desk, at.bo, case_id, "Since when exactly?")
    at.clock.forward(minutes=15)
    return case_id


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_case_is_shown_as_a_whole(at: Bench, size: tuple[int, int]) -> None:
    async with session(at, size) as console:
        await console.open(CaseScreen(a_busy_case(at)))

        must_be_golden(console.app, f"case-{size[0]}x{size[1]}")


async def test_history_brief_and_reasons_have_their_parts(at: Bench) -> None:
    async with session(at) as console:
        await console.open(CaseScreen(a_busy_case(at)))
        for key, name in (("h", "history"), ("full_stop", "brief"), ("right_square_bracket", "why")):
            await console.press(key)
            must_be_golden(console.app, f"case-{name}-80x24")

        await console.press("comma", "left_square_bracket", "comma")
        assert "Facts" in console.text


async def test_what_came_with_the_case_is_listed_with_how_to_get_it(at: Bench) -> None:
    kept = Attached("statement [bold].pdf", "application/pdf", 2048, "ab" * 32, kept="ab" * 32)
    left_out = Attached("setup.exe", "application/x-dosexec", 7, "cd" * 32, why="programs are not kept")
    case_id = at.take_in(envelope=Envelope(attached=(kept, left_out)))
    async with session(at, LARGE) as console:
        await console.open(CaseScreen(case_id))

        assert f"Attached  triage attachment {case_id} N --to FILE" in console.text
        assert "1   statement [bold].pdf  2,048 bytes, sha256 abababababab" in console.text
        assert "2   setup.exe  7 bytes, sha256 cdcdcdcdcdcd, not kept:" in console.text


async def test_keys_scroll_by_row_and_page(at: Bench) -> None:
    case_id = at.take_in(body="\n".join(f"line {number}" for number in range(100)))
    async with session(at) as console:
        screen = CaseScreen(case_id)
        await console.open(screen)

        await console.press("j", "j", "k")
        assert screen.sheet.scroll_offset.y == 1
        await console.press("pagedown")
        assert screen.sheet.scroll_offset.y == screen.sheet.size.height
        await console.press("pageup", "G")
        assert "line 99" in console.text
        await console.press("g")
        assert screen.sheet.scroll_offset.y == 0


@pytest.mark.parametrize("body", ["x" * 1_000_000, "a" + "\u0301" * 10_000, "word " * 200_000, "\n" * 100_000])
async def test_a_huge_body_is_shown_in_part_with_a_count(at: Bench, body: str) -> None:
    case_id = at.take_in(body=body, title="Long")
    async with session(at) as console:
        screen = CaseScreen(case_id)
        await console.open(screen)

        assert len(screen.sheet.rows) < 300
        assert all(sum(len(piece.text) for piece in row) < 400 for row in screen.sheet.rows)
        told = " ".join(piece.text for row in screen.sheet.rows for piece in row)
        assert "more characters" in told or "marks>" in told or "Nothing but the title" in told


async def test_nothing_foreign_reaches_the_screen_unmarked(at: Bench) -> None:
    evil = "\x1b]52;c;ZXZpbA==\x07 \u202eexe [@click=app.quit]x[/] [/foo]"
    case_id = at.take_in(
        title=f"T {evil}", body=f"B {evil}", requester=f"R {evil}", organisation=f"O {evil}", tags=(evil,), ref="e",
        messages=(Message(by=f"N {evil}", at=MORNING, text=f"M {evil}"),),
    )  # fmt: skip
    triage.attempt(at.desk, at.ada, case_id, Tried(f"W {evil}", evil, evil, evil))
    async with session(at, LARGE) as console:
        await console.open(CaseScreen(case_id))
        for key in ("full_stop", "full_stop", "full_stop", "full_stop"):
            await console.press(key)
            assert not set(console.text.replace("\n", "")) & {"\x1b", "\x07", "\u202e"}
        assert "[@click=app.quit]x[/]" in console.text


async def test_what_somebody_else_does_is_shown(at: Bench) -> None:
    case_id = at.take_in()
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        triage.claim(at.desk, at.bo, case_id)

        console.app.tell_screens()
        await console.settle()

        assert "handler    bo" in console.text


async def test_claim_release_and_undo_take_one_key_each(at: Bench) -> None:
    case_id = at.take_in()
    async with session(at) as console:
        await console.open(CaseScreen(case_id))

        await console.press("c")
        assert at.case(case_id).handler == "ada"
        await console.press("C")
        assert at.case(case_id).handler is None
        await console.press("u")
        assert at.case(case_id).handler == "ada"
        await console.press("U")
        assert at.case(case_id).handler is None
        assert "ada" in console.said


async def test_an_escalated_case_is_accepted_with_one_key(at: Bench) -> None:
    case_id = a_busy_case(at)
    async with session(at) as console:
        await console.open(CaseScreen(case_id))

        await console.press("A")

        assert at.case(case_id).escalation_state == State.ACCEPTED


async def test_an_escalated_case_is_returned_with_a_coded_reason_and_words(at: Bench) -> None:
    case_id = a_busy_case(at)
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        await console.press("E")
        must_be_golden(console.app, "answer-escalation-80x24")

        await console.press("3")
        await console.write("network")
        await console.press("enter")

        (moved,) = queues.dossier(at.desk, at.ada, case_id).escalations
        assert (moved.state, moved.reason, moved.reason_text) == (State.RETURNED, "wrong-team", "network")


async def test_asking_back_and_replying_go_to_the_escalation(at: Bench) -> None:
    case_id = a_busy_case(at)
    async with session(at) as console:
        await console.open(CaseScreen(case_id))

        await console.press("r")
        await console.write("since 8:58")
        await console.press("enter")
        assert queues.dossier(at.desk, at.ada, case_id).escalations[0].question == ""

        await console.press("E", "6")
        await console.write("which shops")
        await console.press("enter")
        assert queues.dossier(at.desk, at.ada, case_id).escalations[0].question == "which shops"


async def test_a_case_that_was_not_escalated_cannot_be_handed_back(at: Bench) -> None:
    async with session(at) as console:
        await console.open(CaseScreen(at.take_in()))

        await console.press("E")

        assert "was not escalated" in console.said


async def test_accepting_can_be_chosen_from_the_list_as_well(at: Bench) -> None:
    case_id = a_busy_case(at)
    async with session(at) as console:
        await console.open(CaseScreen(case_id))

        await console.press("E", "7")

        assert at.case(case_id).escalation_state == State.ACCEPTED


async def test_the_brief_is_copied_as_text_and_shown(at: Bench) -> None:
    async with session(at) as console:
        await console.open(CaseScreen(a_busy_case(at)))

        await console.press("Y")

        assert "Copied the brief" in console.said
        assert "Look at the database" in console.text


async def test_without_a_brief_there_is_nothing_to_copy(at: Bench) -> None:
    async with session(at) as console:
        await console.open(CaseScreen(at.take_in()))

        await console.press("Y")

        assert console.said == "There is no brief yet; e writes it."


async def test_a_waiting_case_goes_on_with_the_same_key(at: Bench) -> None:
    case_id = at.take_in()
    triage.wait(at.desk, at.ada, case_id, "vendor")
    async with session(at) as console:
        await console.open(CaseScreen(case_id))

        await console.press("w")

        assert at.case(case_id).status is Status.OPEN


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_going_back_leaves_the_case(at: Bench, key: str) -> None:
    async with session(at) as console:
        await console.open(CaseScreen(at.take_in()))

        await console.press(key)

        assert not isinstance(console.app.screen, CaseScreen)


async def test_a_read_only_console_changes_nothing(at: Bench) -> None:
    case_id = at.take_in()
    async with session(at, is_readonly=True) as console:
        await console.open(CaseScreen(case_id))

        await console.press("c")

        assert at.case(case_id).handler is None
        assert "read-only" in console.said
