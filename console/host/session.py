"""A session: the process that the host forks for one person, from its first packet to its exit code."""

from __future__ import annotations

import contextlib
import ctypes
import os
import queue
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from console import visit
from console.host import wire
from console.host.confine import Bounds, confine
from console.host.peer import Peer
from console.visit import Visit

HELLO_WITHIN = 5.0
"""Seconds a client has to say what it wants."""
PR_SET_PDEATHSIG = 1
INTERRUPTED = 128 + signal.SIGINT
"""The exit code of what Ctrl-C has stopped."""
LEAVING = (signal.SIGHUP, signal.SIGTERM)
FORWARDED = frozenset(map(int, (*LEAVING, signal.SIGWINCH, signal.SIGINT, signal.SIGQUIT, signal.SIGCONT)))
MOST_WORDS, LONGEST_WORDS = 512, 100_000
Run = Callable[[list[str]], int]


@dataclass(frozen=True, slots=True)
class Rules:
    """What every session goes by: the program it runs, where it may write and read, and the settings of the service."""

    run: Run
    bounds: Bounds
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Session:
    """One session, in its own process."""

    connection: socket.socket
    peer: Peer
    rules: Rules
    answers: queue.SimpleQueue[tuple[wire.Message, list[int]]] = field(default_factory=queue.SimpleQueue)
    asking: threading.Lock = field(default_factory=threading.Lock)
    is_over: bool = False

    def run(self, parent: int) -> int:
        """Hear what is wanted, become that, and give the exit code; the host is the parent, and its end is ours."""
        die_with(parent)
        words, environ, ends = self._greeted()
        for number, descriptor in enumerate(ends):
            os.dup2(descriptor, number)
            os.close(descriptor)
        os.environ.clear()
        os.environ.update(visit.allowed(environ))
        time.tzset()
        _reopen()
        confine(self.rules.bounds)
        visit.begin(Visit(self.peer.name, self.peer.uid == os.geteuid(), self.reach, self.rules.given))
        code = self._ran(words)
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        self.end(code)
        return code

    def _ran(self, words: list[str]) -> int:
        """Run what is wanted, heeding the client; Ctrl-C ends it wherever it comes, also just before or after."""
        try:
            try:
                threading.Thread(target=self.listen, daemon=True, name="client").start()
                return self.rules.run(words)
            finally:
                signal.signal(signal.SIGINT, signal.SIG_IGN)
        except KeyboardInterrupt:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            return INTERRUPTED

    def reach(self, path: str, mode: str) -> int:
        """Let the client open a file under the person's own account. Raises OSError where it may not."""
        with self.asking:
            try:
                wire.send(self.connection, {"open": path, "mode": mode})
            except wire.Gone:
                raise BrokenPipeError(32, "the client has gone") from None
            answer, found = self.answers.get()
        if not found:
            raise OSError(int(answer.get("refused") or 5), str(answer.get("why") or "it cannot be opened"), path)
        return found[0]

    def _greeted(self) -> tuple[list[str], dict[str, str], list[int]]:
        """Receive the words, the variables and the three ends of the terminal. Raises Gone for anything else."""
        self.connection.settimeout(HELLO_WITHIN)
        wire.send(self.connection, {"welcome": wire.SPOKEN})
        hello, ends = wire.receive(self.connection, 3)
        self.connection.settimeout(None)
        words, environ = hello.get("words"), hello.get("environ")
        if hello.get("spoken") != wire.SPOKEN:
            told = "This program and the server are of different versions; update, or ask for the server to be updated."
            self.end(1, told)
            raise wire.Gone
        if len(ends) != len(range(3)) or not (_is_words(words) and isinstance(environ, dict)):
            raise wire.Gone
        return list(words or ()), {str(name): str(value) for name, value in environ.items()}, ends

    def end(self, code: int, said: str = "") -> None:
        """Tell the client how it ended; that it goes then is no line that drops."""
        self.is_over = True
        with contextlib.suppress(wire.Gone):
            wire.send(self.connection, {"exit": code, "said": said})

    def listen(self) -> None:
        """Do to this process what happens to the client, until that has gone: then the line has dropped."""
        while True:
            try:
                message, found = wire.receive(self.connection, 1)
            except wire.Gone:
                self.answers.put(({}, []))
                if not self.is_over:
                    os.kill(os.getpid(), signal.SIGHUP)
                return
            number = message.get("signal")
            if number is None:
                self.answers.put((message, found))
                continue
            wire.close(found)
            if number in FORWARDED:
                os.kill(os.getpid(), number)


def die_with(parent: int) -> None:
    """Let this process be told to end when its parent does, however that ends."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)


def _is_words(words: object) -> bool:
    if not isinstance(words, list) or len(words) > MOST_WORDS:
        return False
    return all(isinstance(word, str) for word in words) and sum(map(len, words)) <= LONGEST_WORDS


def _reopen() -> None:
    """Put Python's streams on the terminal that was passed, in the encoding of the person's locale."""
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if os.environ.get(name)), "")
    encoding = "utf-8" if "utf8" in locale.lower().replace("-", "") else "ascii"
    sys.stdin = open(0, encoding="utf-8", errors="surrogateescape", closefd=False)  # noqa: SIM115 - for the process
    sys.stdout = open(1, "w", encoding=encoding, errors="replace", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding=encoding, errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115
    sys.__stdin__, sys.__stdout__, sys.__stderr__ = sys.stdin, sys.stdout, sys.stderr  # type: ignore[misc]
