"""Many processes on one database: one winner each, nothing lost, whatever is killed."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from console.desk import taking
from console.desk.desk import Desk
from console.domain.arrival import Arrival
from console.domain.case import CaseId
from console.domain.changes import differences, replayed
from console.store import cases, events
from tests.builders import an_actor
from tests.crowd.worker import a_desk
from tests.template import a_copy

CROWD = 20


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Give a database with thirty new cases."""
    path = tmp_path / "triage.db"
    desk = a_desk(str(a_copy(path)))
    taking.take_in(desk, an_actor("intake"), [Arrival(f"Case {n}", "crowd", str(n), severity="S2") for n in range(30)])
    desk.store.close()
    return path


def start(database: Path, person: str, mode: str, count: int) -> subprocess.Popen[str]:
    """Start one worker."""
    command = [sys.executable, "-m", "tests.crowd.worker", str(database), person, mode, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])


def told(output: str) -> list[dict[str, Any]]:
    """Read what a worker said, without a line that a kill cut off."""
    return [json.loads(line) for line in output.splitlines() if line.endswith("}")]


def must_be_whole(desk: Desk, acknowledged: list[dict[str, Any]]) -> None:
    """Check integrity, chains, that cases agree with their history, and that every acknowledged act is in it once."""
    with desk.store.read() as tx:
        assert tx.rows("PRAGMA integrity_check") == [("ok",)]
        assert list(events.broken_chains(tx)) == []
        hashes = Counter(digest for (digest,) in tx.rows("SELECT hash FROM event"))
        for number in range(1, 31):
            history = events.of_case(tx, CaseId(number))
            assert differences(cases.get(tx, CaseId(number)), replayed(history)) == []
    assert all(hashes[said["hash"]] == 1 for said in acknowledged)


@pytest.mark.timeout(300)
def test_twenty_processes_on_the_same_cases_have_one_winner_each(database: Path) -> None:
    people = [f"p{n}" for n in range(CROWD)]
    workers = {person: start(database, person, "race", 30) for person in people}
    said = {person: told(worker.communicate()[0]) for person, worker in workers.items()}

    for deed in ("claim", "escalate"):
        for number in range(1, 31):
            mine = {p: s for p in people for s in said[p] if s["deed"] == deed and s["case"] == number}
            winners = [person for person, line in mine.items() if "version" in line]
            assert len(mine) == CROWD
            assert len(winners) == 1
            assert all(
                (line["refused"], line["by"]) == ("conflict", winners[0])
                for person, line in mine.items()
                if person != winners[0]
            )
    must_be_whole(a_desk(str(database)), [line for lines in said.values() for line in lines if "hash" in line])


def killed_runs(database: Path, runs: int) -> None:
    """Kill two workers at a random moment of their work, again and again, and look at what is left."""
    chance = random.Random(database.name)
    for run in range(runs):
        workers = [start(database, f"k{run}-{n}", "work", 30) for n in range(2)]
        lines = [worker.stdout.readline() for worker in workers if worker.stdout]
        for worker in workers:
            lines += [worker.stdout.readline() for _ in range(chance.randint(0, 40)) if worker.stdout]
            worker.kill()
        for worker in workers:
            lines += worker.communicate()[0].splitlines(keepends=True)
        must_be_whole(a_desk(str(database)), [line for line in told("".join(lines)) if "hash" in line])


@pytest.mark.timeout(300)
def test_a_kill_at_any_moment_loses_nothing_that_was_acknowledged(database: Path) -> None:
    killed_runs(database, 5)


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_three_hundred_kills_lose_nothing_that_was_acknowledged(database: Path) -> None:
    killed_runs(database, 300)
