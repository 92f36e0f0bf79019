"""Drafts: what was typed comes back, after leaving, after a dropped line, after a kill."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import TextArea

from console.desk import drafts
from console.domain.case import CaseId
from console.tui.screens import drafting
from console.tui.screens.case import CaseScreen
from console.tui.screens.decide import DecideScreen
from console.tui.screens.escalate import EscalateScreen
from console.tui.screens.note import NoteDialog
from console.tui.widgets.form import Form
from tests.terminal.ptyrun import Terminal
from tests.tui.at_desk import Bench, session


def kept(at: Bench, case_id: CaseId, form: str) -> dict[str, str] | None:
    """Give the words of a draft in the database."""
    draft = drafts.found(at.desk, at.ada, case_id, form)
    return dict(draft.words) if draft else None


async def test_what_was_typed_is_back_when_the_form_opens_again(at: Bench) -> None:
    case_id = at.take_in()
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        await console.press("i", *"half", "escape")
        assert kept(at, case_id, "note") == {"text": "half", "voice": "internal"}
        at.clock.forward(minutes=5)

        await console.press("i")

        assert "Your draft of 10:30 is back; F8 drops it." in console.text
        assert console.app.screen.query_one(Form).words["text"] == "half"


async def test_a_draft_is_on_its_way_soon_after_the_first_key(at: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafting, "KEPT_AFTER", 0.001)
    case_id = at.take_in()
    async with session(at) as console:
        await console.open(CaseScreen(case_id))

        await console.press("I", *"abc")
        while kept(at, case_id, "attempt") != {"what": "abc"}:
            await console.settle()


def test_a_draft_is_at_most_two_seconds_behind() -> None:
    assert drafting.KEPT_AFTER <= 1.5


async def test_what_was_sent_is_no_draft_any_more(at: Bench) -> None:
    case_id = at.take_in()
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        await console.press("i", *"half", "escape", "i", "f2")

        assert kept(at, case_id, "note") is None
        await console.press("i")
        assert console.app.screen.query_one(Form).words["text"] == ""


async def test_a_draft_is_dropped_when_asked(at: Bench) -> None:
    case_id = at.take_in()
    async with session(at) as console:
        await console.open(CaseScreen(case_id))

        await console.press("i", *"half", "escape", "i", "f8")

        assert kept(at, case_id, "note") is None


async def test_answers_not_saved_yet_come_back(at: Bench) -> None:
    case_id = at.take_in()
    async with session(at) as console:
        await console.open(DecideScreen(case_id))
        await console.press("2", "escape")
        assert kept(at, case_id, "answers") == {"scope": "2"}

        await console.open(DecideScreen(case_id))

        assert "2 much" in console.text
        assert "is back" in console.text
        await console.press("0", "1", "0", "enter")
        assert kept(at, case_id, "answers") is None


async def test_the_brief_comes_back_as_it_was_typed(at: Bench) -> None:
    case_id = at.take_in(affected=12_000, severity="S1")
    async with session(at) as console:
        await console.open(EscalateScreen(case_id))
        await console.press("tab", *"abc", "escape")

        await console.open(EscalateScreen(case_id))

        assert console.app.screen.query_one(Form).words["issue"].endswith("abc")
        assert "is back" in console.said


async def test_a_dropped_line_keeps_what_was_typed_a_moment_ago(at: Bench) -> None:
    case_id = at.take_in()
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        await console.press("i", *"half")

        console.app.hang_up(129)

        assert kept(at, case_id, "note") == {"text": "half", "voice": "internal"}


async def test_a_dropped_line_keeps_a_key_that_nobody_has_heard_of_yet(at: Bench) -> None:
    case_id = at.take_in()
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        await console.press("i", *"half")
        with console.app.screen.query_one(Form).prevent(TextArea.Changed):
            console.app.screen.query_one(Form).entry("text").value = "half a no"

        console.app.hang_up(129)

        assert kept(at, case_id, "note") == {"text": "half a no", "voice": "internal"}


async def test_a_form_that_nobody_typed_into_leaves_no_draft(at: Bench) -> None:
    case_id = at.take_in(affected=12_000, severity="S1")
    async with session(at) as console:
        await console.open(EscalateScreen(case_id))

        console.app.hang_up(129)

        assert kept(at, case_id, "brief") is None


async def test_a_draft_that_comes_late_is_not_put_over_what_is_typed(at: Bench) -> None:
    case_id = at.take_in()
    drafts.keep(at.desk, at.ada, case_id, "note", {"text": "old"})
    async with session(at) as console:
        dialog = NoteDialog(at.case(case_id))
        await console.open(dialog)
        await console.press(*"er")
        assert dialog.form.words["text"] == "older"

        dialog.on_mount()
        await console.settle()

        assert dialog.form.words["text"] == "older"


async def test_a_read_only_console_keeps_no_drafts(at: Bench) -> None:
    case_id = at.take_in()
    async with session(at, is_readonly=True) as console:
        await console.open(CaseScreen(case_id))

        await console.press("i", *"half", "escape")

        assert kept(at, case_id, "note") is None


def program(at: Bench, case_id: CaseId) -> list[str]:
    """Give the command that opens a case's note in a real terminal."""
    return [sys.executable, "-m", "tests.tui.note_program", str(at.desk.store.path), str(case_id)]


def typed_and_kept(at: Bench, case_id: CaseId) -> Callable[[Terminal], bool]:
    """Say whether the draft of the note is in the database."""
    return lambda _: "half a no" in (kept(at, case_id, "note") or {}).get("text", "")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP])
def test_a_note_survives_the_end_of_the_program(at: Bench, number: signal.Signals) -> None:
    case_id = at.take_in()
    folder = Path(__file__).parents[2]
    with Terminal(program(at, case_id), folder=folder) as terminal:
        terminal.wait_for("what was said or found")
        terminal.send("half a no")
        terminal.wait_for("half a no")
        if number is signal.SIGKILL:
            terminal.wait_for(typed_and_kept(at, case_id))
        terminal.signal(number)
        assert terminal.exit_status() == 128 + number

    with Terminal(program(at, case_id), folder=folder) as terminal:
        terminal.wait_for("is back")
        terminal.wait_for("half a no")
