"""Private folders: files put whole into a folder that its owner alone may look into, never over one that is there."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

_MAKING = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


def why_unfit(folder: Path) -> str:
    """Make a folder where there is none; say why it cannot be used: a link, somebody else's, open to others."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
    except OSError as error:
        return f"{folder} cannot be made ({error.strerror})"
    if not stat.S_ISDIR(found.st_mode):
        return f"{folder} is not a folder of its own"
    if hasattr(os, "geteuid") and (found.st_uid != os.geteuid() or found.st_mode & 0o077):
        return f"{folder} is not its owner's alone"
    return ""


def put(place: Path, data: bytes) -> None:
    """Write a file whole, or not at all; the same one that is there already stays. Raises OSError."""
    if _is_there(place, len(data)):
        return
    unfinished = place.parent / f".{secrets.token_hex(8)}"
    file = os.open(unfinished, _MAKING, 0o600)
    try:
        with os.fdopen(file, "wb") as written:
            written.write(data)
            written.flush()
            os.fsync(written.fileno())
        _name(unfinished, place)
    finally:
        unfinished.unlink(missing_ok=True)
    _settle(place.parent)


def _name(unfinished: Path, place: Path) -> None:
    """Give a written file its name; where a disk knows no second names, in the place of its first."""
    try:
        os.link(unfinished, place, follow_symlinks=False)
    except FileExistsError:
        return
    except OSError:
        unfinished.replace(place)


def _is_there(place: Path, size: int) -> bool:
    """Say whether a file is there already. Raises OSError where something else stands in its place."""
    try:
        found = place.lstat()
    except FileNotFoundError:
        return False
    if not stat.S_ISREG(found.st_mode) or found.st_size != size:
        raise FileExistsError(17, "something else stands in its place", str(place))
    return True


def _settle(folder: Path) -> None:
    """Have a folder's new names on the disk, so that nothing tells of a file that a power cut takes away."""
    if hasattr(os, "O_DIRECTORY"):
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
