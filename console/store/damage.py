"""The mark of a damaged database: a file beside it, which stays until the database is replaced.

A damaged database goes on taking writes, and each of them may spoil more. The mark names the file it was made for, so
that it says nothing of another that has taken its place. Store never reads a clock: the mark's time is its file's own.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Mark:
    """When damage was met, and what SQLite said."""

    at: datetime
    said: str


def place(path: Path) -> Path:
    """Give where the mark of a database is."""
    return path.with_name(f"{path.name}-damaged")


def mark(path: Path, said: str) -> None:
    """Mark a database as damaged; one that is marked already, and one where nothing can be written, stays as it is."""
    if found(path) is not None:
        return
    with contextlib.suppress(OSError):
        told = f"{_identity(path)}\n{' '.join(said.split())[:LONGEST]}\n"
        place(path).unlink(missing_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        with os.fdopen(os.open(place(path), flags, 0o600), "w", encoding="utf-8") as file:
            file.write(told)
            file.flush()
            os.fsync(file.fileno())


def found(path: Path) -> Mark | None:
    """Give the mark of a database, or None; a mark that cannot be read is one, that of another file is none."""
    try:
        stat = place(path).stat()
    except OSError:
        return None
    at = datetime.fromtimestamp(stat.st_mtime, UTC)
    try:
        identity, _, said = place(path).read_text(encoding="utf-8").partition("\n")
        is_of_another = bool(said) and identity != _identity(path)
    except (OSError, ValueError):
        return Mark(at, "the mark cannot be read")
    return None if is_of_another else Mark(at, said.strip())


def is_known(path: Path) -> bool:
    """Say whether a file that cannot be read as a database was one of Triage: its writers queue beside it."""
    return path.with_name(f"{path.name}-queue").exists()


def clear(path: Path) -> None:
    """Take the mark away. Raises OSError where that cannot be."""
    place(path).unlink(missing_ok=True)


def _identity(path: Path) -> str:
    stat = path.stat()
    return f"{stat.st_dev}:{stat.st_ino}"
