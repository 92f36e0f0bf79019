"""The queue of writers: one at a time, nobody for ever, and no queue where there can be none."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from console.store.turn import turn

pytest.importorskip("fcntl")
SOON, LONG = 0.05, 60


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Give a file to write to."""
    path = tmp_path / "triage.db"
    path.touch(mode=0o640)
    return path


def waiters() -> list[threading.Thread]:
    """Give the threads that wait for their turn."""
    return [thread for thread in threading.enumerate() if thread.name == "turn"]


def has_turn(path: Path, longest: float = LONG) -> threading.Thread:
    """Let somebody have their turn and end it at once."""

    def briefly() -> None:
        with turn(path, longest):
            pass

    thread = threading.Thread(target=briefly)
    thread.start()
    return thread


def test_the_next_one_is_let_in_when_a_turn_ends(database: Path) -> None:
    with turn(database):
        other = has_turn(database)
        other.join(SOON)
        assert other.is_alive()
    other.join(LONG)
    assert not other.is_alive()


def test_whoever_has_waited_long_enough_goes_ahead_and_holds_up_nobody_later(database: Path) -> None:
    with ExitStack() as stopped:
        stopped.enter_context(turn(database))
        has_turn(database, SOON).join(LONG)
        assert len(waiters()) == 1
    for thread in waiters():
        thread.join(LONG)
    with turn(database, LONG):
        assert not waiters()


def test_a_turn_that_fails_is_over_too(database: Path) -> None:
    with pytest.raises(ZeroDivisionError), turn(database):
        raise ZeroDivisionError
    with turn(database):
        assert not waiters()


def test_the_queue_is_open_to_whom_the_database_is(database: Path) -> None:
    with turn(database):
        assert database.with_name("triage.db-queue").stat().st_mode & 0o777 == 0o640


def test_where_there_can_be_no_queue_nobody_waits(tmp_path: Path) -> None:
    with turn(tmp_path / "none.db"), turn(tmp_path / "none.db"):
        assert not list(tmp_path.iterdir())
