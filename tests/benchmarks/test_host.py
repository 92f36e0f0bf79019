"""A session of a host beside a process of its own: when its first frame stands."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import pytest

from tests.benchmarks.probe import ROOT
from tests.figures import figure
from tests.terminal.at_host import hosted
from tests.terminal.many import STANDS, Begin, Seat, heard
from tests.terminal.test_many import consoles

pytestmark = [pytest.mark.benchmark, pytest.mark.skipif(sys.platform != "linux", reason="a host needs Linux")]
STARTS = 15
FIRST_FRAME = 0.35
"""How long a session's first frame may take against that of a fresh process in the same run."""


def stands_after(begin: Begin, number: int) -> float:
    """Start one console, and give after how many milliseconds its whole first screen stood."""
    begun = time.monotonic()
    seat: Seat = begin(number)
    with seat.terminal as terminal:
        heard([seat], lambda: None, lambda: STANDS)
        took = time.monotonic() - begun
        terminal.send("q")
        terminal.exit_status()
    return took * 1_000


def test_the_first_frame_of_a_session_stands_in_a_third_of_the_time(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "console", "demo", "--short", "--keep", str(tmp_path / "demo"), "--no-console"]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    database = Path(made.stdout.strip())
    fresh, forked = list[float](), list[float]()
    with hosted(database) as (begin, _):
        for number in range(STARTS + 1):  # by turns, so that whatever else the machine does falls on both
            fresh.append(stands_after(consoles(database), number))
            forked.append(stands_after(begin, number))
    shutil.rmtree(database.parent)

    del fresh[0], forked[0]
    ratio = median(forked) / median(fresh)
    told = f"{median(forked):.0f} ms, best {min(forked):.0f}; fresh {median(fresh):.0f}, best {min(fresh):.0f}"
    print(f"\nfirst frame through the host: {told}; ratio {ratio:.2f} (bar {FIRST_FRAME})")
    figure(22, "first frame through the host", f"{told}; ratio {ratio:.2f}", is_full=True)
    assert ratio <= FIRST_FRAME
