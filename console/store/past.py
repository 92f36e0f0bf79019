"""What a database was before: the backups of it in a folder, and the files that restores have put aside.

Everything here is told by names, so that it can be said of a database that cannot be opened.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Kept:
    """One backup: its file, when it was made, and its size in bytes."""

    path: Path
    at: datetime
    size: int


def backup_name(stem: str, at: datetime) -> str:
    """Give the name of a backup of the database `stem.db`."""
    return f"{stem}-{at.astimezone(UTC):{STAMP}}.db"


def kept(folder: Path, stem: str) -> tuple[Kept, ...]:
    """Give the backups of a database in a folder, oldest first. Raises OSError where the folder cannot be read."""
    found = []
    for path in folder.iterdir() if folder.exists() else ():
        at = _moment(path.name, f"{stem}-", ".db")
        if at is not None:
            with contextlib.suppress(FileNotFoundError):
                found.append(Kept(path, at, path.stat().st_size))
    return tuple(sorted(found, key=lambda each: each.at))


def newest(folder: Path, stem: str) -> Path | None:
    """Give the newest backup of a database, or None where there is none that can be seen."""
    try:
        found = kept(folder, stem)
    except OSError:
        return None
    return found[-1].path if found else None


def aside_name(path: Path, at: datetime) -> Path:
    """Give where a restore at this time puts the database aside: a name that is free."""
    aside = path.with_name(f"{path.name}.before-{at.astimezone(UTC):{STAMP}}")
    return aside_name(path, at + timedelta(seconds=1)) if aside.exists() else aside


def put_aside_at(path: Path, identity: tuple[int, int]) -> datetime | None:
    """Give when a restore put this very file aside, or None where none has."""
    with contextlib.suppress(OSError):
        for other in path.parent.iterdir():
            at = _moment(other.name, f"{path.name}.before-", "")
            if at is not None and (other.stat().st_dev, other.stat().st_ino) == identity:
                return at
    return None


def _moment(name: str, before: str, after: str) -> datetime | None:
    """Read the time in a name, or give None where it is another kind of name."""
    if not name.startswith(before) or not name.endswith(after):
        return None
    try:
        return datetime.strptime(name[len(before) : len(name) - len(after)], STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
