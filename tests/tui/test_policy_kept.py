"""A policy that is drafted survives the end of the program, with the line that was being typed."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from console.desk import policies
from tests.terminal.ptyrun import Terminal
from tests.tui.at_desk import Bench

ROOT = Path(__file__).parents[2]
OPEN = "import sys; from console.cli import run; sys.exit(run(['--db', sys.argv[1], '--as', 'ada']))"


def typed_and_kept(at: Bench) -> Callable[[Terminal], bool]:
    """Say whether what was typed is in the database."""

    def is_kept(_: Terminal) -> bool:
        draft = policies.draft(at.desk, at.ada)
        return draft is not None and "half a na" in draft.text

    return is_kept


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP])
def test_a_line_half_typed_survives_the_end_of_the_program(at: Bench, number: signal.Signals) -> None:
    command = [sys.executable, "-c", OPEN, str(at.desk.store.path)]
    with Terminal(command, folder=ROOT) as terminal:
        terminal.wait_for("q quit")
        terminal.send("B")
        terminal.wait_for("You have no draft")
        terminal.send("\r")
        terminal.wait_for("take it")
        terminal.send("half a na")
        terminal.wait_for("half a na")
        if number is signal.SIGKILL:
            terminal.wait_for(typed_and_kept(at))
        terminal.signal(number)
        assert terminal.exit_status() == 128 + number

    with Terminal(command, folder=ROOT) as terminal:
        terminal.wait_for("q quit")
        terminal.send("B")
        terminal.wait_for("is back")
        terminal.wait_for("half a na")
