"""What the database complains about, turned into sentences a person can act on."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from console.domain.errors import RefusalCode, Refused

STORAGE = RefusalCode.STORAGE
BUSY = "The database is kept busy by another program; try again in a moment."


@contextlib.contextmanager
def told(path: Path, module: ModuleType) -> Iterator[None]:
    """Turn errors of the driver, bare or wrapped by SQLAlchemy, and of the file system into refusals."""
    try:
        yield
    except OSError as error:
        raise Refused(f"{path} cannot be used: {error.strerror}.", STORAGE) from error
    except Exception as error:
        cause = getattr(error, "orig", error)
        if isinstance(cause, module.Error):
            raise refusal(path, str(cause)) from error
        raise


def is_busy(error: Exception) -> bool:
    """Say whether the driver only found somebody else holding the lock."""
    said = str(getattr(error, "orig", error))
    return "locked" in said or "busy" in said


def refusal(path: Path, said: str) -> Refused:
    """Give the sentence for what the driver said."""
    if "not a database" in said or "malformed" in said:
        return Refused(f"{path} is damaged or not a database ({said}); restore it from a backup.", STORAGE)
    if "locked" in said:
        return Refused(BUSY, STORAGE)
    if "full" in said:
        return Refused("The disk is full; nothing was changed. Make room and try again.", STORAGE)
    if "readonly" in said or "unable to open" in said:
        return Refused(f"{path} cannot be opened or written by you ({said}); check its permissions.", STORAGE)
    return Refused(f"The database refused: {said}.", STORAGE)


def newer(path: Path, version: int, known: int) -> Refused:
    """Refuse a database that a later program has migrated."""
    return Refused(f"{path} was written by a newer Triage (schema {version}, this one knows {known}); update.", STORAGE)


def older(path: Path, version: int, known: int) -> Refused:
    """Refuse a database that has not been migrated yet."""
    return Refused(f"{path} has schema {version}, this program needs {known}; run `triage migrate`.", STORAGE)


def missing(path: Path) -> Refused:
    """Refuse a file that is not there."""
    return Refused(f"There is no database at {path}; `triage migrate` makes one.", STORAGE)


def gone(path: Path) -> Refused:
    """Refuse to go on after the file was deleted or replaced by another."""
    return Refused(f"{path} was deleted or replaced while in use; nothing was written. Start Triage again.", STORAGE)


def foreign(path: Path) -> Refused:
    """Refuse a database that belongs to another program."""
    return Refused(f"{path} is a database, but not one of Triage; name another with --db.", STORAGE)
