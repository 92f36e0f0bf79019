"""Who has locked what of a database, as the system tells it: whom a writer waits for, and who still has a former one.

No file of the database is opened for that, since closing one would drop every lock that this process has on it.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from console.domain.safe import safe_line
from console.store.stand import inode

LOCKS = Path("/proc/locks")
WRITING_WAL, WRITING = 120, 0x40000001
"""The bytes that whoever writes has locked: in the memory beside a write-ahead log, and in the file itself."""

WORDS = 8
"""How many words a line has that tells of a lock which somebody holds."""

PAUSE = 0.01


def lock_holder(path: Path) -> str:
    """Name the program that has the database locked for writing, or give the empty word where nobody can tell.

    Only its name, number and account: what else it was told on its command line may be the text of a case.
    """
    sought = ((inode(f"{path}-shm"), WRITING_WAL), (inode(path), WRITING))
    for words in _locks():
        if any(_is_held(words, number[1], byte) for number, byte in sought if number):
            return _named(int(words[4]))
    return ""


def left_behind(path: Path) -> str:
    """Name a program that has open what belongs to the database, but another database: that was replaced under it.

    Whoever has the shared memory open has the file as well, from before until after; so looking twice is looking right.
    """
    memory = inode(f"{path}-shm")
    if memory is None or not (found := _elsewhere(path, memory)):
        return ""
    time.sleep(PAUSE)
    still = found & _elsewhere(path, memory)
    return (_named(min(still)) or "another program") if still else ""


def _elsewhere(path: Path, memory: tuple[int, int]) -> set[int]:
    """Give the processes that have locked this shared memory, and nothing of the file."""
    main = inode(path) or memory
    place = f"{os.major(memory[0]):02x}:{os.minor(memory[0]):02x}:{memory[1]}"
    held = [(int(words[4]), words[5]) for words in _locks() if len(words) >= WORDS and words[1] == "POSIX"]
    here = {process for process, file in held if file.rpartition(":")[2] == str(main[1])}
    return {process for process, file in held if file == place} - here - {os.getpid()}


def _locks() -> list[list[str]]:
    """Give the words of every line that tells of a lock; none where the system tells none."""
    try:
        return [line.split() for line in LOCKS.read_text("ascii").splitlines()]
    except (OSError, ValueError):
        return []


def _is_held(words: list[str], number: int, byte: int) -> bool:
    """Say whether a line tells of a lock for writing on this byte of a file; those who wait are told with an arrow."""
    if len(words) < WORDS or words[3] != "WRITE" or words[5].rpartition(":")[2] != str(number):
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
