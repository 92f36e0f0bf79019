"""Turns: a folder that one program holds for as long as it lives; the system lets go of it when it dies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODYS = -1
"""What stands for a lock where the system has none for folders; then one program at a time may use a spool."""


def holding(folder: Path, *, waits: bool = False) -> int | None:
    """Hold a folder; give what is closed to let go of it, or None where another holds it or it has gone."""
    try:
        import fcntl
    except ImportError:
        return NOBODYS
    try:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
    except OSError:
        os.close(opened)
        return None
    return opened


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold a folder for a moment, after whoever holds it now."""
    opened = holding(folder, waits=True)
    try:
        yield
    finally:
        if opened is not None and opened != NOBODYS:
            os.close(opened)
