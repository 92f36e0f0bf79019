"""The database is deleted, moved, replaced or robbed of its log under those who work: they stop, and say so."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.sessions import TYPED, noted, watcher, writing
from tests.figures import figure

GONE = "deleted or replaced"


def removed(database: Path) -> Path:
    """Delete it, keeping its file under another name to look into; give that."""
    kept = database.with_name("kept.db")
    kept.hardlink_to(database)
    database.unlink()
    return kept


def moved(database: Path) -> Path:
    """Move it away with all that belongs to it."""
    for side in ("", "-wal", "-shm"):
        shutil.move(f"{database}{side}", f"{database}.away{side}")
    return database.with_name(f"{database.name}.away")


def replaced(database: Path) -> Path:
    """Put an older copy in its place."""
    kept = removed(database)
    shutil.copy(kept, database)
    return kept


def robbed(database: Path) -> Path:
    """Delete its log."""
    database.with_name(f"{database.name}-wal").unlink()
    return database


def tried(way: Callable[[Path], Path], path: Path) -> Path:
    """Let it happen under a console and a watcher; see that both say so, and give where it is now."""
    with watcher(path) as watch, writing(path) as ada:
        where = way(path)

        ada.wait_for(lambda terminal: GONE in terminal.text)
        ada.send("\x1bOQ")  # F2 sends the note
        ada.settle(0.5)
        assert "noted: 'Kim" not in ada.text
        assert TYPED in ada.text
        assert GONE in ada.text
        watch.wait_for(lambda terminal: GONE in terminal.text)
        watch.signal(signal.SIGTERM)
        watch.exit_status()
    told = "0 acknowledged afterwards, both say so, text stays"
    figure(23, f"{way.__name__} under a console and a watcher", told, is_full=True)
    return where


@pytest.mark.full
@pytest.mark.timeout(300)
@pytest.mark.parametrize("way", [removed, moved, replaced, robbed])
def test_a_database_that_goes_under_them_stops_both(way: Callable[[Path], Path], database: Path) -> None:
    before = noted(database)
    where = tried(way, database)
    assert noted(where) == before
