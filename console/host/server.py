"""The host itself: one process that listens, forks a session for each who comes, and counts them.

It does nothing else, in one thread, so that forking it is safe; what a newcomer says is read by their own session.
"""

from __future__ import annotations

import contextlib
import gc
import os
import select
import signal
import socket
import stat
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from console.domain.errors import RefusalCode, Refused
from console.host import wire
from console.host.notices import tell_manager
from console.host.peer import Peer, peer_of
from console.host.session import Rules, Run, Session, die_with
from console.log import Level, Log

HEARD = (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD)
BACKLOG = 128
LEAVES_IN = 5.0
"""Seconds that sessions have to keep what was typed and leave, before they are ended."""
MOST_OPEN = 4_096
"""Above every descriptor that a host opens."""
FAILED = 70
"""The exit code of a session that failed before it began (EX_SOFTWARE of sysexits.h)."""
AGAIN_AFTER = (1.0, 60.0)
"""Seconds after which an ended service is started again: at first, and at most."""


@dataclass(frozen=True, slots=True)
class Places:
    """How many sessions there may be: in all, and of one account."""

    sessions: int = 400
    each: int = 20


@dataclass
class Service:
    """Something that the host keeps running beside its sessions, and starts again when it ends."""

    name: str
    run: Callable[[], int]
    process: int = 0
    begun: float = 0.0
    due: float = 0.0
    wait: float = AGAIN_AFTER[0]


@dataclass
class Host:
    """A host at a socket. `rules` are what its sessions go by; `services` run beside them."""

    path: Path
    rules: Rules
    log: Log
    places: Places = field(default_factory=Places)
    services: tuple[Service, ...] = ()
    sessions: dict[int, Peer] = field(default_factory=dict)
    is_ending: bool = False

    def serve(self, ready: Callable[[], None] = lambda: None) -> int:
        """Listen until told to end; then let every session keep what was typed, and leave. Gives the exit code.

        `ready` is called once people can come. Refused: a socket that another host listens at, or that cannot be made.
        """
        with listening(self.path) as listener, _bell() as bell:
            gc.collect()
            gc.freeze()
            self.log.note(Level.INFO, f"host: listens at {self.path}")
            tell_manager("READY=1")
            ready()
            while not self.is_ending:
                self._start_services()
                found, _, _ = select.select([listener.fileno(), bell], [], [], self._until_due())
                if bell in found:
                    self._hear(os.read(bell, 256))
                if listener.fileno() in found and not self.is_ending:
                    self._receive(listener)
            tell_manager("STOPPING=1")
            listener.close()
            self._end_all()
        self.log.note(Level.INFO, "host: has ended")
        return 0

    def _hear(self, numbers: bytes) -> None:
        self._reap()
        if {signal.SIGTERM, signal.SIGINT} & set(numbers):
            self.is_ending = True

    def _receive(self, listener: socket.socket) -> None:
        """Let somebody in, or say why not."""
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            peer = peer_of(connection)
            refusal = self._refusal(peer)
            if refusal:
                self.log.note(Level.WARNING, f"host: turned {peer.name} away; {refusal}")
                with contextlib.suppress(wire.Gone):
                    wire.send(connection, {"exit": 1, "said": refusal})
                return
            parent = os.getpid()
            try:
                process = os.fork()
            except OSError as error:
                self.log.note(Level.ERROR, f"host: no session for {peer.name}: {error.strerror}")
                return
            if process == 0:
                _become(Session(connection, peer, self.rules), parent, self.log)
        self.sessions[process] = peer
        self.log.note(Level.INFO, f"host: session {process} for {peer.name} ({len(self.sessions)} open)")

    def _refusal(self, peer: Peer) -> str:
        """Say why somebody cannot come in now, or nothing."""
        if len(self.sessions) >= self.places.sessions:
            return f"There are {self.places.sessions} sessions already; try again when some have ended."
        mine = Counter(each.uid for each in self.sessions.values())[peer.uid]
        if mine >= self.places.each:
            return f"You have {mine} sessions already; end one of them first."
        return ""

    def _reap(self) -> None:
        """Take note of what has ended."""
        with contextlib.suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                process, status = ended
                peer = self.sessions.pop(process, None)
                if peer is not None:
                    code = os.waitstatus_to_exitcode(status)
                    self.log.note(Level.INFO, f"host: session {process} of {peer.name} ended with {code}")
                for service in self.services:
                    if service.process == process:
                        _rest(service)
                        self.log.note(Level.WARNING, f"host: {service.name} ended; again in {service.wait:.0f} s")

    def _start_services(self) -> None:
        for service in self.services:
            if service.process or service.due > time.monotonic():
                continue
            parent = os.getpid()
            process = os.fork()
            if process == 0:
                _let_go()
                die_with(parent)
                _leave(service.run, self.log, service.name)
            service.process, service.begun = process, time.monotonic()

    def _until_due(self) -> float | None:
        """Give the seconds until a service is to be started again, None where none is."""
        due = [service.due for service in self.services if not service.process]
        return max(0.0, min(due) - time.monotonic()) if due else None

    def _end_all(self) -> None:
        """Tell everybody to leave, wait for them, and end who does not."""
        running = [*self.sessions, *(service.process for service in self.services if service.process)]
        _signal(running, signal.SIGTERM)
        until = time.monotonic() + LEAVES_IN
        while running and time.monotonic() < until:
            running = [process for process in running if not _has_ended(process)]
            time.sleep(0.02 if running else 0)
        _signal(running, signal.SIGKILL)


def _become(session: Session, parent: int, log: Log) -> None:
    """Be the session from here on; this never returns."""
    _let_go(session.connection.fileno())
    os.setsid()
    os.umask(0o077)
    _leave(lambda: session.run(parent), log, f"session of {session.peer.name}")


def _leave(run: Run | Callable[[], int], log: Log, name: str) -> None:
    """Run to the end and leave the process with what came of it, without the host's own clearing up."""
    code = FAILED
    try:
        code = run()  # type: ignore[call-arg]
    except wire.Gone:
        log.note(Level.WARNING, f"host: {name} ended before it began")
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 1
    except BaseException as error:  # noqa: BLE001 - nothing of an error's text may reach the terminal
        log.note(Level.ERROR, f"host: {name} failed: {type(error).__name__}")
    finally:
        os._exit(code)


def _rest(service: Service) -> None:
    """Plan when a service that ended is started again: the sooner it ended, the later."""
    now = time.monotonic()
    lasted = now - service.begun
    service.wait = AGAIN_AFTER[0] if lasted > AGAIN_AFTER[1] else min(service.wait * 2, AGAIN_AFTER[1])
    service.process, service.due = 0, now + service.wait


def _let_go(kept: int = 2) -> None:
    """Close what the host has open, but for the three streams and one more, and hear signals as usual."""
    signal.set_wakeup_fd(-1)
    os.closerange(3, kept)
    os.closerange(kept + 1, MOST_OPEN)
    for number in HEARD:
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _signal(processes: list[int], number: signal.Signals) -> None:
    for process in processes:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, number)


def _has_ended(process: int) -> bool:
    try:
        return os.waitpid(process, os.WNOHANG)[0] == process
    except ChildProcessError:
        return True


@contextlib.contextmanager
def _bell() -> Iterator[int]:
    """Give a descriptor from which the numbers of signals can be read."""
    reading, writing = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
    before = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    kept = {number: signal.signal(number, lambda *_: None) for number in HEARD}
    try:
        yield reading
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(before)
        wire.close([reading, writing])


@contextlib.contextmanager
def listening(path: Path) -> Iterator[socket.socket]:
    """Listen at a socket that everybody may connect to; who may do what is decided by who they are.

    It stays when the host ends: so everybody is told that the server does not answer, instead of being given a desk of
    their own.

    Refused: a place where another host listens, or where nothing can be made.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        try:
            _make_place(path)
            listener.bind(str(path))
            path.chmod(0o666)
            listener.listen(BACKLOG)
        except OSError as error:
            told = f"Nobody can be listened for at {path} ({error.strerror}); name another place with --socket."
            raise Refused(told, RefusalCode.STORAGE) from None
        yield listener


def _make_place(path: Path) -> None:
    """Make the socket's folder, and take away a socket that nobody listens at. Refused: one where somebody does."""
    path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    if not path.exists():
        return
    if not stat.S_ISSOCK(path.stat().st_mode):
        raise Refused(f"{path} is no socket; name another place with --socket.", RefusalCode.BAD_INPUT)
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as other:
        try:
            other.connect(str(path))
        except OSError:
            path.unlink()
            return
    raise Refused(f"Another host listens at {path} already; stop it first.", RefusalCode.CONFLICT)
