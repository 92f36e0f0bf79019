"""One who watches a spool and is killed anywhere leaves what the next one completes: none is lost, none taken twice."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.conftest import Placed
from tests.faults.place import Fault, Place
from tests.faults.scripts import SCRIPTS
from tests.faults.soundness import found
from tests.figures import figure

SCRIPT = SCRIPTS["intake, watched"]
CALLS = "pwrite64,write,fsync,fdatasync,unlink,rename,openat,mkdir,rmdir,link,flock"
EVERY = 29


@pytest.mark.parametrize("every", [EVERY, pytest.param(1, marks=[pytest.mark.full, pytest.mark.timeout(3600)])])
def test_killed_anywhere_it_leaves_what_the_next_one_completes(placed: Placed, every: int) -> None:
    place = placed(SCRIPT)
    assert place.tried(SCRIPT).code == 0
    whole = stands(place)
    fault = Fault("signal=KILL", CALLS)
    killed = 0
    for name, when in place.points(SCRIPT, fault)[::-every]:
        said = place.tried(SCRIPT, replace(fault, calls=name, when=str(when)))
        killed += said.code < 0
        again = place(SCRIPT.line + " --once")
        assert again.code in {0, 1}, (name, when, again)
        assert stands(place) == whole, (name, when, said, again)

    figure(
        3,
        f"a spool that is watched, killed at every {every}th system call",
        f"{killed} kills, 0 files lost or taken twice",
    )
    assert killed > 1


def stands(place: Place) -> tuple[list[str], list[str]]:
    """Give every case and note, and every file of the spool by where it lies."""
    assert found(place.database).schema
    with closing(sqlite3.connect(place.database)) as database:
        cases = [title for (title,) in database.execute('SELECT title FROM "case" ORDER BY title')]
        cases += [str(count) for count in database.execute("SELECT count(*) FROM event")]
    spool = place.folder / "spool"
    return cases, sorted(str(path.relative_to(spool)) for path in spool.rglob("*") if is_kept(path))


def is_kept(path: Path) -> bool:
    """Say whether a file is one that was put there, or a whole reason; what was being written when it ended is none."""
    return path.is_file() and not path.name.startswith(".")
