"""A folder of backups: each is written under a name that does not count, and gets its own when it is sound."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from console.domain.errors import Refused
from console.store import faults
from console.store.copying import sync

BEGUN = ".partial"
"""How the name of a backup ends that is not finished."""
DIGEST = ".sha256"
"""How the name of the file ends that holds a backup's digest, as `sha256sum -c` reads it."""


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Make the folder where there is none, and have it alone; what was not finished there before is removed.

    Refused: while another backup is made. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        if not _is_free(descriptor):
            raise Refused(f"Another backup into {folder} is under way; wait for it to end.", faults.STORAGE)
        for left in folder.glob(f".*{BEGUN}*"):
            left.unlink(missing_ok=True)
        yield
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def alone_at(path: Path) -> Iterator[Path]:
    """Give the name under which what is to take a database's place is made, to one at a time.

    What was broken off there before is removed, and what is left at the end. Refused: while somebody else has it.
    """
    new = path.with_name(f".{path.name}.restoring")
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(path.with_name(f".{path.name}.restore"), flags, 0o600)
    try:
        if not _is_free(descriptor):
            raise Refused(f"Another restore of {path} is under way; wait for it to end.", faults.STORAGE)
        _remove_all(new)
        yield new
    finally:
        _remove_all(new)
        os.close(descriptor)


def _remove_all(new: Path) -> None:
    """Remove a file and all that SQLite and writers have put beside it."""
    for beside in ("-wal", "-shm", "-journal", "-queue", ""):
        new.with_name(f"{new.name}{beside}").unlink(missing_ok=True)


def begun(path: Path) -> Path:
    """Give the name under which a backup is begun."""
    return path.with_name(f".{path.name}{BEGUN}")


def finish(path: Path) -> str:
    """Give a backup that is begun and on the disk its name, and write its digest beside it; give the digest."""
    found = digest(begun(path))
    beside = path.with_name(f"{path.name}{DIGEST}")
    unfinished = begun(beside)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(f"{found}  {path.name}\n")
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(beside)
    begun(path).rename(path)
    sync(path.parent)
    return found


def drop(path: Path) -> None:
    """Remove a backup and its digest. Raises OSError."""
    path.unlink(missing_ok=True)
    path.with_name(f"{path.name}{DIGEST}").unlink(missing_ok=True)


def is_as_written(path: Path) -> bool | None:
    """Say whether a backup is what its digest says; None where it has none."""
    try:
        said = path.with_name(f"{path.name}{DIGEST}").read_text(encoding="ascii")
    except (FileNotFoundError, ValueError):
        return None
    return said.split()[:1] == [digest(path)]


def digest(path: Path) -> str:
    """Give the SHA-256 of a file. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_free(descriptor: int) -> bool:
    """Lock a folder, and say whether nobody else has; where there are no locks, everybody goes ahead."""
    try:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except (ImportError, OSError):
        return True
    return True
