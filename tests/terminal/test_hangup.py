"""A line that drops in mid-edit: what was typed is kept, all of it or all but the last moment, whatever was ended."""

from __future__ import annotations

import random
import shutil
import signal
import string
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.desk import drafts
from console.desk.desk import actor, open_desk
from console.settings import sample_data
from tests.figures import counted, figure
from tests.terminal.conftest import console
from tests.terminal.ptyrun import Terminal
from tests.terminal.test_life import opened

MOST = 2.0
"""Seconds of typing that a kill may cost."""
SLACK = 1.0
"""What a machine that does something else besides may add."""
ENDS: Mapping[str, Callable[[Terminal], None]] = {
    "SIGHUP": lambda terminal: terminal.signal(signal.SIGHUP),
    "SIGTERM": lambda terminal: terminal.signal(signal.SIGTERM),
    "the terminal's end": Terminal.hang_up,
}
"""Ways to lose the line after which the console can still act."""


def kept(database: Path) -> str:
    """Give what ada has typed and not sent, as the database has it."""
    policy = (sample_data() / "policy.toml").read_text("utf-8")
    desk = open_desk(database, policy, "policy.toml", lambda: datetime.now(UTC))
    ada = actor(desk, "ada")
    found = [drafts.found(desk, ada, case_id, form) for case_id, form, _ in drafts.open_drafts(desk, ada)]
    desk.store.close()
    return "".join(draft.words["text"] for draft in found if draft)


def a_copy(database: Path, number: int) -> Path:
    """Give a desk for one trial."""
    folder = database.parent / str(number)
    folder.mkdir()
    return Path(shutil.copy(database, folder))


def typing(terminal: Terminal, chance: random.Random, until: float) -> list[tuple[str, float]]:
    """Type letters at the pace of a quick typist for so many seconds, and give each with its time."""
    opened(terminal)
    terminal.send("i")
    terminal.wait_for("F2 send")
    terminal.settle(0.1)
    typed, ends = list[tuple[str, float]](), time.monotonic() + until
    while time.monotonic() < ends:
        letter = chance.choice(string.ascii_letters)
        terminal.send(letter)
        typed.append((letter, time.monotonic()))
        terminal.quiet(chance.uniform(0.01, 0.12))
    return typed


def nothing_is_lost(database: Path, end: str, trials: int, *, is_full: bool = False) -> None:
    """Drop the line when the last letter is on the screen, again and again."""
    for number in range(trials):
        chance, desk = random.Random(number), a_copy(database, number)
        with console(desk, "ada") as ada:
            typed = "".join(letter for letter, _ in typing(ada, chance, chance.uniform(0.05, 1.5)))
            ada.wait_for(typed[-12:])
            ENDS[end](ada)
            assert ada.exit_status() in {128 + signal.SIGHUP, 128 + signal.SIGTERM}
        assert kept(desk) == typed
    counted(19, f"line dropped in mid-edit by {end}", trials, "trials, 0 letters lost", is_full=is_full)


def little_is_lost(database: Path, trials: int, *, is_full: bool = False) -> None:
    """Kill the console while somebody types, again and again."""
    worst = 0.0
    for number in range(trials):
        chance, desk = random.Random(number), a_copy(database, number)
        with console(desk, "ada") as ada:
            typed = typing(ada, chance, chance.uniform(2.5, 5))
            ada.signal(signal.SIGKILL)
            killed = time.monotonic()
            assert ada.exit_status() == 128 + signal.SIGKILL
        found = kept(desk)
        assert "".join(letter for letter, _ in typed).startswith(found)
        worst = max(worst, killed - typed[len(found)][1] if len(found) < len(typed) else 0)
    figure(19, "SIGKILL in mid-edit", f"{trials} trials, at most {worst:.1f} s of typing lost", is_full=is_full)
    assert worst <= MOST + SLACK


@pytest.mark.timeout(300)
@pytest.mark.parametrize("end", ENDS)
def test_what_was_typed_is_kept_to_the_letter_when_the_line_drops(end: str, database: Path) -> None:
    nothing_is_lost(database, end, 2)


@pytest.mark.timeout(300)
def test_a_kill_costs_two_seconds_of_typing_at_most(database: Path) -> None:
    little_is_lost(database, 2)


@pytest.mark.full
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("end", ENDS)
def test_a_hundred_lines_that_drop_cost_no_letter(end: str, database: Path) -> None:
    nothing_is_lost(database, end, 100, is_full=True)


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_none_of_a_hundred_kills_costs_more_than_two_seconds_of_typing(database: Path) -> None:
    little_is_lost(database, 100, is_full=True)
