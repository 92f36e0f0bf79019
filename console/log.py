"""The log: what happened to the program, one line each, and never a word of any case."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from pathlib import Path

from console.domain.safe import safe_line

LARGEST = 1_000_000
"""How many bytes the log may have; then it becomes the old one, and a new one begins."""


class Level(IntEnum):
    """How much a line matters."""

    ERROR = 0
    WARNING = 1
    INFO = 2
    DEBUG = 3


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
        line = f"{self.now():%Y-%m-%dT%H:%M:%SZ} {level.name.lower()} {safe_line(told)}\n"
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._turn_over()
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW
            with os.fdopen(os.open(self.path, flags, 0o600), "a", encoding="utf-8") as file:
                file.write(line)
        except OSError:
            return

    def _turn_over(self) -> None:
        if self.path.exists() and self.path.stat().st_size >= LARGEST:
            self.path.replace(self.path.with_name(f"{self.path.name}.old"))
