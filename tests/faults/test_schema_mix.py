"""The database is migrated under those who work: nothing more is written by the older ones, and each says so."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from console.store.migrations import SCHEMA
from tests.faults.sessions import TYPED, Command, noted, raw, watcher, writing
from tests.figures import figure
from tests.terminal.ptyrun import Terminal

NEWER = "written by a newer Triage"
OLDER = f"this program needs {SCHEMA}"


def schema(path: Path, version: int) -> None:
    """Let the database have another schema, as far as a program can tell."""
    driver = raw(path)
    driver.execute("PRAGMA busy_timeout = 5000")
    driver.execute(f"PRAGMA user_version = {version}")
    driver.close()


@contextmanager
def unwritten(path: Path) -> Iterator[None]:
    """See that nothing whatever is written meanwhile."""
    driver = raw(path)
    before, number = driver.execute("PRAGMA data_version").fetchone(), noted(path)
    yield
    assert driver.execute("PRAGMA data_version").fetchone() == before
    assert noted(path) == number
    driver.close()


def refused(ada: Terminal, words: str) -> None:
    """Try to send the note, and see that it is refused and stays."""
    ada.wait_for(words)
    ada.send("\x1bOQ")  # F2 sends it
    ada.settle(0.5)
    assert TYPED in ada.text
    assert words in ada.text
    assert ada.process.poll() is None


def test_a_newer_schema_in_mid_session_ends_all_writing(database: Path) -> None:
    command = Command(database)
    with watcher(database) as watch, writing(database) as ada:
        assert command("note", "1", "before").returncode == 0
        schema(database, SCHEMA + 1)
        watch.wait_for(NEWER)

        with unwritten(database):
            refused(ada, NEWER)
            said = command("note", "1", "after")
            assert (said.returncode, NEWER in said.stderr) == (1, True)

        watch.signal(signal.SIGTERM)
        watch.exit_status()
        schema(database, SCHEMA)
        ada.wait_for(lambda terminal: NEWER not in terminal.text)
        ada.send("\x1bOQ")
        ada.wait_for(f"noted: '{TYPED}'")
    figure(25, "newer schema under console, watcher and commands", "0 writes after it; each says so; text kept")


@pytest.mark.full
def test_an_older_schema_in_mid_session_waits_for_the_migration(database: Path) -> None:
    with writing(database) as ada:
        schema(database, SCHEMA - 1)
        with unwritten(database):
            refused(ada, OLDER)

        schema(database, SCHEMA)
        ada.wait_for(lambda terminal: OLDER not in terminal.text)
        ada.send("\x1bOQ")
        ada.wait_for(f"noted: '{TYPED}'")
    told = "0 writes until it was migrated; text kept and sent then"
    figure(25, "older schema under a console", told, is_full=True)
