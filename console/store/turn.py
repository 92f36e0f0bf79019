"""One's turn to write: writers of all processes queue beside the database, first come, first served.

SQLite lets whoever happens to look at the right moment have its lock, so that in a crowd some wait for seconds. The
queue is a courtesy only: the database's own lock decides, and whoever cannot queue writes all the same.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path

LONGEST = 2.0
"""Seconds after which one goes ahead, whoever stands in front: they may be stopped, and a lock is no reason to hang."""


@contextlib.contextmanager
def turn(database: Path, longest: float = LONGEST) -> Iterator[None]:
    """Wait for one's turn, and let the next one in at the end."""
    queue = _opened(database)
    if queue is None:
        yield
        return
    try:
        _wait(queue, longest)
        yield
    finally:
        os.close(queue)


def _opened(database: Path) -> int | None:
    """Open the file whose lock is the queue, for whom the database is too, or give None where there can be none."""
    try:
        mode = database.stat().st_mode & 0o666
        return os.open(database.with_name(f"{database.name}-queue"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, mode)
    except OSError:
        return None


def _wait(queue: int, longest: float) -> None:
    """Lock the queue. The wait itself knows no end, so a thread does it, with a descriptor of its own.

    What it gets too late is dropped with the last descriptor, which then is the thread's.
    """
    try:
        import fcntl
    except ImportError:  # pragma: no cover - where there is no such lock, the database's own must do
        return
    try:
        fcntl.flock(queue, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        waiting = threading.Thread(target=_locked, args=(os.dup(queue),), name="turn", daemon=True)
        waiting.start()
        waiting.join(longest)
    except OSError:
        return


def _locked(queue: int) -> None:
    import fcntl

    with contextlib.suppress(OSError):
        fcntl.flock(queue, fcntl.LOCK_EX)
    os.close(queue)
