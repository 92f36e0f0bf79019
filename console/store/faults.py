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
DO_AGAIN = "nothing was changed. Try again in a moment"
RESTORE = "`triage restore FILE`"
ROOM = "`triage rescue` frees the reserve that was laid by; then make room, and try again."


CORRUPT, NOT_A_DATABASE, FULL, IO_ERROR, READ_ONLY, CANNOT_OPEN = 11, 26, 13, 10, 8, 14
"""The error codes of SQLite that are told in sentences of their own (sqlite.org/rescode.html)."""

NO_ROOM = 1_000_000
"""With fewer bytes free than this, an error in opening or reading a file is that of a full disk."""


class Unusable(Refused):
    """A refusal by the database as a whole, whatever was to be written into it."""

    def __init__(self, sentence: str) -> None:
        """Keep the sentence."""
        super().__init__(sentence, STORAGE)


class Unwritable(Unusable):
    """Nothing at all can be written, for what is wrong with the disk or with rights."""


class Outlived(Unusable):
    """What a program has open is the database no more: only starting it again helps."""


class Damaged(Unusable):
    """A database was found damaged, or to be none; `said` is what SQLite said."""

    def __init__(self, sentence: str, said: str) -> None:
        """Keep what SQLite said besides the sentence."""
        super().__init__(sentence)
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
        raise Unusable(f"{path} cannot be used: {error.strerror}.") from error
    except Exception as error:
        cause = getattr(error, "orig", error)
        if isinstance(cause, (module.Error, UnicodeDecodeError)):
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
    if isinstance(error, UnicodeDecodeError) or "Could not decode" in said:
        said, code = "what should be text is none", CORRUPT
    if code in {CORRUPT, NOT_A_DATABASE}:
        return Damaged(f"{path} is damaged or not a database ({said}); restore it from a backup: {RESTORE}.", said)
    if "locked" in said:
        return busy(path)
    if code == FULL:
        return full()
    if code in {IO_ERROR, CANNOT_OPEN, READ_ONLY}:
        return _not_reached(path, code, said)
    return Refused(f"The database refused: {said}.", STORAGE)


def _not_reached(path: Path, code: int, said: str) -> Unwritable:
    """Give the sentence for a file that cannot be opened, read or written, by what is wrong with its disk."""
    if code != READ_ONLY and _free(path) < NO_ROOM:
        return Unwritable(f"The disk is full, so that {path} cannot even be read; nothing was changed. {ROOM}")
    if _is_mounted_read_only(path):
        told = f"{path} is on a file system that is mounted read-only ({said}), as happens after a fault of the disk"
        return Unwritable(f"{told}; nothing was changed. Check the disk, mount it writable, and try again.")
    if code == IO_ERROR:
        told = f"The disk failed to read or write {path} ({said}); nothing was changed."
        return Unwritable(f"{told} Look into the system's log, check the disk, then run `triage doctor`.")
    return Unwritable(f"{path} cannot be opened or written by you ({said}); check its permissions.")


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


def full() -> Unwritable:
    """Refuse what a full disk has no room for."""
    return Unwritable(f"The disk is full; nothing was changed. {ROOM}")


def busy(path: Path) -> Unusable:
    """Refuse to wait any longer for somebody else's lock, and say whose it is where the system tells."""
    from console.store.lock_holder import lock_holder

    holder = lock_holder(path)
    told = f"; if it hangs, end {holder}" if holder else ""
    return Unusable(f"The database is kept busy by {holder or 'another program'}; {DO_AGAIN}{told}.")


def newer(path: Path, version: int, known: int) -> Unusable:
    """Refuse a database that a later program has migrated."""
    told = f"The database was written by a newer Triage (schema {version}, this one knows {known})"
    return Unusable(f"{told}; nothing was changed. Update, and start Triage again. It is {path}.")


def older(path: Path, version: int, known: int) -> Unusable:
    """Refuse a database that has not been migrated yet."""
    return Unusable(
        f"The database has schema {version}, this program needs {known}; run `triage migrate`. It is {path}."
    )


def missing(path: Path) -> Unusable:
    """Refuse a file that is not there."""
    return Unusable(f"There is no database at {path}; `triage migrate` makes one.")


def gone(path: Path) -> Outlived:
    """Refuse to go on after the file was deleted or replaced by another."""
    told = "The database was deleted or replaced while in use; nothing was written"
    return Outlived(f"{told}. Start Triage again. It was {path}.")


def halved(path: Path) -> Unusable:
    """Refuse to go on after what belongs to the file was deleted or replaced beside it."""
    told = "The database's -wal or -shm was deleted or replaced while in use; nothing was written"
    return Unusable(f"{told}. End every Triage on {path}, which saves what they hold, then start again.")


def replaced(path: Path, program: str) -> Unusable:
    """Refuse to open a file in the place of one that somebody still works with: the log of that would be read."""
    told = f"The database was replaced while {program} still has the former one open; nothing was read or written"
    return Unusable(f"{told}. End that, then start again; `triage restore FILE` replaces {path} safely.")


def lost(path: Path) -> Unusable:
    """Refuse to call done what was written at the very moment in which the file was deleted or replaced."""
    told = "The database was deleted or replaced at this very moment, and what you did may be gone with it"
    return Unusable(f"{told}. Start Triage again and look. It was {path}.")


def fenced(path: Path) -> Outlived:
    """Refuse a database that is just being replaced by another, or whose restoring was broken off."""
    told = f"{path} is being restored from a backup; nothing was written. Start Triage again in a moment;"
    return Outlived(f"{told} where restoring was broken off, run `triage restore FILE` again.")


def restored(path: Path, at: datetime) -> Outlived:
    """Refuse to go on with what was the database before a restore."""
    told = f"The database was restored from a backup at {at:%Y-%m-%d %H:%M:%S} UTC; nothing was written into {path}"
    return Outlived(f"{told}. Start Triage again.")


def damaged(path: Path, at: datetime, newest: Path | None) -> Unusable:
    """Refuse to write into a database that was found damaged."""
    found = f"The database was found damaged at {at:%Y-%m-%d %H:%M} UTC"
    told = f"{found}: {path} can be read, nothing is written. Restore it"
    if newest is None:
        return Unusable(f"{told} from a backup with {RESTORE}.")
    return Unusable(f"{told} with `triage restore {newest}`.")


def foreign(path: Path) -> Unusable:
    """Refuse a database that belongs to another program."""
    return Unusable(f"{path} is a database, but not one of Triage; name another with --db.")
