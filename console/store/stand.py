"""The files a connection stands on: what is written into one that was deleted or replaced meanwhile is lost.

SQLite keeps files open, and so goes on writing into one that has no name any more. Therefore every transaction looks,
before it begins, once it has the lock, before it commits and after that, whether the names still lead to its files.
"""

from __future__ import annotations

import os
from pathlib import Path

from console.store import faults

SIDES = ("", "-wal", "-shm")
"""What a database consists of: the file, its write-ahead log, and the memory its users share."""

STAND = "stand"
"""Where a connection of the ORM keeps which files it stands on."""

Inode = tuple[int, int] | None


class Stand:
    """The files of one connection, as they were when it was opened."""

    def __init__(self, path: Path) -> None:
        """Look at them; the two at the side may not be there yet."""
        self._path = path
        self._names = tuple(f"{path}{side}" for side in SIDES)
        self._files = self._found()

    def must_hold(self) -> None:
        """Refuse to go on with files that were deleted or replaced; nothing has been written then."""
        lost = self._lost()
        if lost is not None:
            raise (faults.halved if lost else faults.gone)(self._path)

    def must_have_held(self) -> None:
        """Refuse to call done what was committed into files that had been deleted or replaced."""
        if self._lost() is not None:
            raise faults.lost(self._path)

    def _lost(self) -> int | None:
        """Give the place of the first file that is no longer the one that was opened."""
        found = self._found()
        if found == self._files:
            return None
        for place, (was, now) in enumerate(zip(self._files, found, strict=True)):
            if was not in {None, now}:
                return place
        self._files = found
        return None

    def _found(self) -> tuple[Inode, ...]:
        return tuple(map(inode, self._names))


def inode(name: Path | str) -> Inode:
    """Give which file a name leads to now, None where it leads to none."""
    try:
        found = os.stat(name)  # noqa: PTH116 - at every transaction, and three times as quick
    except OSError:
        return None
    return found.st_dev, found.st_ino
