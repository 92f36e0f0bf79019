"""A maildir as a live source: what is new in it, and how it becomes what was seen."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from console.domain.errors import RefusalCode, Refused

_INFO = ":2,"


def is_maildir(folder: Path) -> bool:
    """Say whether a folder is a maildir."""
    return (folder / "new").is_dir() and (folder / "cur").is_dir()


def new_mails(folder: Path) -> list[Path]:
    """Give the mails in `new`, the oldest first; neither links nor anything else that is no plain file.

    Refused: a folder that cannot be looked into.
    """
    found = []
    try:
        with os.scandir(folder / "new") as entries:
            for entry in entries:
                there = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(there.st_mode) and not entry.name.startswith("."):
                    found.append((there.st_mtime_ns, entry.name))
    except OSError as error:
        told = f"'{folder}' cannot be looked into ({error.strerror}); name a maildir that can be."
        raise Refused(told, RefusalCode.BAD_INPUT) from None
    return [folder / "new" / name for _, name in sorted(found)]


def seen(folder: Path, path: Path) -> None:
    """Move a mail from `new` to `cur` with the flag of what was seen. Raises OSError."""
    name, _, flags = path.name.partition(_INFO)
    flags = "".join(sorted({*flags, "S"}))
    place = folder / "cur" / f"{name}{_INFO}{flags}"
    if os.path.lexists(place):
        place = folder / "cur" / f"{name}.{secrets.token_hex(4)}{_INFO}{flags}"
    path.rename(place)
