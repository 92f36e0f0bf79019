"""An intake that is cut short leaves whole cases with their past, and the next one brings the rest, none twice."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from console.desk.taking import BATCH
from tests.faults.soundness import found

CASES = 8 * BATCH
ROOT = Path(__file__).resolve().parents[2]
LIMIT = 120.0
LOOK = 0.002
"""Seconds that are waited for its end between two looks at the database."""


def mails() -> Iterator[str]:
    """Give threads of two mails each."""
    for number in range(CASES // 2):
        for name, extra in (("a", ""), ("b", f"In-Reply-To: <a{number}@halden.example>\n")):
            yield f"From kim@halden.example Mon Jan  5 09:{number % 60:02}:00 2026\n"
            yield f"From: kim@halden.example\nSubject: Till {number}\nMessage-ID: <{name}{number}@halden.example>\n"
            yield f"{extra}Date: Mon, 5 Jan 2026 09:{number % 60:02}:00 +0000\n\nIt beeps.\n\n"


def rows() -> Iterator[str]:
    """Give cases of a table."""
    yield "ref,title,requester\n"
    yield from (f"A-{number},Till {number} freezes,kim@halden.example\n" for number in range(CASES))


def events() -> Iterator[str]:
    """Give cases with four events each, of which the later ones stand far below."""
    yield "case,time,event,tier,team,person,title\n"
    for hour, rest in enumerate(("opened,1,desk,ada,Till", "moved,2,database,,", "waiting,,,bo,", "resolved,,,bo,"), 9):
        yield from (f"{number},2026-01-05T{hour:02}:00:00Z,{rest}\n" for number in range(CASES))


FILES: dict[str, Callable[[], Iterator[str]]] = {"in.mbox": mails, "in.csv": rows, "log.csv": events}
CUTS = {"killed": signal.SIGKILL, "hung up on": signal.SIGHUP}


@pytest.fixture(scope="module", params=FILES)
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, frozenset[str]]:
    """Give a file, and what is in a database that took it in without a break."""
    folder = tmp_path_factory.mktemp("whole")
    path = folder / request.param
    path.write_text("".join(FILES[request.param]()), "utf-8")
    assert taken(folder, path).returncode == 0
    return path, held(folder)


@pytest.mark.parametrize("cut", CUTS)
def test_it_leaves_whole_cases_and_the_next_one_brings_the_rest(
    whole: tuple[Path, frozenset[str]], cut: str, tmp_path: Path
) -> None:
    path, all_of_it = whole
    with subprocess.Popen(**typed(tmp_path, path)) as process:
        while counted(tmp_path) < BATCH:
            with suppress(subprocess.TimeoutExpired):
                pytest.fail(f"it has ended: {process.wait(LOOK)}")
        process.send_signal(CUTS[cut])
        assert process.wait(LIMIT) != 0

    assert held(tmp_path) < all_of_it
    assert taken(tmp_path, path).returncode == 0
    assert held(tmp_path) == all_of_it
    found(tmp_path / "triage.db")


def test_nobody_reads_what_it_says_and_it_brings_everything(whole: tuple[Path, frozenset[str]], tmp_path: Path) -> None:
    path, all_of_it = whole
    reads, writes = os.pipe()
    os.close(reads)
    try:
        said = taken(tmp_path, path, writes)
    finally:
        os.close(writes)

    assert held(tmp_path) == all_of_it
    assert "Traceback" not in said.stderr
    assert taken(tmp_path, path).stdout.startswith("0 new, ")
    assert held(tmp_path) == all_of_it


def typed(folder: Path, path: Path) -> dict[str, Any]:
    """Give the command that takes a file into the database of a folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TRIAGE", "XDG", "COV"))}
    return {
        "args": [sys.executable, "-m", "console", "--db", str(folder / "triage.db"), "intake", str(path)],
        "cwd": ROOT, "env": kept | {"HOME": str(folder)}, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE,
    }  # fmt: skip


def taken(folder: Path, path: Path, out: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    """Take a file into the database of a folder."""
    return subprocess.run(**typed(folder, path) | {"stdout": out}, text=True, check=False, timeout=LIMIT)


def counted(folder: Path) -> int:
    """Count the cases that are in by now."""
    with suppress(sqlite3.OperationalError), closing(_read(folder)) as database:
        return int(database.execute('SELECT count(*) FROM "case"').fetchone()[0])
    return 0


def held(folder: Path) -> frozenset[str]:
    """Give every case with all that happened to it and all by which it is known, but for when it came in."""
    with closing(_read(folder)) as database:
        happened = "SELECT group_concat(version || kind, ' ') FROM event WHERE case_id = c.id"
        known = "SELECT group_concat(ref, ' ') FROM message WHERE case_id = c.id"
        return frozenset(
            repr(row)
            for row in database.execute(
                f'SELECT ref, title, status, tier, version, ({happened}), ({known}) FROM "case" c'  # noqa: S608 - no text
            )
        )


def _read(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{folder / 'triage.db'}?mode=ro", uri=True)
