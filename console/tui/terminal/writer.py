"""The thread that sends text to the terminal, and survives a terminal that has gone or stopped reading."""

from __future__ import annotations

import os
import select
import time
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread

WAITING_TEXTS = 30
"""How many texts may wait before whoever draws has to wait too; more would only be old frames."""
BYTES_AT_ONCE = 65_536
PATIENCE = 0.02


class Writer(Thread):
    """Writes what it is given, in order, until the terminal is gone; who draws waits for it, until `hurry`."""

    def __init__(self, descriptor: int, encoding: str, on_lost: Callable[[], None]) -> None:
        super().__init__(daemon=True, name="terminal-output")
        self._descriptor = descriptor
        self._encoding = encoding
        self._on_lost = on_lost
        self._texts: SimpleQueue[str | None] = SimpleQueue()
        self._is_lost = False
        self._is_hurried = False
        self._sends_since: float | None = None

    @property
    def waits_for(self) -> float:
        """For how many seconds the terminal has taken nothing of what is being sent; none where nothing is."""
        since = self._sends_since
        return 0.0 if since is None else time.monotonic() - since

    def write(self, text: str) -> None:
        """Add text to what is to be sent; waits while the terminal is far behind."""
        while self._texts.qsize() >= WAITING_TEXTS and not (self._is_lost or self._is_hurried):
            time.sleep(PATIENCE)
        self._texts.put(text)

    def hurry(self) -> None:
        """Let nobody wait any more: the console is leaving. Safe to call from a signal handler."""
        self._is_hurried = True

    def finish(self, patience: float) -> None:
        """Send what is left, for at most so many seconds, and end."""
        self._texts.put(None)
        self.join(patience)

    def run(self) -> None:
        """Send until told to end, as much at once as is waiting."""
        is_open = True
        while is_open:
            gathered: list[str] = []
            size = 0
            while is_open and (not gathered or (size < BYTES_AT_ONCE and not self._texts.empty())):
                text = self._texts.get()
                is_open = text is not None
                gathered.append(text or "")
                size += len(text or "")
            self._send("".join(gathered).encode(self._encoding, "replace"))

    def _send(self, data: bytes) -> None:
        while data and not self._is_lost:
            self._sends_since = self._sends_since or time.monotonic()
            try:
                data = data[os.write(self._descriptor, data) :]
                self._sends_since = None
            except BlockingIOError:
                select.select([], [self._descriptor], [], 1.0)
            except OSError:
                self._is_lost = True
                self._on_lost()
        self._sends_since = None
