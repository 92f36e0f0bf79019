"""Restores into a live desk: who writes is refused, and what was acknowledged is in one of the two files."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.desk import checkup
from console.desk.backup import backup
from console.desk.restore import restore
from console.store.resting import Resting
from tests.crowd.givens import ROOT, a_database
from tests.crowd.writing import hashes_in, wait_until, writers
from tests.figures import figure

pytest.importorskip("fcntl")
RESTORED = "was restored from a backup"


def restored_under_writers(folder: Path) -> tuple[int, int, float]:
    """Restore while three people write; give what they were told is written, before and after, and the longest wait."""
    folder.mkdir()
    database, now = a_database(folder / "triage.db", 50), datetime.now(UTC)
    made = backup(database, folder / "backups", now).path
    known = set(hashes_in(made))
    with writers(database, 3, 50) as those:
        done = restore(database, made, now, is_sure=True)
        at = time.monotonic()
        wait_until(lambda: all(RESTORED in "".join(each.refusals[-1:]) for each in those))
        first = [next(heard for heard, said in each.told if RESTORED in said.get("sentence", "")) for each in those]
        longest = max(0.0, *(heard - at for heard in first))
    told = {each for writer in those for each in writer.hashes}
    assert done.aside is not None
    aside, new = hashes_in(done.aside), hashes_in(database)
    assert told <= set(aside)
    assert not (told - known) & set(new)
    assert set(new) == known
    assert len(aside) == len(set(aside))
    assert done.beyond is not None
    assert done.beyond.events == len(set(aside) - known)
    assert list(checkup.unsound(Resting(database))) == []
    return len(told), done.beyond.events, longest


def test_a_restore_while_others_write_loses_nothing_and_stops_them(tmp_path: Path) -> None:
    acknowledged, aside, longest = restored_under_writers(tmp_path / "once")
    said = f"{acknowledged} acknowledged writes, all in the old file ({aside} put aside), 0 in both, 0 after the fence"
    figure(24, "restore while 3 processes write", f"{said}; refused {longest:.2f} s after it at most")
    figure(23, "database replaced by a restore under 3 writers", "0 acknowledged writes after it, each told so")


@pytest.mark.full
@pytest.mark.timeout(600)
def test_ten_restores_while_others_write_lose_nothing(tmp_path: Path) -> None:
    came = [restored_under_writers(tmp_path / str(turn)) for turn in range(10)]
    said = f"{sum(each[0] for each in came):,} acknowledged writes, all in the old files, 0 in both, 0 after the fence"
    longest = max(each[2] for each in came)
    figure(24, "10 restores while 3 processes write", f"{said}; refused {longest:.2f} s after it at most", is_full=True)


def killed(tmp_path: Path, first: int, every: int) -> int:
    """Kill restores at steps; give at how many."""
    database = a_database(tmp_path / "triage.db", 5)
    made = backup(database, tmp_path / "backups", datetime.now(UTC)).path
    command = [sys.executable, "-m", "tests.crowd.restorer", str(database), str(made), str(first), str(every)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=1000)
    came = [json.loads(line) for line in done.stdout.splitlines()]
    bad = [
        each
        for each in came
        if each["stands"] == "neither" or not each["sound"] or not each["new"] or each["lost"] or each["left"]
    ]
    assert bad == []
    assert {each["stands"] for each in came} == {"old", "new"}
    return sum(each["killed"] for each in came)


def test_a_restore_killed_on_its_way_leaves_one_of_the_two_and_is_done_again(tmp_path: Path) -> None:
    count = killed(tmp_path, 3, 29)
    figure(24, "restore killed", f"{count} kills: old or new database whole, a second restore finishes, 0 events lost")


@pytest.mark.full
@pytest.mark.timeout(1200)
def test_a_restore_killed_at_every_step_leaves_one_of_the_two_and_is_done_again(tmp_path: Path) -> None:
    said = f"{killed(tmp_path, 0, 1)} kills, one at every line that is run"
    told = f"{said}: old or new database whole, a second restore finishes, 0 events lost"
    figure(24, "restore killed at every step", told, is_full=True)
