"""What the board costs among 1,000,000 cases, of which 170,000 are live, against the one statement its heads need."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

import pytest

from console.desk import board
from console.desk.board import Sought
from console.desk.desk import Desk
from console.domain.board import Axis
from console.store import board as stacks
from tests.benchmarks.many_cases import desk_of
from tests.benchmarks.test_queries import ADA, best

MOST = 1.5
"""How many times as long as its heads alone a whole board may take."""


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """Give a desk with a million cases."""
    _, made = desk_of(1_000_000, datetime.now(UTC))
    yield made
    made.store.close()


def heads(desk: Desk) -> int:
    """Read the heads alone, and give how many cases they count."""
    with desk.read(ADA) as tx:
        return sum(heap.count for heap in stacks.heaps(tx, desk.now()))


@pytest.mark.benchmark
def test_a_board_costs_what_counting_the_live_cases_costs(desk: Desk) -> None:
    """Four columns of 35 cards each; in the middle of a column; and by the place of a case far down."""
    print(f"\n{'a board of 80x24, ms':<40} {'heads':>9} {'all':>9} ratio")
    ratios = {}
    for axis in Axis:
        found = board.look(desk, ADA, Sought(axis))
        deep = {column.place: column.count // 2 for column in found.columns}
        asked = {"from the top": Sought(axis, size=35), "from the middle": Sought(axis, size=35, tops=deep)}
        for name, sought in asked.items():
            alone, whole = best(partial(heads, desk), partial(board.look, desk, ADA, sought))
            print(f"{f'by {axis}, {name}':<40} {alone:>9.2f} {whole:>9.2f} {whole / alone:>6.2f}")
            ratios[axis, name] = whole / alone
    assert {each: ratio for each, ratio in ratios.items() if ratio > MOST and each[1] == "from the top"} == {}
