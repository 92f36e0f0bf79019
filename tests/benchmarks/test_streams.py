"""What memory a file of every format takes: the peak of a process that reads it through a pipe, whatever its size.

`TRIAGE_STREAM_MB` says how large the larger file is; the smaller one is a third of it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.intake.endless import FILES

ROOT = Path(__file__).parents[2]
READER = """
import resource, sys, time
from console.intake import read
start = time.process_time()
count = rejects = 0
with read("-") as reading:
    for item in reading.items:
        count += 1
        rejects += type(item).__name__ == "Reject"
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(reading.format, count, rejects, peak, round(time.process_time() - start, 1))
"""
MOST_GROWTH = 1.25
"""How many times the memory of a file may grow when the file is three times as large."""


def read_through_a_pipe(name: str, megabytes: float) -> list[str]:
    """Read a file of this size in a process of its own; give format, items, rejects, peak in MB and seconds of CPU."""
    made = [sys.executable, "-m", "tests.intake.endless", name, str(megabytes)]
    with subprocess.Popen(made, cwd=ROOT, stdout=subprocess.PIPE) as writer:
        done = subprocess.run(
            [sys.executable, "-c", READER], cwd=ROOT, stdin=writer.stdout, capture_output=True, check=True
        )
    return done.stdout.decode().split()


@pytest.mark.benchmark
@pytest.mark.timeout(0)
@pytest.mark.parametrize("name", FILES)
def test_memory_does_not_grow_with_the_file(name: str) -> None:
    large = float(os.environ.get("TRIAGE_STREAM_MB", "300"))
    *_, less, _ = read_through_a_pipe(name, large / 3)
    _, items, rejects, more, seconds = read_through_a_pipe(name, large)
    told = f"{large / 3:.0f} MB: peak {less} MB; {large:.0f} MB: peak {more} MB, {seconds} s of CPU"
    print(f"\n{name:16} {int(items):>9,} items, {rejects} rejects; {told}", flush=True)
    assert rejects == "0"
    assert int(more) / int(less) < MOST_GROWTH
