"""The thin client: passes its terminal to the host, and waits there until the session ends.

It does what only the person's own account may: it opens the files that stand on the command line, hears the signals of
the terminal, and puts that right again whatever happens at the other end.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import stat
import sys
import termios
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from console.domain.errors import RefusalCode, Refused
from console.host import wire
from console.host.modes import LEAVE, MOUSE_OFF
from console.host.peer import peer_of

FORWARDED = (signal.SIGWINCH, signal.SIGHUP, signal.SIGINT, signal.SIGTERM, signal.SIGQUIT, signal.SIGCONT)
PATIENCE = 5.0
"""Seconds a session has to end after the line has dropped; it has two itself."""
SIGNALLED = 128
WRITTEN = frozenset({"--to", "--rejects"})
"""The options that name a file to be written."""
UNAVAILABLE = 69
"""The exit code where the host is not there any more (EX_UNAVAILABLE of sysexits.h)."""
STOPPED = "The server was stopped, or started anew. What you had typed is kept; start Triage again in a moment."
Modes = list[Any]


def is_there(path: Path) -> bool:
    """Say whether a host's socket stands there."""
    try:
        return stat.S_ISSOCK(path.stat().st_mode)
    except OSError:
        return False


def visit(path: Path, words: list[str], environ: Mapping[str, str]) -> int:
    """Run a command in a session of the host at this socket, on this terminal, and give its exit code.

    Refused: a socket that somebody else could have put there, a host that does not answer.
    """
    connection = _connected(path)
    with connection:
        ends = Ends(connection, words)
        modes = _modes()
        try:
            with _heard(ends):
                greeted = ends.greet(environ)
                return ends.wait() if greeted is None else greeted
        except wire.Gone:
            ends.is_lost = True
        finally:
            _put_right(modes, is_lost=ends.is_lost)
    if ends.dropped is not None:
        return SIGNALLED + signal.SIGHUP
    sys.stderr.write(f"triage: {STOPPED}\n")
    return UNAVAILABLE


@dataclass
class Ends:
    """What is going on: the connection, the words that name files, and the signals that came."""

    connection: socket.socket
    words: list[str]
    bell: tuple[int, int] = field(default_factory=os.pipe)
    is_lost: bool = False
    dropped: float | None = None

    def greet(self, environ: Mapping[str, str]) -> int | None:
        """Wait to be let in, and say what is wanted; give the exit code where that is all."""
        ended = self.answer()
        if ended is None:
            said = {"spoken": wire.SPOKEN, "words": self.words, "environ": dict(environ)}
            wire.send(self.connection, said, _own())
        return ended

    def wait(self) -> int:
        """Pass on what happens until the session ends; give its exit code."""
        while True:
            left = None if self.dropped is None else max(0.0, self.dropped + PATIENCE - time.monotonic())
            ready, _, _ = select.select([self.connection.fileno(), self.bell[0]], [], [], left)
            if not ready:
                return SIGNALLED + signal.SIGHUP
            if self.bell[0] in ready:
                self._pass_on(os.read(self.bell[0], 64))
            if self.connection.fileno() in ready and (code := self.answer()) is not None:
                return code

    def _pass_on(self, numbers: bytes) -> None:
        """Pass signals on; to a session that has just ended they say nothing, and its last word is still to be read."""
        for number in numbers:
            if number in FORWARDED:
                with contextlib.suppress(wire.Gone):
                    wire.send(self.connection, {"signal": number})
            if number in {signal.SIGHUP, signal.SIGTERM}:
                self.dropped = self.dropped or time.monotonic()

    def answer(self) -> int | None:
        """Do what the session asks next; give the exit code when it has ended."""
        message, found = wire.receive(self.connection)
        wire.close(found)
        if "welcome" in message:
            return None
        if "exit" in message:
            if self.dropped is None and message["exit"] == SIGNALLED + signal.SIGTERM:
                self.is_lost = True
                raise wire.Gone
            if message.get("said"):
                sys.stderr.write(f"triage: {message['said']}\n")
            return int(message["exit"])
        self._reach(str(message.get("open", "")), str(message.get("mode", "")))
        return None

    def _reach(self, path: str, mode: str) -> None:
        """Open a file for the session, under this account, where the person named it; else say why not."""
        try:
            descriptor = self._opened(path, mode)
        except OSError as error:
            wire.send(self.connection, {"refused": error.errno, "why": error.strerror})
            return
        try:
            wire.send(self.connection, {"opened": path}, [descriptor])
        finally:
            os.close(descriptor)

    def _to_read(self) -> set[str]:
        """Give everything on the command line that may name a file."""
        return {*self.words, *(word.partition("=")[2] for word in self.words if word.startswith("--"))}

    def _to_write(self) -> set[str]:
        """Give what stands behind an option that writes: no session empties a file that was named to be read."""
        apart = {after for word, after in pairwise(self.words) if word in WRITTEN}
        return apart | {word.partition("=")[2] for word in self.words if word.partition("=")[0] in WRITTEN}

    def _opened(self, path: str, mode: str) -> int:
        if "\0" in path or path not in (self._to_read() if mode == "r" else self._to_write()):
            raise PermissionError(1, "it was not named on the command line")
        flags = os.O_RDONLY if mode == "r" else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        descriptor = os.open(path, flags | os.O_CLOEXEC | os.O_NOCTTY, 0o666)
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise IsADirectoryError(21, "a folder cannot be passed to the server; name its files")
        return descriptor


def _connected(path: Path) -> socket.socket:
    """Connect to the host. Refused: nobody listens, or whoever does need not be the one who should."""
    folder = path.parent.stat()
    if folder.st_mode & 0o022 and not folder.st_mode & stat.S_ISVTX:
        told = f"Others may write in {path.parent}, so anybody could listen there; ask for it to be made private."
        raise Refused(told, RefusalCode.NOT_ALLOWED)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        connection.connect(str(path))
        owner, listener = path.stat().st_uid, peer_of(connection).uid
    except OSError as error:
        connection.close()
        told = f"The server at {path} does not answer ({error.strerror}). Ask whoever runs it to start it again, or"
        told = f"{told} name a database of your own with --db."
        raise Refused(told, RefusalCode.STORAGE) from None
    if listener not in {owner, 0} or owner not in {folder.st_uid, 0}:
        connection.close()
        told = f"Whoever listens at {path} is not the account that it belongs to; ask whoever runs this server."
        raise Refused(told, RefusalCode.NOT_ALLOWED)
    return connection


def _own() -> list[int]:
    """Give standard input, output and error; one that is closed is replaced by nothing."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    return [0, 1, 2]


@contextlib.contextmanager
def _heard(ends: Ends) -> Iterator[None]:
    """Hear signals as bytes; not be stopped by the terminal while a session draws on it."""
    os.set_blocking(ends.bell[1], False)
    before = signal.set_wakeup_fd(ends.bell[1], warn_on_full_buffer=False)
    kept = {number: signal.signal(number, lambda *_: None) for number in FORWARDED}
    kept[signal.SIGTSTP] = signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(before)
        wire.close(ends.bell)


def _modes() -> dict[int, Modes]:
    """Give the modes of each terminal that is passed on."""
    found: dict[int, Modes] = {}
    for number in range(3):
        with contextlib.suppress(termios.error):
            found[number] = termios.tcgetattr(number)
    return found


def _put_right(modes: Mapping[int, Modes], *, is_lost: bool) -> None:
    """Give the terminal its modes back, and its screen where the session could not."""
    for number, kept in modes.items():
        with contextlib.suppress(termios.error):
            termios.tcsetattr(number, termios.TCSANOW, kept)
    if is_lost and 1 in modes:
        with contextlib.suppress(OSError):
            os.set_blocking(1, False)
            os.write(1, (MOUSE_OFF + LEAVE).encode())
            os.set_blocking(1, True)
