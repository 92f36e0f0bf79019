"""A crowd on one database: every acknowledged act is in history once, a case has one winner, and time runs one way."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from console.desk import taking
from console.domain.arrival import Arrival
from console.domain.case import CaseId
from console.domain.changes import differences, replayed
from console.store import cases, events
from console.store.engine import Store
from tests.builders import an_actor
from tests.crowd.linear import Act, broken, is_linearizable
from tests.crowd.worker import a_desk

ROOT = Path(__file__).parents[2]


def a_database(path: Path, number: int) -> Path:
    """Make a database with so many new cases."""
    desk = a_desk(str(path))
    desk.store.migrate()
    for start in range(0, number, taking.BATCH):
        arrivals = [Arrival(f"Case {n}", "crowd", str(n)) for n in range(start, min(start + taking.BATCH, number))]
        taking.take_in(desk, an_actor("intake"), arrivals)
    desk.store.close()
    return path


def crowd(path: Path, mode: str, heads: int, seconds: float, number: int) -> dict[str, list[dict[str, Any]]]:
    """Let clients loose together, and give what each was told."""
    command = [sys.executable, "-m", "tests.crowd.client", str(path)]
    clients = {
        person: subprocess.Popen(
            [*command, person, mode, str(seconds), str(number)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )
        for person in (f"p{n}" for n in range(heads))
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


def everything_acknowledged_is_in_history_once(path: Path, heads: int, seconds: float, number: int = 40) -> int:
    """Let a crowd act, compare what it was told with history, and give how many acts there were."""
    told = crowd(a_database(path, number), "mixed", heads, seconds, number)
    acknowledged = Counter(said["hash"] for lines in told.values() for said in lines if "hash" in said)
    desk = a_desk(str(path))
    with desk.store.read() as tx:
        assert tx.rows("PRAGMA integrity_check") == [("ok",)]
        assert list(events.broken_chains(tx)) == []
        stored = Counter(digest for (digest,) in tx.rows("SELECT hash FROM event WHERE kind <> 'opened'"))
        for place in range(1, number + 1):
            history = events.of_case(tx, CaseId(place))
            assert differences(cases.get(tx, CaseId(place)), replayed(history)) == []
            assert [event.version for event in history] == list(range(1, len(history) + 1))
    assert stored == acknowledged
    return acknowledged.total()


def no_case_is_claimed_twice(path: Path, heads: int, number: int) -> None:
    """Let a crowd claim the same cases, and look for a second winner."""
    told = crowd(a_database(path, number), "claims", heads, 0, number)
    winners: dict[int, list[str]] = {}
    for person, lines in told.items():
        assert len(lines) == number
        for said in lines:
            if "hash" in said:
                winners.setdefault(said["case"], []).append(person)
    assert [case for case, people in winners.items() if len(people) > 1] == []
    assert sorted(winners) == list(range(1, number + 1))
    assert all(
        said["lost_to"] == winners[said["case"]][0] for lines in told.values() for said in lines if "lost_to" in said
    )


def histories(path: Path, heads: int, seconds: float, number: int) -> list[Act]:
    """Let a crowd claim, release and look, and give what it was told when."""
    told = crowd(a_database(path, number), "register", heads, seconds, number)
    return [Act(client=person, **said) for person, lines in told.items() for said in lines]


@pytest.mark.timeout(300)
def test_ten_clients_for_three_seconds_lose_nothing(tmp_path: Path) -> None:
    assert everything_acknowledged_is_in_history_once(tmp_path / "triage.db", 10, 3) > 100


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_fifty_clients_for_a_minute_lose_nothing(tmp_path: Path) -> None:
    assert everything_acknowledged_is_in_history_once(tmp_path / "triage.db", 50, 60, 200) > 2_000


@pytest.mark.timeout(300)
def test_two_thousand_claims_have_one_winner_a_case(tmp_path: Path) -> None:
    no_case_is_claimed_twice(tmp_path / "triage.db", 10, 200)


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_a_hundred_thousand_claims_have_one_winner_a_case(tmp_path: Path) -> None:
    no_case_is_claimed_twice(tmp_path / "triage.db", 50, 2_000)


@pytest.mark.timeout(300)
def test_what_everybody_was_told_of_a_case_fits_one_order_of_events(tmp_path: Path) -> None:
    acts = histories(tmp_path / "triage.db", 6, 2, 6)
    assert len(acts) > 100
    assert broken(acts) == []


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_a_thousand_histories_fit_one_order_of_events(tmp_path: Path) -> None:
    for run in range(20):
        assert broken(histories(tmp_path / f"{run}.db", 8, 5, 50)) == []


def naive_claim(path: Path, person: str, together: threading.Barrier, told: list[Act]) -> None:
    """Claim case 1 as it is done where nobody thinks of others: look whether it is free, then take it."""
    import time

    began = time.monotonic_ns()
    driver = Store(path).module.connect(str(path), isolation_level=None)
    is_free = driver.execute('SELECT handler IS NULL FROM "case" WHERE id = 1').fetchone()[0]
    together.wait(10)
    if is_free:
        driver.execute('UPDATE "case" SET handler = ? WHERE id = 1', (person,))
    driver.close()
    told.append(Act(person, "claim", 1, "done" if is_free else "refused", began, time.monotonic_ns()))


def test_the_checker_finds_out_a_naive_claim(tmp_path: Path) -> None:
    path, told, together = a_database(tmp_path / "triage.db", 1), list[Act](), threading.Barrier(2)
    threads = [threading.Thread(target=naive_claim, args=(path, person, together, told)) for person in ("ada", "bo")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [act.said for act in told] == ["done", "done"]
    assert broken(told) == [1]


def test_the_checker_knows_what_one_order_explains_and_what_none_does() -> None:
    claim = Act("ada", "claim", 1, "done", 0, 10)
    lost = Act("bo", "claim", 1, "ada", 5, 15)
    seen_free = Act("cy", "look", 1, "", 2, 8)
    release = Act("ada", "release", 1, "done", 20, 30)

    assert is_linearizable([])
    assert is_linearizable([lost, claim, seen_free, release])
    assert is_linearizable([claim, replace(claim, client="bo", began=25, ended=40), release])
    assert not is_linearizable([claim, replace(lost, said="cy")])
    assert not is_linearizable([claim, replace(seen_free, began=11, ended=12)])
    assert not is_linearizable([claim, replace(release, client="bo")])
    assert not is_linearizable([claim, release, replace(lost, began=31, ended=40)])
    assert not is_linearizable([claim, replace(release, said="refused")])
