"""How long people wait for their acts when many share a database, each a process of its own."""

from __future__ import annotations

from pathlib import Path
from statistics import median, quantiles

import pytest

from tests.crowd.givens import a_database, all_in, crowd

CASES = 4_000
FAIR = 0.5
"""How much of the busiest writer's share the idlest must get where all write without a pause."""


def measured(path: Path, mode: str, heads: int, seconds: float) -> list[int]:
    """Let people claim and release, print how long that took, and give how many acts each got."""
    told = crowd(a_database(path, CASES), all_in(mode, heads), seconds, CASES)
    took = [said["seconds"] * 1_000 for lines in told.values() for said in lines]
    print(
        f"{heads:>3} {mode:<8} {len(took):>7,} acts, {len(took) / seconds:>6.0f} a second;"
        f" ms median {median(took):.1f}, p99 {quantiles(took, n=100)[-1]:.1f}, worst {max(took):.1f}"
    )
    return [len(lines) for lines in told.values()]


@pytest.mark.benchmark
def test_nobody_waits_long_for_a_claim(tmp_path: Path) -> None:
    print()
    measured(tmp_path / "paced.db", "paced", 32, 20)
    for heads in (8, 32):
        shares = measured(tmp_path / f"{heads}.db", "closely", heads, 10)
        assert min(shares) >= FAIR * max(shares)
