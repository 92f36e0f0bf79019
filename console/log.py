"""The log: what happened to the program, one line each, and never a word of any case.

Many programs write to one log. A line is written in one piece at the end of the file; whoever finds the file full makes
it an old one, one at a time by a lock beside it, and the others go on with a new one.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from pathlib import Path

from console.domain.errors import RefusalCode, Refused
from console.domain.safe import clipped, safe_line
from console.domain.words import listed

LARGEST = 1_000_000
"""How many bytes the log may have; then it becomes an old one, and a new one begins."""

OLD = 5
"""How many old logs are kept: `.1` is the newest."""

LONGEST = 1_000
"""How many cells of what is told are kept."""

_TRIES = 5
"""How often a line is written again whose file was dropped before it got there."""

_APPENDING = os.O_WRONLY | os.O_APPEND | os.O_CREAT
_CAREFUL = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)


class Level(IntEnum):
    """How much a line matters."""

    ERROR = 0
    WARNING = 1
    INFO = 2
    DEBUG = 3


Note = Callable[[Level, str], None]
"""Whoever is told what happened: a log's `note`, or nobody."""


def unheard(_level: Level, _told: str) -> None:
    """Let nobody hear what happened."""


@dataclass(frozen=True, slots=True)
class Log:
    """Appends lines up to a level to a file that its owner alone may read."""

    path: Path
    now: Callable[[], datetime]
    level: Level = Level.INFO

    def note(self, level: Level, told: str) -> None:
        """Write one line; what cannot be written stays unwritten, since no work may wait for it."""
        if level > self.level:
            return
        said = clipped(safe_line(told[: LONGEST * 2]), LONGEST, len(told) - LONGEST * 2)
        line = f"{self.now():%Y-%m-%dT%H:%M:%SZ} {level.name.lower()} {said}\n".encode("utf-8", "backslashreplace")
        with contextlib.suppress(OSError):
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            for _ in range(_TRIES):
                if self._is_kept(line):
                    return

    def _is_kept(self, line: bytes) -> bool:
        """Write a line in one piece; say whether its file was still there then. A full one becomes an old one."""
        file = os.open(self.path, _APPENDING | _CAREFUL, 0o600)
        try:
            os.write(file, line)
            found = os.fstat(file)
        finally:
            os.close(file)
        if found.st_size >= LARGEST:
            self._turn_over()
        return found.st_nlink > 0

    def _turn_over(self) -> None:
        """Make a full log an old one, unless somebody is just doing that, or has done it."""
        with _alone(self._named(".lock")) as is_alone:
            if is_alone and self.path.stat().st_size >= LARGEST:
                for number in range(OLD, 0, -1):
                    with contextlib.suppress(FileNotFoundError):
                        self._named(f".{number - 1}" if number > 1 else "").replace(self._named(f".{number}"))

    def _named(self, ending: str) -> Path:
        return self.path.with_name(self.path.name + ending)


def level_of(word: str, origin: str) -> Level:
    """Give the level that a setting names. Refused: a word that names none."""
    known = {level.name.lower(): level for level in Level}
    if word not in known:
        told = f"log_level is {safe_line(word)!r} ({origin}), and can be {listed(known, 'or')}; correct it."
        raise Refused(told, RefusalCode.BAD_INPUT)
    return known[word]


@contextlib.contextmanager
def _alone(lock: Path) -> Iterator[bool]:
    """Hold a lock where nobody else does, and say whether that is so; it ends with whoever holds it."""
    file = os.open(lock, os.O_RDWR | os.O_CREAT | _CAREFUL, 0o600)
    try:
        yield _is_locked(file)
    finally:
        os.close(file)


def _is_locked(file: int) -> bool:
    try:
        import fcntl
    except ImportError:  # pragma: no cover - where there is no such lock, two may turn over at once
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
