"""Killed at any moment while it writes, a process has lost nothing of what it said was done."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from pathlib import Path

import pytest

from console.store.engine import Store
from tests.crowd.givens import a_database
from tests.faults.place import Forge
from tests.faults.soundness import found
from tests.figures import figure

LONGEST = 0.25
"""Seconds after which the last ones are killed; the first act is done after a third of it."""


def killed(forge: Forge, path: Path, number: int) -> int:
    """Kill a writer so many times; give how many acts it had said were done."""
    chance, told = random.Random(number), 0
    a_database(path, 30)
    out = path.with_name("said")
    for run in range(number):
        out.write_text("", "utf-8")
        order = {"work": str(path), "out": str(out), "err": str(path.with_name("err")), "environ": {}, "stops": False}
        beside = Store(path) if run % 2 else None  # in every other run somebody else has it open
        if beside is not None:
            beside.data_version()
        process = forge.start(order)
        time.sleep(chance.uniform(0, LONGEST))
        os.kill(process, signal.SIGKILL)
        assert forge.ended() == -signal.SIGKILL
        lines = [json.loads(line) for line in out.read_text("utf-8").splitlines() if line.endswith("}")]
        told += len(lines)
        are_in(path, [line["hash"] for line in lines])
        if beside is not None:
            beside.close()
        if run % 50 == 0:
            found(path)
    found(path)
    return told


def are_in(path: Path, acknowledged: list[str]) -> None:
    """See that all these events are in, in a file that is sound."""
    driver = Store(path).module.connect(str(path))
    assert driver.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    marks = ", ".join("?" * len(acknowledged))
    known = driver.execute(f"SELECT count(*) FROM event WHERE hash IN ({marks})", acknowledged)  # noqa: S608 - marks only
    assert known.fetchone()[0] == len(acknowledged)
    driver.close()


@pytest.mark.timeout(300)
def test_kills_at_random_lose_nothing(forge: Forge, tmp_path: Path) -> None:
    told = killed(forge, tmp_path / "triage.db", 20)

    figure(3, "writer killed at 20 random moments", f"{told} acts acknowledged, 0 lost, 0 bad")


@pytest.mark.full
@pytest.mark.timeout(7200)
def test_two_thousand_kills_at_random_lose_nothing(forge: Forge, tmp_path: Path) -> None:
    told = killed(forge, tmp_path / "triage.db", 2_000)

    figure(3, "writer killed at 2,000 random moments", f"{told} acts acknowledged, 0 lost, 0 bad", is_full=True)
    assert told > 200
