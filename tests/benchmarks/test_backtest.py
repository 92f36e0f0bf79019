"""How many recorded cases a second of CPU a back-test replays, reading included, and in how much memory."""

from __future__ import annotations

import random
import tracemalloc
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time

import pytest

from console.desk import taking
from console.desk.backtest import number, replays
from console.desk.desk import Desk, open_desk
from console.domain.arrival import Arrival, Step
from console.domain.backtest import Tally
from console.domain.events import Kind
from console.domain.policy import Policy
from console.settings import sample_data
from tests.builders import an_actor

WANTED = 5_000
"""Cases a second of CPU."""

CASES = 3_000
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
BY = an_actor("ada")


def arrivals(count: int, seed: int = 4711) -> list[Arrival]:
    """Give cases with a past as a log tells it: six events each, of which a third went up."""
    chance = random.Random(seed)
    found = []
    for number_ in range(count):
        begun = NOW - timedelta(days=chance.uniform(2, 300))
        after = iter(sorted(chance.uniform(0.1, 30) for _ in range(5)))
        goes = chance.random() < 0.32
        steps = [
            Step(begun, "opened", Kind.OPENED, status="new"),
            Step(begun + timedelta(hours=next(after)), "taken", Kind.CLAIMED, "ada"),
            Step(begun + timedelta(hours=next(after)), "asked", Kind.WAITING, "ada"),
            Step(begun + timedelta(hours=next(after)), "answered", Kind.RESUMED, "ada"),
            Step(begun + timedelta(hours=next(after)), "on", Kind.ESCALATED if goes else Kind.NOTED, "ada", text="hm"),
            Step(begun + timedelta(hours=next(after)), "done", Kind.RESOLVED, "bo"),
        ]
        severity = chance.choices(["S1", "S2", "S3", "S4"], [2, 18, 50, 30])[0]
        found.append(
            Arrival(
                title=f"Case {number_}", ref=str(number_), source="log", severity=severity, created=begun,
                steps=tuple(steps),
            )
        )  # fmt: skip
    return found


def recorded(folder: Path, count: int) -> Desk:
    """Give a desk under the policy of the samples with so many recorded cases."""
    text = (sample_data() / "policy.toml").read_text("utf-8")
    desk = open_desk(folder / "triage.db", text, "policy.toml", lambda: NOW)
    every = arrivals(count)
    for start in range(0, count, 250):
        taking.take_in(desk, BY, every[start : start + 250])
    return desk


def rate(desk: Desk, *policies: Policy) -> tuple[float, Tally]:
    """Give the cases a second of CPU, the best of three, and what was counted."""
    best, tally = 0.0, Tally(desk.policy)
    for _ in range(3):
        begin, tally = process_time(), Tally(desk.policy)
        for each in replays(desk, BY, policies):
            tally.add(each.replays[0])
        best = max(best, tally.cases / (process_time() - begin))
    return best, tally


@pytest.mark.benchmark
def test_cases_per_second_of_cpu(tmp_path: Path) -> None:
    desk = recorded(tmp_path, CASES)
    assert number(desk, BY) == CASES
    one, tally = rate(desk, desk.policy)
    two, _ = rate(desk, desk.policy, desk.policy)
    tracemalloc.start()
    for _ in replays(desk, BY, (desk.policy,), NOW - timedelta(days=100)):
        pass
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    print(f"\ncases per second of CPU, one policy    {one:>8,.0f}   wanted {WANTED:,}")
    print(f"the same with a draft beside it        {two:>8,.0f}")
    print(f"memory at most                         {peak:>8,.1f} MB")
    print("results  " + ", ".join(f"{count:,} {result}" for result, count in tally.results.items()))
    assert tally.cases == CASES
