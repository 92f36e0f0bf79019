"""What crowd tests start from: a database full of new cases, and people who act on it together."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from console.desk import taking
from console.domain.arrival import Arrival
from tests.builders import an_actor
from tests.crowd.worker import a_desk
from tests.template import a_copy

ROOT = Path(__file__).parents[2]


def a_plain_one(number: int) -> Arrival:
    """Give an arrival like all others."""
    return Arrival(f"Case {number}", "crowd", str(number))


def a_database(path: Path, number: int, like: Callable[[int], Arrival] = a_plain_one) -> Path:
    """Make a database with so many new cases."""
    a_copy(path)
    desk = a_desk(str(path))
    for start in range(0, number, taking.BATCH):
        arrivals = map(like, range(start, min(start + taking.BATCH, number)))
        taking.take_in(desk, an_actor("intake"), list(arrivals))
    desk.store.close()
    return path


def all_in(mode: str, heads: int) -> dict[str, str]:
    """Give so many people who all do the same."""
    return {f"p{n}": mode for n in range(heads)}


def crowd(path: Path, modes: Mapping[str, str], seconds: float, number: int) -> dict[str, list[dict[str, Any]]]:
    """Let people loose together, each a process that does what its mode says, and give what each was told."""
    command = [sys.executable, "-m", "tests.crowd.client", str(path)]
    clients = {
        person: subprocess.Popen(
            [*command, person, mode, str(seconds), str(number)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )
        for person, mode in modes.items()
    }  # fmt: skip
    for client in clients.values():
        assert client.stdout is not None
        assert "is_ready" in client.stdout.readline()
    for client in clients.values():
        assert client.stdin is not None
        client.stdin.write("go\n")
        client.stdin.flush()
    told = {person: client.communicate()[0] for person, client in clients.items()}
    assert all(client.returncode == 0 for client in clients.values())
    return {person: [json.loads(line) for line in said.splitlines()] for person, said in told.items()}
