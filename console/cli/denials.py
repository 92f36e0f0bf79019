"""The log of denied deeds: who was told that they may not do something, and when; never a word of any case."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from console.domain.safe import safe_line

LARGEST = 1_000_000
"""How many bytes the log may have; then it becomes the old one, and a new one begins."""


@dataclass(frozen=True, slots=True)
class DenialLog:
    """Appends one line a denial to a file that its owner alone may read."""

    path: Path
    now: Callable[[], datetime]

    def note(self, told: str) -> None:
        """Write a denial down; what cannot be written stays unwritten, since the deed is refused anyhow."""
        line = f"{self.now():%Y-%m-%dT%H:%M:%SZ} denied: {safe_line(told)}\n"
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
