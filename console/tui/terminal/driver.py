"""The driver under Textual: silent when idle, deaf to noise, and gone when the terminal is.

Textual's own asks the terminal questions at start, wakes ten times a second, ends at a byte that is not UTF-8, and
spins when the terminal has gone; so this one stands in its place, on the public `Driver` alone.
"""

from __future__ import annotations

import os
import re
import select
import signal
import sys
import termios
import time
from contextlib import suppress
from threading import Thread
from types import FrameType
from typing import Any, Protocol, TextIO, cast

from textual.app import App
from textual.driver import Driver
from textual.events import Resize
from textual.geometry import Size

from console.domain.errors import Refused
from console.host.modes import LEAVE, MOUSE_OFF
from console.tui.terminal.environment import Terminal
from console.tui.terminal.hangup import HangUp
from console.tui.terminal.keyboard import Keyboard
from console.tui.terminal.meaning import events_of
from console.tui.terminal.writer import Writer

WIDEST, HIGHEST = 500, 200
UNKNOWN_SIZE = (80, 24)
READ_AT_ONCE = 65_536
PATIENCE_AT_END = 0.1
ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h"
MOUSE_ON = "\x1b[?1000h\x1b[?1006h"
FROZEN_AFTER = 10.0
"""Seconds in which a slow line takes at least something."""
LONGEST_MOVE = len("\x1b[200;500H")
_MOVE = re.compile(r"\x1b\[\d+;\d+H")


def clamped(width: int, height: int) -> tuple[int, int]:
    """Give a size that can be drawn: a client may claim any, and none at all means that it is not known."""
    if width <= 0 or height <= 0:
        return UNKNOWN_SIZE
    return min(width, WIDEST), min(height, HIGHEST)


class Host(Protocol):
    """What the driver asks of the app above it."""

    terminal: Terminal

    def hang_up(self, status: int) -> None:
        """Save what was typed and leave with this exit status."""

    def repaint(self) -> None:
        """Draw everything again, whatever is thought to be on the screen."""


class WireDriver(Driver):
    """Reads keys and writes frames, on the terminal of this process."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = False, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._host = cast("Host", app)
        self._input, self._output = _descriptor(sys.__stdin__), _descriptor(sys.__stdout__)
        self._size = size or self._measured()
        self._is_on = False
        self._is_listening = False
        self._is_resized = False
        self._bell = os.pipe()
        self._sent = ""
        self._listener: Thread | None = None
        self._modes: list[Any] | None = None
        encoding = "ascii" if self._host.terminal.is_ascii else "utf-8"
        self._writer = Writer(self._output, encoding, self._lost)
        self._hangup = HangUp(self._host.hang_up, self._writer.hurry, self._rescue)

    def write(self, data: str) -> None:
        """Send text to the terminal; a move of the cursor to where it is already is not worth its bytes."""
        if _MOVE.fullmatch(data) and self._sent.endswith(data):
            return
        self._sent = data[-LONGEST_MOVE:]
        self._writer.write(data)

    def start_application_mode(self) -> None:
        """Take the terminal over."""
        self._hangup.listen()
        signal.signal(signal.SIGWINCH, self._on_resize)
        signal.signal(signal.SIGCONT, self._on_return)
        with suppress(termios.error):
            self._modes = termios.tcgetattr(self._input)
        self._writer.start()
        self._enter()
        self._is_listening = True
        self._listener = Thread(target=self._listen, daemon=True, name="terminal-input")
        self._listener.start()

    def disable_input(self) -> None:
        """Stop listening, and drop what was typed or answered since."""
        if self._listener is None:
            return
        signal.signal(signal.SIGWINCH, signal.SIG_DFL)
        self._is_listening = False
        os.write(self._bell[1], b"\0")
        self._listener.join(PATIENCE_AT_END)
        self._listener = None
        with suppress(termios.error):
            termios.tcflush(self._input, termios.TCIFLUSH)

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was."""
        self.disable_input()
        signal.signal(signal.SIGCONT, signal.SIG_DFL)
        self._restore_modes()
        self.write((MOUSE_OFF if self._mouse else "") + LEAVE)
        self._is_on = False

    def close(self) -> None:
        """Wait a moment for the last text to be sent, and stop listening to signals."""
        if self._writer.is_alive():
            self._writer.finish(PATIENCE_AT_END)
        self._hangup.close()

    def open_url(self, *_: object, **__: object) -> None:
        """Refuse: the console starts no other program."""
        raise Refused("The console opens no browser; copy the address instead.")

    def deliver_binary(self, *_: object, **__: object) -> None:
        """Refuse: the console writes no files for what is on the screen."""
        raise Refused("The console saves no screens to files; use `triage export` for data.")

    @property
    def is_frozen(self) -> bool:
        """Whether the terminal has long taken nothing: whoever sits there sees none of this."""
        return self._writer.waits_for > FROZEN_AFTER

    def _lost(self) -> None:
        self._hangup.lost()

    def _enter(self) -> None:
        if self._modes is not None:
            with suppress(termios.error):
                termios.tcsetattr(self._input, termios.TCSANOW, _raw(self._modes))
        self.write(ENTER + (MOUSE_ON if self._mouse else ""))
        self._is_on = True

    def _restore_modes(self) -> None:
        if self._modes is not None:
            with suppress(termios.error):
                termios.tcsetattr(self._input, termios.TCSANOW, self._modes)

    def _rescue(self) -> None:
        """Put the terminal right from outside the loop, if it still takes anything."""
        if self._is_on and select.select([], [self._output], [], 0)[1]:
            self._restore_modes()
            with suppress(OSError):
                os.write(self._output, LEAVE.encode())

    def _listen(self) -> None:
        """Read until told to stop; sleeps in the kernel except while a sequence is half received."""
        keyboard = Keyboard(self._host.terminal.escape_delay)
        while self._is_listening:
            ready, _, _ = select.select([self._input, self._bell[0]], [], [], keyboard.wait(time.monotonic()))
            if self._bell[0] in ready or not self._is_listening:
                return
            if ready and not self._read(keyboard):
                self._hangup.lost()
                return
            for event in events_of(keyboard.expire(time.monotonic())):
                self.process_message(event)

    def _read(self, keyboard: Keyboard) -> bool:
        """Pass on what the terminal has sent, and say whether it is still there."""
        try:
            data = os.read(self._input, READ_AT_ONCE)
        except OSError:
            return False
        for event in events_of(keyboard.receive(data, time.monotonic())):
            self.process_message(event)
        return bool(data)

    def _measured(self) -> tuple[int, int]:
        try:
            return clamped(*os.get_terminal_size(self._output))
        except OSError:
            return UNKNOWN_SIZE

    def _on_resize(self, _number: int, _frame: FrameType | None) -> None:
        if not self._is_resized:
            self._is_resized = True
            self._loop.call_soon_threadsafe(self._resize)

    def _resize(self) -> None:
        """Tell the app the size once, however many signals said that it changed."""
        self._is_resized = False
        before, self._size = self._size, self._measured()
        if self._size == before:
            self._host.repaint()
            return
        size = Size(*self._size)
        self._app.post_message(Resize(size, size))

    def _on_return(self, _number: int, _frame: FrameType | None) -> None:
        self._loop.call_soon_threadsafe(self._return)

    def _return(self) -> None:
        """Take the terminal back after the process was stopped and went on."""
        self._enter()
        self._host.repaint()


def _descriptor(stream: TextIO | None) -> int:
    if stream is None:
        raise Refused("The console needs a terminal, and there is none here. Use `triage list` to see the queue.")
    return stream.fileno()


def _raw(modes: list[Any]) -> list[Any]:
    """Give terminal modes in which every key arrives at once, none is echoed and none is a signal."""
    iflag, oflag, cflag, lflag, ispeed, ospeed, cc = modes
    iflag &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR | termios.ISTRIP)
    lflag &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    cc = [*cc]
    cc[termios.VMIN], cc[termios.VTIME] = 1, 0
    return [iflag, oflag, cflag, lflag, ispeed, ospeed, cc]
