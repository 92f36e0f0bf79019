"""The ballast: a file of real blocks beside the database, laid while there is room and thrown out when there is none.

On a full disk a database cannot even be opened, so that nobody could look what to delete.
"""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

from console.store.copying import sync

SIZE = 64 * 1024 * 1024
PROBE = 1024 * 1024
"""A disk on which not even so many bytes can be had is full."""
BLOCK = 512
"""The bytes of what `stat` calls a block."""


def place(path: Path) -> Path:
    """Give where the ballast of a database is."""
    return path.with_name(f"{path.name}-ballast")


def weight(path: Path) -> int:
    """Give how many bytes the ballast of a database holds on the disk, 0 where there is none."""
    try:
        return place(path).stat().st_blocks * BLOCK
    except OSError:
        return 0


def lay(path: Path, size: int = SIZE) -> bool:
    """Lay the ballast where it is not there in full; say whether there was room for it. Raises OSError."""
    if weight(path) >= size:
        return True
    throw(path)
    if not _has(place(path), size):
        return False
    sync(path.parent)
    return True


def throw(path: Path) -> int:
    """Throw the ballast out; give how many bytes that frees. Raises OSError."""
    freed = weight(path)
    with contextlib.suppress(FileNotFoundError):
        os.truncate(place(path), 0)
        place(path).unlink()
    return freed


def is_full(path: Path) -> bool:
    """Say whether the disk has no room left for this user, by trying. Raises OSError where it cannot be tried."""
    probe = path.with_name(f".{path.name}.probe")
    has_room = _has(probe, PROBE)
    probe.unlink(missing_ok=True)
    return not has_room


def _has(file: Path, size: int) -> bool:
    """Make a file of so many bytes on the disk; where there is no room, leave none and say so."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = -1
    try:
        descriptor = os.open(file, flags, 0o600)
        os.posix_fallocate(descriptor, 0, size)
        os.fsync(descriptor)
    except OSError as error:
        file.unlink(missing_ok=True)
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            return False
        raise
    finally:
        if descriptor >= 0:
            os.close(descriptor)
    return True
