"""Leaving when told to: a line that dropped, a server that stops, a terminal that went away.

The signal is taken by a plain handler, which runs even while the event loop is stuck in a write, and a second thread
ends the process if the console has not left two seconds later.
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from types import FrameType

LEAVING = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)
GRACE = 2.0
"""Seconds the console has to leave by itself."""
SIGNALLED = 128
"""What a shell adds to the number of a signal to make an exit status."""


class HangUp:
    """Turns the end of the line into one call in the event loop, and into the end of the process in any case."""

    def __init__(self, leave: Callable[[int], None], hurry: Callable[[], None], rescue: Callable[[], None]) -> None:
        """Take what to call when the line drops.

        `hurry` is called at once, wherever the process is; `leave` once, in the loop, with the exit status; `rescue`
        just before the process is ended by force.
        """
        self._leave = leave
        self._hurry = hurry
        self._rescue = rescue
        self._loop = asyncio.get_running_loop()
        self._before: dict[signal.Signals, signal.Handlers | int | Callable[..., object] | None] = {}
        self._bell: tuple[int, int] = os.pipe()
        self._is_leaving = False

    def listen(self) -> None:
        """Take the signals, and refuse to be stopped in mid-screen."""
        Thread(target=self._watch, daemon=True, name="terminal-hangup").start()
        for number in LEAVING:
            self._before[number] = signal.signal(number, self._on_signal)
        self._before[signal.SIGTSTP] = signal.signal(signal.SIGTSTP, signal.SIG_IGN)

    def close(self) -> None:
        """Give the signals back to whoever had them before."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before.clear()
        if not self._is_leaving:
            os.write(self._bell[1], b"\0")

    def lost(self) -> None:
        """Leave because the terminal is gone. Callable from any thread."""
        self._start(signal.SIGHUP)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        self._start(number)

    def _start(self, number: int) -> None:
        if self._is_leaving:
            return
        self._is_leaving = True
        self._hurry()
        os.write(self._bell[1], bytes([number]))
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._leave, SIGNALLED + number)

    def _watch(self) -> None:
        """Sleep until the bell rings; when it rings for a signal, see to it that the process ends."""
        number = os.read(self._bell[0], 1)[0]
        if number:
            time.sleep(GRACE)
            self._rescue()
            os._exit(SIGNALLED + number)
        for end in self._bell:
            os.close(end)
