"""So many may come in a minute, whoever they are, and nobody is remembered for ever."""

from __future__ import annotations

import pytest

from console.receiver import allowance
from console.receiver.allowance import Allowances


def test_a_bucket_is_spent_and_fills_again() -> None:
    seconds = [0.0]
    buckets = Allowances(lambda: seconds[0])

    assert [buckets.spend("a", 2) for _ in range(3)] == [0, 0, 30]
    assert buckets.spend("b", 2) == 0
    seconds[0] = 15
    assert buckets.spend("a", 2) == 15
    seconds[0] = 30
    assert [buckets.spend("a", 2) for _ in range(2)] == [0, 30]
    seconds[0] = 10_000
    assert [buckets.spend("a", 2) > 0 for _ in range(3)] == [False, False, True]


def test_who_came_longest_ago_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowance, "MOST", 2)
    buckets = Allowances(lambda: 0.0)

    for name in ("a", "b", "a", "c"):
        buckets.spend(name, 10)

    assert sorted(buckets.buckets) == ["a", "c"]
