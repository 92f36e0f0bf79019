"""The passage to the database: whoever opens it goes through, unless it is just being replaced by another.

SQLite opens the database first and its write-ahead log, by name, a moment later. Were the file replaced in between, an
old database would be read with a new log. So whoever opens shares a lock on the folder until both are open, and whoever
replaces the file has it alone.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

LONGEST = 5.0
"""Seconds for which the passage is waited for; what is done in it takes a hundredth of one."""

PAUSE = 0.01


@contextlib.contextmanager
def passage(database: Path, *, is_closed: bool = False) -> Iterator[bool]:
    """Go through, together with others who open, or close it to all others; gives whether it was free in time.

    Where the folder cannot be locked, everybody goes through.
    """
    try:
        folder = os.open(database.parent, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        yield True
        return
    try:
        yield _locked(folder, is_closed=is_closed)
    finally:
        os.close(folder)


def _locked(folder: int, *, is_closed: bool) -> bool:
    """Lock the folder, and say whether that was possible in time."""
    try:
        import fcntl
    except ImportError:  # pragma: no cover - where there is no such lock, files in use cannot be replaced either
        return True
    until = time.monotonic() + LONGEST
    while True:
        try:
            fcntl.flock(folder, (fcntl.LOCK_EX if is_closed else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                return False
            time.sleep(PAUSE)
        except OSError:
            return True
        else:
            return True
