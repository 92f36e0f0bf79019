"""Who holds the lock that a writer waits for, as the system tells it."""

from __future__ import annotations

import os
from pathlib import Path

from console.domain.safe import safe_line
from console.store.stand import inode

LOCKS = Path("/proc/locks")
WRITING_WAL, WRITING = 120, 0x40000001
"""The bytes that whoever writes has locked: in the memory beside a write-ahead log, and in the file itself."""


def lock_holder(path: Path) -> str:
    """Name the program that has the database locked for writing, or give the empty word where nobody can tell.

    Only its name, number and account: what else it was told on its command line may be the text of a case. No file of
    the database is opened for that, since closing one would drop every lock that this process has on it.
    """
    try:
        lines = LOCKS.read_text("ascii").splitlines()
    except (OSError, ValueError):
        return ""
    sought = ((inode(f"{path}-shm"), WRITING_WAL), (inode(path), WRITING))
    for line in lines:
        words = line.split()
        if any(_is_held(words, number[1], byte) for number, byte in sought if number):
            return _named(int(words[4]))
    return ""


def _is_held(words: list[str], number: int, byte: int) -> bool:
    """Say whether a line tells of a lock for writing on this byte of a file; those who wait are told with an arrow."""
    if len(words) < 8 or words[3] != "WRITE" or words[5].rpartition(":")[2] != str(number):  # noqa: PLR2004
        return False
    last = float("inf") if words[7] == "EOF" else int(words[7])
    return int(words[6]) <= byte <= last


def _named(process: int) -> str:
    """Name a process; one of another container has no number here."""
    if process == os.getpid():
        return "a longer act of this very program"
    try:
        place = Path(f"/proc/{process}")
        name, account = (place / "comm").read_text("utf-8").strip(), place.stat().st_uid
    except (OSError, UnicodeDecodeError):
        return ""
    return f"{safe_line(name)} (process {process}, account {_account(account)})"


def _account(number: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)
