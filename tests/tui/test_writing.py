"""The dialogs in which work is written down: what their keys send, and that nothing typed is lost."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from textual.events import Paste

from console.desk import closing, queues
from console.domain.arrival import Voice
from console.domain.case import CaseId, Status
from console.domain.events import Event, Kind
from console.tui.screens.case import CaseScreen
from console.tui.screens.dialogs import FormDialog
from tests.tui.at_desk import Bench, Session, session
from tests.tui.golden import must_be_golden


def newest(at: Bench, case_id: CaseId) -> Event:
    """Give the last thing that happened to a case."""
    return queues.dossier(at.desk, at.ada, case_id).history[-1]


def typed(console: Session) -> Mapping[str, str]:
    """Give what stands in the form on top."""
    screen = console.app.screen
    assert isinstance(screen, FormDialog)
    return screen.form.words


@pytest.mark.parametrize(
    ("key", "name"), [("i", "note"), ("I", "attempt"), ("w", "wait"), ("x", "resolve"), ("X", "reopen"), ("M", "merge")]
)
async def test_the_dialogs_stand_over_the_case(at: Bench, key: str, name: str) -> None:
    async with session(at) as console:
        await console.open(CaseScreen(at.take_in()))

        await console.press(key)

        must_be_golden(console.app, f"dialog-{name}-80x24")


async def test_a_note_is_written_and_sent_with_f2(at: Bench) -> None:
    case_id = at.take_in()
    async with session(at) as console:
        await console.open(CaseScreen(case_id))

        await console.press("i")
        await console.write("seen it")
        await console.press("enter")
        await console.write("twice")
        await console.press("f2")

        (note,) = queues.dossier(at.desk, at.ada, case_id).notes
        assert (note.text, note.voice) == ("seen it\ntwice", Voice.INTERNAL)
        assert isinstance(console.app.screen, CaseScreen)
        assert "ada noted: 'seen it twice'" in console.text


async def test_a_note_says_which_way_it_went_and_what_was_asked_for(at: Bench) -> None:
    case_id = at.take_in()
    async with session(at) as console:
        await console.open(CaseScreen(case_id))

        await console.press("i", "a", "tab", "3", "tab", "tab", "right", "enter")
        await console.write("in 2h")
        await console.press("enter")

        case = at.case(case_id)
        assert queues.dossier(at.desk, at.ada, case_id).notes[0].voice is Voice.REQUESTER
        assert (case.manager_asks, case.promised_at) == (1, at.clock.now.replace(hour=11))


async def test_r_writes_to_the_requester(at: Bench) -> None:
    case_id = at.take_in()
    async with session(at) as console:
        await console.open(CaseScreen(case_id))

        await console.press("r", "a", "f2")

        assert queues.dossier(at.desk, at.ada, case_id).notes[0].voice is Voice.OUTBOUND


async def test_an_attempt_is_logged_with_enter_from_line_to_line(at: Bench) -> None:
    case_id = at.take_in()
    async with session(at) as console:
        await console.open(CaseScreen(case_id))

        await console.press("I", *"abc", "enter", "r", "enter", "e", "enter", "k", "enter", "2", "enter")

        (tried,) = queues.dossier(at.desk, at.ada, case_id).attempts
        assert (tried.what, tried.result, tried.error, tried.article, tried.has_worked) == ("abc", "r", "e", "k", True)


@pytest.mark.parametrize(
    ("keys", "waits_for"),
    [(("1", "f2"), "customer"), (("2", "f2"), "vendor"), (("3", "enter", "b", "o", "b", "f2"), "bob")],
)
async def test_waiting_takes_a_digit_and_f2(at: Bench, keys: tuple[str, ...], waits_for: str) -> None:
    case_id = at.take_in()
    async with session(at) as console:
        await console.open(CaseScreen(case_id))

        await console.press("w", *keys)

        assert (at.case(case_id).status, at.case(case_id).waiting_for) == (Status.WAITING, waits_for)


async def test_waiting_for_nobody_is_refused_and_the_form_stays(at: Bench) -> None:
    async with session(at) as console:
        await console.open(CaseScreen(at.take_in()))

        await console.press("w", "3", "f2")

        assert "Waiting needs to say for whom" in console.text
        assert typed(console)["for"] == "other"


async def test_resolving_and_reopening_take_a_sentence_and_enter(at: Bench) -> None:
    case_id = at.take_in()
    async with session(at) as console:
        await console.open(CaseScreen(case_id))

        await console.press("x", *"done", "enter")
        assert at.case(case_id).resolution == "done"
        await console.press("X", *"again", "enter")
        assert newest(at, case_id).kind is Kind.REOPENED
        assert newest(at, case_id).reason_text == "again"


async def test_merging_takes_the_number_of_the_case_that_stays(at: Bench) -> None:
    first, second = at.take_in(), at.take_in(ref="a2", title="Printer", body="", requester="Lee", organisation="")
    async with session(at) as console:
        await console.open(CaseScreen(second))

        await console.press("M", "x", "enter")
        assert "Write the number" in console.text
        await console.press("backspace", "#", str(first), "enter")

        assert at.case(second).duplicate_of == first


async def test_somebody_who_was_first_is_named_and_the_words_stay(at: Bench) -> None:
    case_id = at.take_in()
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        await console.press("x", *"mine")
        closing.resolve(at.desk, at.bo, case_id, "theirs")

        await console.press("enter")

        assert "bo was first" in console.text
        assert typed(console) == {"how": "mine"}
        assert at.case(case_id).resolution == "theirs"


async def test_a_time_that_cannot_be_read_does_not_end_the_console(at: Bench) -> None:
    async with session(at) as console:
        await console.open(CaseScreen(at.take_in()))

        await console.press("i", "a", "tab", "tab", "tab", "tab", *"soon", "enter")

        assert "'soon' is no time" in console.text
        assert typed(console)["text"] == "a"


async def test_more_than_fits_is_left_out_and_said(at: Bench) -> None:
    async with session(at) as console:
        await console.open(CaseScreen(at.take_in()))
        await console.press("i")

        console.app.screen.query_one("#text").post_message(Paste("x" * 50_000))
        await console.settle()
        await console.press("y")

        assert len(typed(console)["text"]) == 20_000
        assert "more than fits" in console.text
