"""The thread that sends: it knows for how long the terminal has taken nothing."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from console.tui.terminal.writer import Writer


def until(holds: Callable[[], bool]) -> None:
    """Wait for something, for ten seconds at most."""
    ends = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.01)


def test_it_waits_while_nobody_reads_and_no_longer() -> None:
    reads, writes = os.pipe()
    writer = Writer(writes, "utf-8", lambda: None)
    writer.start()
    assert writer.waits_for == 0

    writer.write("x" * 1_000_000)
    until(lambda: writer.waits_for > 0.05)

    left = 1_000_000
    while left:
        left -= len(os.read(reads, 65_536))
    until(lambda: writer.waits_for == 0)
    writer.finish(5)
    os.close(reads)
    os.close(writes)
