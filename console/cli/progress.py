"""A progress line on standard error, where that is a terminal; at most five times a second."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field

from console.cli.output import columns, is_ascii_only
from console.domain.safe import safe_line

INTERVAL = 0.2
CELLS = 24
ERASE = "\r\x1b[K"


@dataclass
class Progress:
    """How far the reading of one file is."""

    name: str
    size: int | None
    begun: float = field(default_factory=time.monotonic)
    shown: float = 0.0

    def at(self, done: int, count: int) -> None:
        """Show where it is: bytes of the size, records, and records a second."""
        now = time.monotonic()
        if now - self.shown >= INTERVAL and sys.stderr.isatty():
            self.shown = now
            rate = count / max(now - self.begun, 0.001)
            line = f"{safe_line(self.name)} {self._bar(done)} {count:,} records, {rate:,.0f} a second"
            sys.stderr.write(f"{ERASE}{line[: columns() - 1]}")
            sys.stderr.flush()

    def end(self) -> None:
        """Take the line away again."""
        if self.shown:
            sys.stderr.write(ERASE)
            sys.stderr.flush()

    def _bar(self, done: int) -> str:
        if not self.size:
            return f"{done / 1_000_000:,.1f} MB"
        part = min(done / self.size, 1.0)
        full, empty = ("#", ".") if is_ascii_only(sys.stderr) else ("█", "░")
        cells = round(part * CELLS)
        return f"{full * cells}{empty * (CELLS - cells)} {part:4.0%}"
