"""What it costs to find what is like a case among 1,000,000, against one search of the full-text index."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from statistics import median
from time import process_time

import pytest

from console.desk import queues
from console.desk.desk import Desk
from console.desk.likeness import similar
from console.domain.views import Order
from tests.benchmarks.many_cases import desk_of
from tests.builders import an_actor

ADA = an_actor("ada")
MOST = 1.0
"""How many times as long as a search for three words finding what is like one case may take."""

WORST = 2.0
CASES, ROUNDS = 60, 15


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """Give a desk with a million cases."""
    _, made = desk_of(1_000_000, datetime.now(UTC))
    yield made
    made.store.close()


@pytest.mark.benchmark
def test_what_is_like_a_case_is_found_in_the_time_of_one_search(desk: Desk) -> None:
    ends = (queues.find(desk, ADA, "live:yes", order, CASES // 2) for order in (Order.NEWEST, Order.OLDEST))
    ids = [line.case.id for found in ends for line in found]
    turns = count()

    search = _spent(lambda: queues.find(desk, ADA, "checkout Lyon scanner", Order.NEWEST, 50), ROUNDS)
    alike = _spent(lambda: similar(desk, ADA, ids[next(turns)]), len(ids))

    print(f"search {median(search):.1f} ms; like a case {median(alike):.1f} ms, worst {max(alike):.1f}")
    assert median(alike) <= MOST * median(search)
    assert max(alike) <= WORST * median(search)


def _spent(what: object, times: int) -> list[float]:
    """Give the milliseconds of processor time that each of so many turns took."""
    found = []
    for _ in range(times):
        begun = process_time()
        assert callable(what)
        what()
        found.append((process_time() - begun) * 1000)
    return found
