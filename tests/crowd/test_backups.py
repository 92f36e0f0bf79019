"""Backups while others write: nobody waits for them, and each holds everything that was acknowledged before it."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from console.desk.backup import backup, listed
from tests.crowd.givens import a_database
from tests.crowd.writing import hashes_in, writers
from tests.figures import figure


def back_up(tmp_path: Path, number: int) -> str:
    """Make backups while two people write; say what came of it."""
    database = a_database(tmp_path / "triage.db", 200)
    folder, at = tmp_path / "backups", datetime.now(UTC)
    took, meanwhile = [], 0
    with writers(database, 2, 200) as those:
        for turn in range(number):
            before = {each for writer in those for each in writer.hashes}
            began, told = time.monotonic(), sum(len(writer.told) for writer in those)
            made = backup(database, folder, at + timedelta(seconds=turn), None)
            took.append(time.monotonic() - began)
            meanwhile += sum(len(writer.told) for writer in those) - told
            assert before <= set(hashes_in(made.path))
    sound = sum(each.is_as_written is True for each in listed(database, folder))
    assert sound == number
    assert meanwhile > 0
    return (
        f"{sound}/{number} sound, 0 acknowledged events missing; {meanwhile:,} writes acknowledged during backups that"
        f" took {max(took):.2f} s at most"
    )


def test_backups_under_writers_are_whole_and_in_nobodys_way(tmp_path: Path) -> None:
    figure(24, "4 backups while 2 processes write", back_up(tmp_path, 4))


@pytest.mark.full
@pytest.mark.timeout(600)
def test_thirty_backups_under_writers_are_whole_and_in_nobodys_way(tmp_path: Path) -> None:
    figure(24, "30 backups while 2 processes write", back_up(tmp_path, 30), is_full=True)
