"""What crowds that run by the clock start from: cases whose time runs, and processes that begin together."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from console.desk import escalation as escalating
from console.desk import people, taking
from console.desk.triage import Reason
from console.domain.arrival import Arrival
from console.domain.case import CaseId
from console.domain.people import Role
from tests.builders import an_actor
from tests.crowd.clockwork import a_desk
from tests.crowd.givens import ROOT
from tests.desk.givens import FULL
from tests.template import a_copy

ADMIN = an_actor("root", Role.ADMIN)


def a_database(path: Path, number: int, *, are_escalated: bool = False) -> Path:
    """Make a database with so many cases opened at nine, perhaps all escalated, and three people."""
    a_copy(path)
    desk = a_desk(path, 0)
    for person in (ADMIN, an_actor("p1", tier=2), an_actor("p2", tier=2)):
        people.put(desk, ADMIN, person.person)
    for start in range(0, number, taking.BATCH):
        batch = range(start, min(start + taking.BATCH, number))
        taking.take_in(desk, ADMIN, [Arrival(f"Case {n}", "crowd", str(n), severity="S2") for n in batch])
    for case_id in range(1, number + 1) if are_escalated else ():
        order = escalating.Order(brief=FULL, reason=Reason("vip"))
        escalating.escalate(desk, ADMIN, CaseId(case_id), order)
    desk.store.close()
    return path


@contextmanager
def clients(path: Path, modes: Mapping[str, str], minutes: float) -> Iterator[dict[str, subprocess.Popen[str]]]:
    """Start people who do what their mode says, each a process, all at the same moment."""
    command = [sys.executable, "-m", "tests.crowd.clockwork", str(path)]
    made = {
        name: subprocess.Popen(
            [*command, name, mode, str(minutes)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )
        for name, mode in modes.items()
    }  # fmt: skip
    try:
        for client in made.values():
            assert "is_ready" in heard(client)
        for client in made.values():
            assert client.stdin is not None
            client.stdin.write("go\n")
            client.stdin.flush()
        yield made
    finally:
        for client in made.values():
            client.kill()
            client.communicate()


def heard(client: subprocess.Popen[str]) -> str:
    """Give the next line that a client says."""
    assert client.stdout is not None
    return client.stdout.readline()


def crowd(path: Path, modes: Mapping[str, str], minutes: float) -> list[dict[str, Any]]:
    """Let people loose together and give what they were told."""
    with clients(path, modes, minutes) as made:
        told = [client.communicate()[0] for client in made.values()]
        assert all(client.returncode == 0 for client in made.values())
    return [json.loads(line) for said in told for line in said.splitlines()]
