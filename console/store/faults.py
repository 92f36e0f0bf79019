"""What the database complains about, turned into sentences a person can act on."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from types import ModuleType

from console.domain.errors import RefusalCode, Refused
from console.store.room import room

STORAGE = RefusalCode.STORAGE
BUSY = "The database is kept busy by another program; try again in a moment."
RESTORE = "`triage restore FILE`"
ROOM = "`triage rescue` frees the reserve that was laid by; then make room, and try again."


CORRUPT, NOT_A_DATABASE, FULL, IO_ERROR, READ_ONLY, CANNOT_OPEN = 11, 26, 13, 10, 8, 14
"""The error codes of SQLite that are told in sentences of their own (sqlite.org/rescode.html)."""

NO_ROOM = 1_000_000
"""With fewer bytes free than this, an error in opening or reading a file is that of a full disk."""


class Damaged(Refused):
    """A database was found damaged, or to be none; `said` is what SQLite said."""

    def __init__(self, sentence: str, said: str) -> None:
        """Keep what SQLite said besides the sentence."""
        super().__init__(sentence, STORAGE)
        self.said = said


@contextlib.contextmanager
def told(path: Path, module: ModuleType, met: Callable[[Refused], None] | None = None) -> Iterator[None]:
    """Turn errors of the driver, bare or wrapped by SQLAlchemy, and of the file system into refusals.

    `met` is shown each refusal before it is raised.
    """
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise full() from error
        raise Refused(f"{path} cannot be used: {error.strerror}.", STORAGE) from error
    except Exception as error:
        cause = getattr(error, "orig", error)
        if isinstance(cause, module.Error):
            refused = refusal(path, cause)
            if met is not None:
                met(refused)
            raise refused from error
        raise


def is_busy(error: Exception) -> bool:
    """Say whether the driver only found somebody else holding the lock."""
    said = str(getattr(error, "orig", error))
    return "locked" in said or "busy" in said


def refusal(path: Path, error: BaseException) -> Refused:
    """Give the sentence for what the driver said."""
    said = str(error)
    code = int(getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if code in {CORRUPT, NOT_A_DATABASE}:
        return Damaged(f"{path} is damaged or not a database ({said}); restore it from a backup: {RESTORE}.", said)
    if "locked" in said:
        return Refused(BUSY, STORAGE)
    if code == FULL:
        return full()
    if code in {IO_ERROR, CANNOT_OPEN, READ_ONLY}:
        return _not_reached(path, code, said)
    return Refused(f"The database refused: {said}.", STORAGE)


def _not_reached(path: Path, code: int, said: str) -> Refused:
    """Give the sentence for a file that cannot be opened, read or written, by what is wrong with its disk."""
    if code != READ_ONLY and _free(path) < NO_ROOM:
        return Refused(f"The disk is full, so that {path} cannot even be read; nothing was changed. {ROOM}", STORAGE)
    if _is_mounted_read_only(path):
        told = f"{path} is on a file system that is mounted read-only ({said}), as happens after a fault of the disk"
        return Refused(f"{told}; nothing was changed. Check the disk, mount it writable, and try again.", STORAGE)
    if code == IO_ERROR:
        told = f"The disk failed to read or write {path} ({said}); nothing was changed."
        return Refused(f"{told} Look into the system's log, check the disk, then run `triage doctor`.", STORAGE)
    return Refused(f"{path} cannot be opened or written by you ({said}); check its permissions.", STORAGE)


def _free(path: Path) -> int:
    """Give how many bytes are free for a file; enough where that cannot be told."""
    try:
        return room(path).free
    except OSError:
        return NO_ROOM


def _is_mounted_read_only(path: Path) -> bool:
    try:
        return bool(os.statvfs(path.parent).f_flag & os.ST_RDONLY)
    except (AttributeError, OSError):
        return False


def full() -> Refused:
    """Refuse what a full disk has no room for."""
    return Refused(f"The disk is full; nothing was changed. {ROOM}", STORAGE)


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


def fenced(path: Path) -> Refused:
    """Refuse a database that is just being replaced by another, or whose restoring was broken off."""
    told = f"{path} is being restored from a backup; nothing was written. Start Triage again in a moment;"
    return Refused(f"{told} where restoring was broken off, run `triage restore FILE` again.", STORAGE)


def restored(path: Path, at: datetime) -> Refused:
    """Refuse to go on with what was the database before a restore."""
    told = f"{path} was restored from a backup at {at:%Y-%m-%d %H:%M:%S} UTC; nothing was written"
    return Refused(f"{told}. Start Triage again.", STORAGE)


def damaged(path: Path, at: datetime, newest: Path | None) -> Refused:
    """Refuse to write into a database that was found damaged."""
    told = f"{path} was found damaged at {at:%Y-%m-%d %H:%M} UTC: it can be read, nothing is written. Restore it"
    if newest is None:
        return Refused(f"{told} from a backup with {RESTORE}.", STORAGE)
    return Refused(f"{told} with `triage restore {newest}`.", STORAGE)


def foreign(path: Path) -> Refused:
    """Refuse a database that belongs to another program."""
    return Refused(f"{path} is a database, but not one of Triage; name another with --db.", STORAGE)
