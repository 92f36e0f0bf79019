"""Runs a real program in a real terminal: a pseudo-terminal for it, a terminal emulator for us.

Nothing here sleeps blindly: every wait is for something that can be seen, with a limit after which the test fails.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

LIMIT = 20.0
PLAIN = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}


@dataclass(frozen=True, slots=True)
class Effort:
    """What a process has used so far: seconds of CPU, and how often it was woken."""

    seconds: float
    wakes: int

    def since(self, before: Effort) -> Effort:
        """Give what was used between two looks."""
        return Effort(self.seconds - before.seconds, self.wakes - before.wakes)


def effort(process: int) -> Effort:
    """Look up what a process has used so far."""
    wakes, nanoseconds = 0, 0
    for task in Path(f"/proc/{process}/task").iterdir():
        for line in (task / "status").read_text().splitlines():
            if "ctxt_switches" in line:
                wakes += int(line.split()[1])
        nanoseconds += int((task / "schedstat").read_text().split()[0])
    return Effort(nanoseconds / 1e9, wakes)


class Terminal:
    """One program in its own terminal; use it in a `with`, which ends the program."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        environ: Mapping[str, str] | None = None,
        size: tuple[int, int] = (80, 24),
        folder: Path | None = None,
        is_shown: bool = True,
    ) -> None:
        """Start the command in a terminal of `size` columns and rows, with this environment over a plain one.

        One that is not shown only gathers what is written, which is quicker where that is much.
        """
        self.raw = bytearray()
        self.is_shown = is_shown
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._master, slave = pty.openpty()
        self._size_of(slave, size)
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
        self.process = subprocess.Popen(
            list(command),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**kept, **PLAIN, **(environ or {})},
            cwd=folder,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - nothing else runs in the child
        )
        os.close(slave)
        self._is_open = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.hang_up()

    @property
    def lines(self) -> list[str]:
        """What the screen shows, without the blanks at the line ends."""
        columns = range(self._screen.columns)
        return ["".join(row[place].data for place in columns).rstrip() for row in self._rows()]

    def _rows(self) -> list[Mapping[int, pyte.screens.Char]]:
        return [self._screen.buffer[row] for row in range(self._screen.lines)]

    @property
    def text(self) -> str:
        """What the screen shows, as one text."""
        return "\n".join(self.lines)

    def fileno(self) -> int:
        """Give what to wait on for what the program writes."""
        return self._master

    def send(self, keys: str | bytes) -> None:
        """Type."""
        os.write(self._master, keys.encode() if isinstance(keys, str) else keys)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        self.process.send_signal(number)

    def resize(self, width: int, height: int) -> None:
        """Change the size of the terminal, which tells the program."""
        self._size_of(self._master, (width, height))
        if width > 0 and height > 0:
            self._screen.resize(height, width)

    def hang_up(self) -> None:
        """Take the terminal away."""
        if self._is_open:
            os.close(self._master)
            self._is_open = False

    def read(self, seconds: float) -> bytes:
        """Gather what the program writes in at most so many seconds; returns as soon as it wrote something."""
        if not self._is_open or not select.select([self._master], [], [], max(seconds, 0))[0]:
            return b""
        try:
            data = os.read(self._master, 65_536)
        except OSError:
            return b""
        self.raw += data
        if self.is_shown:
            self._stream.feed(data)
        return data

    def wait_for(self, shown: str | Callable[[Terminal], bool], limit: float = LIMIT) -> None:
        """Read until the screen shows a text, or something holds; fail with the screen when it never does."""
        holds = shown if callable(shown) else lambda terminal: shown in terminal.text
        until = time.monotonic() + limit
        while not holds(self):
            left = until - time.monotonic()
            if left <= 0 or (not self.read(min(left, 0.1)) and self.process.poll() is not None and not holds(self)):
                ended = self.process.poll()
                raise AssertionError(f"waited for {shown!r} in vain (exit status {ended}); the screen:\n{self.text}")

    def quiet(self, seconds: float) -> int:
        """Watch for so many seconds, and count the bytes that the program wrote."""
        until = time.monotonic() + seconds
        before = len(self.raw)
        while (left := until - time.monotonic()) > 0:
            self.read(left)
        return len(self.raw) - before

    def settle(self, still: float = 0.2, limit: float = LIMIT) -> None:
        """Read until the program has written nothing for a moment, and has nothing left to do but wait."""
        until = time.monotonic() + limit
        while self.read(still) or not self._is_asleep():
            if time.monotonic() > until:
                raise AssertionError(f"the program never stopped writing; the screen:\n{self.text}")

    def _is_asleep(self) -> bool:
        """Say whether every thread of the program waits: on a busy machine, silence alone may only be a queue."""
        try:
            states = [(task / "stat").read_text() for task in Path(f"/proc/{self.process.pid}/task").iterdir()]
        except OSError:
            return self.process.poll() is not None
        return all(state.rpartition(")")[2].split()[0] in "SZ" for state in states)

    def exit_status(self, limit: float = LIMIT) -> int:
        """Read until the program has ended, and give its exit status, as a shell does for a signal."""
        until = time.monotonic() + limit
        while self.process.poll() is None:
            if time.monotonic() > until:
                raise AssertionError(f"the program did not end; the screen:\n{self.text}")
            if not self.read(0.02) and not self._is_open:
                time.sleep(0.005)
        while self.read(0):
            pass
        status = self.process.returncode
        return 128 - status if status < 0 else status

    def effort(self) -> Effort:
        """Look up what the program has used so far."""
        return effort(self.process.pid)

    def modes(self) -> list[object]:
        """Look up the modes of the terminal, to see whether the program left them as they were."""
        return list(termios.tcgetattr(self._master))

    @staticmethod
    def _size_of(descriptor: int, size: tuple[int, int]) -> None:
        width, height = size
        fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
