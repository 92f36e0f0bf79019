"""Times in words: what is left, which clock presses, and how long ago something was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from console.domain.case import Status
from console.domain.recommendation import advise
from console.domain.views import Line
from console.tui.terminal.glyphs import UNICODE
from console.tui.widgets import case_line, moments
from console.tui.widgets.case_line import columns
from tests.builders import MORNING, a_case, a_policy, at

WAITING: dict[str, Any] = {"status": Status.WAITING, "waiting_for": "customer", "next_due": None}


@pytest.mark.parametrize(
    ("facts", "short", "words"),
    [
        ({"next_due": at(minutes=100)}, "1h40", "1 h 40 min left"),
        ({"next_due": at(minutes=-12)}, "-12m", "12 min late"),
        (WAITING | {"time_left": timedelta(hours=3)}, "paused", "paused, 3 h left"),
        (WAITING | {"time_left": timedelta(minutes=-5)}, "paused", "paused, 5 min late"),
        (WAITING, "paused", "paused"),
        ({"next_due": None}, "", ""),
        ({"next_due": at(minutes=100), "status": Status.CLOSED}, "", ""),
    ],
)
def test_what_is_left_is_written_short_and_in_words(facts: dict[str, Any], short: str, words: str) -> None:
    case = a_case(**facts)
    assert (moments.left(case, MORNING), moments.left_in_words(case, MORNING)) == (short, words)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"next_clock": "response", "next_due": at(minutes=10)}, "the first response: 10 min left, due "),
        ({"next_clock": "update", "next_due": at(minutes=-10)}, "the next update: 10 min late, was due "),
        (WAITING | {"next_clock": "response", "time_left": timedelta(hours=1)},
         "the first response: paused, 1 h left"),
        ({"next_due": at(minutes=10)}, "10 min left"),
        ({"next_due": None}, ""),
    ],
)  # fmt: skip
def test_the_clock_that_presses_is_named(facts: dict[str, Any], words: str) -> None:
    told = moments.pressing(a_case(**facts), MORNING)
    assert told == words or (words.endswith("due ") and told.startswith(words))


def test_times_carry_how_far_they_are() -> None:
    assert moments.ago(MORNING, at(minutes=12)).endswith(", 12 min ago")
    assert moments.until(at(hours=2), MORNING).endswith(", 2 h left")
    assert moments.until(MORNING, at(hours=2)).endswith(", 2 h late")


@pytest.mark.parametrize(("width", "told"), [(80, "paused "), (160, "paused 1h40 ")])
def test_the_queue_says_what_is_left_of_a_paused_case_where_there_is_room(width: int, told: str) -> None:
    case = a_case(**WAITING, time_left=timedelta(minutes=100))
    row = case_line.pieces(
        Line(case, advise(case, a_policy(), MORNING)), MORNING, UNICODE, columns(width, case.id), is_marked=False
    )
    text = "".join(piece.text for piece in row)

    assert told in text
    assert len(text) <= width
