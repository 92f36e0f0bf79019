"""Killed at any system call, a command has done all of what it does or nothing, and what it said is in."""

from __future__ import annotations

import pytest

from console.cli.catalogue import COMMANDS
from tests.faults.conftest import Placed
from tests.faults.place import Fault
from tests.faults.scripts import ELSEWHERE, READING, SCRIPTS
from tests.faults.trials import trials
from tests.figures import figure

SHORT = ("claim", "escalate", "undo", "tick", "view", "people, a key", "policy")
EVERY = 23
KILL = Fault("signal=KILL")
ANYWHERE = Fault("signal=KILL", "all")


def test_every_command_that_changes_something_has_a_script() -> None:
    scripted = {script.command for script in SCRIPTS.values()}

    assert set(COMMANDS) <= scripted | READING | ELSEWHERE
    assert {name for name, command in COMMANDS.items() if command.changes} <= scripted | ELSEWHERE


@pytest.mark.parametrize("name", SHORT)
def test_a_command_killed_here_and_there_is_done_or_not_done(name: str, placed: Placed) -> None:
    tried = trials(placed(SCRIPTS[name]), SCRIPTS[name])

    number = tried.killed(KILL, EVERY)

    figure(3, f"`{name}` killed at every {EVERY}th system call that writes", f"{number} kills, 0 bad")
    assert number > 1


@pytest.mark.full
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", [name for name in SCRIPTS if name != "demo"])
def test_a_command_killed_at_any_system_call_that_writes_is_done_or_not_done(name: str, placed: Placed) -> None:
    number = trials(placed(SCRIPTS[name]), SCRIPTS[name]).killed(KILL)

    figure(3, f"`{name}` killed at every system call that writes", f"{number} kills, 0 bad", is_full=True)


@pytest.mark.full
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("name", [name for name in SCRIPTS if name != "demo"])
def test_a_command_killed_at_any_system_call_is_done_or_not_done(name: str, placed: Placed) -> None:
    number = trials(placed(SCRIPTS[name]), SCRIPTS[name]).killed(ANYWHERE)

    figure(3, f"`{name}` killed at every system call", f"{number} kills, 0 bad", is_full=True)


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_a_demonstration_killed_while_it_is_made_leaves_a_sound_desk(placed: Placed) -> None:
    number = trials(placed(SCRIPTS["demo"]), SCRIPTS["demo"]).killed(KILL, 97)

    figure(3, "`demo` killed at every 97th system call that writes", f"{number} kills, 0 bad", is_full=True)
