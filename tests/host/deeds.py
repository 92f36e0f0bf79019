"""What a session may not, each tried for real: the deed, and how the kernel answers in confinement.

A deed that only a special right would allow is called with arguments that are wrong for anybody else, so that its
answer outside differs from a refusal.
"""

from __future__ import annotations

import contextlib
import fcntl
import mmap
import os
import resource
import signal
import socket
import subprocess
import sys
import termios
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from console.host.kernel import DUMPABLE, Kernel, machine
from console.host.syscalls import REFUSED, SOME, numbers

MIB = 1 << 20
TRUE = "/bin/true"
QUEUED = (0).to_bytes(8, "little") + (-1).to_bytes(4, "little", signed=True) + bytes(116)
"""What goes with a signal that a process queues for another."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What is there before a process is confined: folders, another process of the account, sockets, a terminal."""

    kernel: Kernel
    inside: Path
    library: Path
    outside: Path
    other: int
    other_handle: int
    tcp: socket.socket
    port: int
    terminal: int
    other_terminal: str
    pipe: tuple[int, int]
    handed: socket.socket

    def call(self, name: str, *given: int | bytes | None) -> int:
        """Make a system call by name."""
        words = [self.kernel.buffer(each) if isinstance(each, bytes) else each for each in given]
        return self.kernel.call(numbers(machine(), REFUSED | SOME)[name], *words)


class Deed(NamedTuple):
    """One deed; `answers` are the errors that count as its refusal, `wall` is what refuses it."""

    act: Callable[[Scene], object]
    answers: tuple[str, ...] = ("EPERM",)
    wall: str = "filter"
    is_special: bool = False


def calling(name: str, *given: int | bytes | None, is_special: bool = False) -> Deed:
    """Give the deed of one system call."""
    return Deed(lambda scene: scene.call(name, *given), is_special=is_special)


def born(child: int) -> None:
    """End a child at once, and wait for it in its parent."""
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def reborn() -> None:
    """Become another program by a file that is open: the interpreter, since that may be read."""
    program = os.path.realpath(sys.executable)
    os.execve(os.open(program, os.O_RDONLY), [program, "-ISc", "pass"], {})  # noqa: S606


def ran(status: int) -> None:
    """Say so when nothing was run: `os.system` only gives a number."""
    if status:
        raise PermissionError(1, "nothing was run")


def spawned(_: Scene) -> None:
    """Start a program without a fork of one's own."""
    os.waitpid(os.posix_spawn(TRUE, [TRUE], {}), 0)


def shared(scene: Scene) -> None:
    """Make memory that other processes may use, and take it away."""
    scene.call("shmctl", scene.call("shmget", 0, 4096, 0o1600), 0, 0)


def grown(scene: Scene) -> None:
    """Write far behind the start of a file."""
    file = os.open(scene.inside / "large", os.O_CREAT | os.O_WRONLY, 0o600)
    os.pwrite(file, b"x", 2 * MIB)
    os.ftruncate(file, 0)


def fence(act: Callable[[Scene], object], *answers: str) -> Deed:
    """Give a deed that the fence around files refuses."""
    return Deed(act, answers or ("EACCES",), "fence")


def limit(act: Callable[[Scene], object], answer: str) -> Deed:
    """Give a deed that a limit refuses."""
    return Deed(act, (answer,), "limit")


PROGRAMS = {
    "become another program": Deed(lambda _: os.execv(TRUE, [TRUE])),  # noqa: S606
    "become a program that is open": Deed(lambda _: reborn()),
    "fork": Deed(lambda _: born(os.fork())),
    "fork by clone": Deed(lambda scene: born(scene.call("clone", signal.SIGCHLD, 0, 0, 0, 0))),
    "fork by clone3": Deed(
        lambda scene: born(scene.call("clone3", bytes(32) + b"\x11" + bytes(31), 64)), answers=("ENOSYS",)
    ),
    "fork with a terminal": Deed(lambda _: born(os.forkpty()[0]), ("EPERM", "EACCES")),
    "spawn": Deed(spawned),
    "run a program": Deed(lambda _: subprocess.run([TRUE], check=True)),
    "run a shell": Deed(lambda _: ran(os.system(TRUE))),  # noqa: S605
}
OTHERS = {
    "ask whether another process lives": Deed(lambda scene: os.kill(scene.other, 0)),
    "signal the host": Deed(lambda _: os.kill(os.getppid(), 0)),
    "signal everybody": Deed(lambda _: os.kill(-1, 0)),
    "signal the group": Deed(lambda _: os.kill(0, 0)),
    "signal a thread of another": Deed(lambda scene: scene.call("tgkill", scene.other, scene.other, 0)),
    "signal a task": Deed(lambda scene: scene.call("tkill", scene.other, 0)),
    "queue a signal": Deed(lambda scene: scene.call("rt_sigqueueinfo", scene.other, 0, QUEUED)),
    "signal by handle": Deed(lambda scene: signal.pidfd_send_signal(scene.other_handle, 0)),
    "signal when a pipe is ready": Deed(lambda scene: fcntl.fcntl(scene.pipe[0], fcntl.F_SETOWN, scene.other)),
    "open another process": Deed(lambda scene: os.pidfd_open(scene.other)),
    "take a file from another process": Deed(
        lambda scene: scene.call("pidfd_getfd", scene.other_handle, 0, 0), is_special=True
    ),
    "trace another process": Deed(lambda scene: scene.call("ptrace", 0x4206, scene.other, 0, 0), is_special=True),
    "read another's memory": Deed(lambda scene: scene.call("process_vm_readv", scene.other, None, 0, None, 0, 0)),
    "write another's memory": Deed(lambda scene: scene.call("process_vm_writev", scene.other, None, 0, None, 0, 0)),
    "limit another process": Deed(lambda scene: resource.prlimit(scene.other, resource.RLIMIT_CORE)),
    "slow another process": Deed(lambda scene: os.setpriority(os.PRIO_PROCESS, scene.other, 0)),
    "bind another to a processor": Deed(
        lambda scene: os.sched_setaffinity(scene.other, os.sched_getaffinity(scene.other))
    ),
    "share memory": Deed(shared),
    "keep memory out of the count": Deed(lambda _: os.memfd_create("hidden")),
    "read another's environment": fence(lambda scene: Path(f"/proc/{scene.other}/environ").read_bytes()),
    "open another's memory": fence(lambda scene: Path(f"/proc/{scene.other}/mem").open("rb")),  # noqa: SIM115
}
NETWORK = {
    "a socket of the network": Deed(lambda _: socket.socket()),
    "a socket of the network, version 6": calling("socket", socket.AF_INET6, socket.SOCK_STREAM, 0),
    "a datagram": Deed(lambda _: socket.socket(type=socket.SOCK_DGRAM)),
    "a local socket": Deed(lambda _: socket.socket(socket.AF_UNIX)),
    "a socket to the kernel": calling("socket", 16, socket.SOCK_RAW, 0),
    "a pair that can write to anybody": Deed(lambda _: socket.socketpair(type=socket.SOCK_DGRAM)),
    "hand a file to another program": Deed(lambda scene: socket.send_fds(scene.handed, [b"x"], [scene.pipe[0]])),
    "connect a socket that was there": Deed(lambda scene: scene.tcp.connect(("127.0.0.1", scene.port))),
    "bind a socket that was there": Deed(lambda scene: scene.tcp.bind(("127.0.0.1", 0))),
    "listen on a socket that was there": Deed(lambda scene: scene.tcp.listen()),
}
PLACES = {
    "mount": calling("mount", None, None, None, 0, None),
    "unmount": calling("umount2", b"/there/is/no/such/place\0", 0),
    "change the root": calling("chroot", b"/there/is/no/such/place\0"),
    "enter a namespace": calling("setns", -1, 0),
    "leave a namespace": calling("unshare", 0),
    "open by handle": calling("open_by_handle_at", -1, None, 0, is_special=True),
}
KERNEL = {
    "keys": calling("keyctl", 0, -3, 0),
    "programs in the kernel": calling("bpf", 0xFFFF, None, 0, is_special=True),
    "performance counters": calling("perf_event_open", None, 0, -1, -1, 0),
    "rings": calling("io_uring_setup", 0, None, is_special=True),
    "page faults": calling("userfaultfd", 0x7FFF, is_special=True),
    "modules": calling("finit_module", -1, None, 0, is_special=True),
    "restart": calling("reboot", 0, 0, 0, None, is_special=True),
    "personality": calling("personality", 0xFFFFFFFF),
    "another filter": calling("seccomp", 0xFFFF, 0, None),
    "be looked into again": Deed(lambda scene: scene.kernel.prctl(DUMPABLE, 1)),
    "a call of the rarer set": Deed(lambda scene: scene.kernel.call(0x40000000 + 39), answers=("SIGSYS",)),
    "open, the newest way": Deed(lambda scene: scene.call("openat2", -100, b"/\0", bytes(24), 24), answers=("ENOSYS",)),
}
TERMINAL = {
    "type for the person": Deed(lambda scene: fcntl.ioctl(scene.terminal, termios.TIOCSTI, b"x"), is_special=True),
    "type into what is no terminal": Deed(lambda scene: fcntl.ioctl(scene.pipe[0], termios.TIOCSTI, b"x")),
    "type with the upper half set": Deed(
        lambda scene: scene.call("ioctl", scene.pipe[0], (1 << 32) | termios.TIOCSTI, b"x")
    ),
    "select on the console": Deed(lambda scene: fcntl.ioctl(scene.pipe[0], 0x541C, b"\x02")),
    "be told by signal of a terminal": Deed(lambda scene: fcntl.ioctl(scene.pipe[0], 0x8901, b"\x01\0\0\0")),
    "another's terminal": fence(lambda scene: os.open(scene.other_terminal, os.O_RDWR | os.O_NOCTTY)),
}
FILES = {
    "write outside": fence(lambda scene: (scene.outside / "note").write_text("changed")),
    "append outside": fence(lambda scene: (scene.outside / "note").open("a").close()),
    "make a file outside": fence(lambda scene: (scene.outside / "new").touch()),
    "make a folder outside": fence(lambda scene: (scene.outside / "folder").mkdir()),
    "remove outside": fence(lambda scene: (scene.outside / "spare").unlink()),
    "cut off outside": fence(lambda scene: os.truncate(scene.outside / "note", 0)),
    "read outside": fence(lambda scene: (scene.outside / "note").read_text()),
    "list outside": fence(lambda scene: list(scene.outside.iterdir())),
    "write into what may be read": fence(lambda scene: (scene.library / "book").write_text("changed")),
    "make a file where may be read": fence(lambda scene: (scene.library / "new").touch()),
    "cut off what may be read": fence(lambda scene: os.truncate(scene.library / "book", 0)),
    "move out": fence(lambda scene: (scene.inside / "leaving").rename(scene.outside / "left"), "EACCES", "EXDEV"),
    "climb out": fence(lambda scene: (scene.inside / ".." / "outside" / "note").write_text("changed")),
    "follow a link out": fence(lambda scene: (scene.inside / "way-out").write_text("changed")),
    "a link": Deed(lambda scene: (scene.inside / "link").symlink_to("/")),
    "a second name": Deed(lambda scene: (scene.inside / "twin").hardlink_to(scene.inside / "kept")),
    "a pipe with a name": Deed(lambda scene: os.mkfifo(scene.inside / "fifo")),
    "open a file to everybody": Deed(lambda scene: (scene.inside / "kept").chmod(0o4755)),
    "open a file to everybody that is open": Deed(lambda scene: os.fchmod(os.open(scene.inside / "kept", 0), 0o666)),
    "change the time of a file outside": Deed(lambda scene: os.utime(scene.outside / "note")),
    "change rights outside": Deed(lambda scene: (scene.outside / "note").chmod(0o666)),
    "give a file away": Deed(lambda scene: os.chown(scene.inside / "kept", os.getuid(), os.getgid())),
    "put a word beside a file": Deed(lambda scene: os.setxattr(scene.inside / "kept", "user.word", b"x")),
}
RIGHTS = {
    "be somebody else": Deed(lambda _: os.setuid(os.getuid())),
    "be of another group": Deed(lambda _: os.setgid(os.getgid())),
    "more memory": limit(lambda _: mmap.mmap(-1, 1200 * MIB, mmap.MAP_PRIVATE), "ENOMEM"),
    "shared memory without end": limit(lambda _: mmap.mmap(-1, 3000 * MIB), "ENOMEM"),
    "a large file": limit(grown, "EFBIG"),
    "many files": limit(lambda _: [os.dup(0) for _ in range(700)], "EMFILE"),
    "higher limits": limit(
        lambda _: resource.setrlimit(resource.RLIMIT_DATA, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)),
        "ValueError",
    ),
}

FORBIDDEN = PROGRAMS | OTHERS | NETWORK | PLACES | KERNEL | TERMINAL | FILES | RIGHTS
"""Everything that the kernel refuses."""

IN_PYTHON = {
    **{name: PROGRAMS[name] for name in PROGRAMS if "clone" not in name},
    "ask for an address": Deed(lambda _: socket.getaddrinfo("localhost", 80)),
    "load a library": Deed(lambda _: __import__("ctypes").CDLL("libc.so.6")),
    **{name: OTHERS[name] for name in ("ask whether another process lives", "signal the host")},
    **{name: NETWORK[name] for name in NETWORK if name.startswith(("connect", "bind"))},
    **{
        name: FILES[name]
        for name in FILES
        if "outside" in name and not name.startswith(("read", "list", "change the time"))
    },
    **{name: FILES[name] for name in ("move out", "climb out", "follow a link out")},
}
"""What Python itself refuses, where the kernel does not."""

BEHIND_THE_FENCE = {
    "connect a socket that was there": (4, "EACCES"),
    "bind a socket that was there": (4, "EACCES"),
    "ask whether another process lives": (6, "EPERM"),
    "cut off outside": (3, "EACCES"),
}
"""What landlock alone refuses, from which step on, and how."""


def tidy(scene: Scene) -> None:
    """Put back what deeds change, so that each finds the same."""
    (scene.outside / "note").write_text("as it was")
    for name in ("kept", "leaving"):
        (scene.inside / name).write_text(name)
    (scene.outside / "spare").touch()
    (scene.library / "book").write_text("to be read")
    for path in (
        *(scene.inside / name for name in ("link", "twin", "fifo")),
        scene.outside / "new",
        scene.library / "new",
    ):
        path.unlink(missing_ok=True)
    with contextlib.suppress(FileNotFoundError):
        (scene.outside / "folder").rmdir()
