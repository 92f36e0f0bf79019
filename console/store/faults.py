"""What the database complains about, turned into sentences a person can act on."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from console.domain.errors import RefusalCode, Refused

STORAGE = RefusalCode.STORAGE
DO_AGAIN = "nothing was changed. Try again in a moment"


class Unusable(Refused):
    """A refusal by the database as a whole, whatever was to be written into it."""

    def __init__(self, sentence: str) -> None:
        """Keep the sentence."""
        super().__init__(sentence, STORAGE)


@contextlib.contextmanager
def told(path: Path, module: ModuleType) -> Iterator[None]:
    """Turn errors of the driver, bare or wrapped by SQLAlchemy, and of the file system into refusals."""
    try:
        yield
    except OSError as error:
        raise Unusable(f"{path} cannot be used: {error.strerror}.") from error
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
        return Unusable(f"{path} is damaged or not a database ({said}); restore it from a backup.")
    if "locked" in said:
        return busy(path)
    if "full" in said:
        return Unusable("The disk is full; nothing was changed. Make room and try again.")
    if "I/O error" in said:
        return Unusable(f"The disk under {path} fails ({said}); {DO_AGAIN}, and look after the disk.")
    if "readonly" in said or "unable to open" in said:
        told = f"{path} cannot be opened or written by you ({said})"
        return Unusable(f"{told}; check its permissions, and whether the disk is full.")
    return Refused(f"The database refused: {said}.", STORAGE)


def busy(path: Path) -> Unusable:
    """Refuse to wait any longer for somebody else's lock, and say whose it is where the system tells."""
    from console.store.lock_holder import lock_holder

    holder = lock_holder(path)
    told = f"; if it hangs, end {holder}" if holder else ""
    return Unusable(f"The database is kept busy by {holder or 'another program'}; {DO_AGAIN}{told}.")


def newer(path: Path, version: int, known: int) -> Unusable:
    """Refuse a database that a later program has migrated."""
    told = f"{path} was written by a newer Triage (schema {version}, this one knows {known})"
    return Unusable(f"{told}; nothing was changed. Update, and start Triage again.")


def older(path: Path, version: int, known: int) -> Unusable:
    """Refuse a database that has not been migrated yet."""
    return Unusable(f"{path} has schema {version}, this program needs {known}; run `triage migrate`.")


def missing(path: Path) -> Unusable:
    """Refuse a file that is not there."""
    return Unusable(f"There is no database at {path}; `triage migrate` makes one.")


def gone(path: Path) -> Unusable:
    """Refuse to go on after the file was deleted or replaced by another."""
    return Unusable(f"{path} was deleted or replaced while in use; nothing was written. Start Triage again.")


def halved(path: Path) -> Unusable:
    """Refuse to go on after what belongs to the file was deleted or replaced beside it."""
    told = f"{path}-wal or -shm was deleted or replaced while in use; nothing was written"
    return Unusable(f"{told}. End every Triage on it, which saves what they hold, then start again.")


def lost(path: Path) -> Unusable:
    """Refuse to call done what was written at the very moment in which the file was deleted or replaced."""
    told = f"{path} was deleted or replaced at this very moment, and what you did may be gone with it"
    return Unusable(f"{told}. Start Triage again and look.")


def foreign(path: Path) -> Unusable:
    """Refuse a database that belongs to another program."""
    return Unusable(f"{path} is a database, but not one of Triage; name another with --db.")
