"""Tries deeds, each in a process of its own: as it is, confined, behind one wall only.

Run as `python -m tests.host.prisoner FOLDER`; prints one JSON object: for each way and deed what came of it.
"""

from __future__ import annotations

import errno
import json
import os
import pty
import select
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from console.host import confine, landlock, net
from console.host.kernel import NO_NEW_PRIVILEGES, kernel
from tests.host.allowed import ALLOWED
from tests.host.deeds import BEHIND_THE_FENCE, FORBIDDEN, IN_PYTHON, MIB, Scene, tidy

DONE = "done"
LIMIT = 20


def free(_: Scene) -> None:
    """Confine nothing."""


def confined(scene: Scene) -> None:
    """Confine as a session is."""
    readable = (*confine.readable_of_python(), scene.library)
    confine.confine(confine.Bounds((scene.inside,), readable, memory=1024 * MIB, file_size=MIB))


def by_the_kernel(scene: Scene) -> None:
    """Confine without Python's own net, which would stand before the kernel."""
    setattr(net, "spread", lambda _writable: None)  # noqa: B010
    confined(scene)


def by_python(scene: Scene) -> None:
    """Confine as on a kernel that offers nothing."""
    net.spread((scene.inside, Path(os.devnull)))


def by_the_fence(scene: Scene) -> None:
    """Fence the files in, and nothing else."""
    scene.kernel.prctl(NO_NEW_PRIVILEGES, 1)
    landlock.close(scene.kernel, landlock.version(scene.kernel), (scene.inside,), confine.readable_of_python())


def outcome(scene: Scene, wall: Callable[[Scene], None], act: Callable[[Scene], object]) -> str:
    """Do something in a process of its own, and tell what came of it: done, an error's name, or a signal's."""
    tidy(scene)
    back, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(into, tried(scene, wall, act).encode())
        os._exit(0)
    os.close(into)
    told = b""
    while select.select([back], [], [], LIMIT)[0] and (more := os.read(back, 65536)):
        told += more
    os.close(back)
    status = os.waitpid(child, 0)[1]
    return told.decode() or (signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else DONE)


def tried(scene: Scene, wall: Callable[[Scene], None], act: Callable[[Scene], object]) -> str:
    """Confine this process and do it."""
    signal.alarm(LIMIT)
    wall(scene)
    try:
        act(scene)
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, repr(error))
    except Exception as error:  # noqa: BLE001 - it is told, and the test shows it
        return f"{type(error).__name__}" if isinstance(error, ValueError) else repr(error)
    return DONE


@contextmanager
def scene(folder: Path) -> Iterator[Scene]:
    """Set the scene."""
    door = kernel()
    assert door is not None
    inside, library, outside = (folder / name for name in ("inside", "library", "outside"))
    for each in (inside, library, outside):
        each.mkdir()
    (inside / "way-out").symlink_to(outside / "note")
    other = os.fork()
    if other == 0:
        signal.pause()
    terminal, others = pty.openpty(), pty.openpty()
    client, handed = socket.socketpair()
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as tcp, client, handed:
        socket.send_fds(client, [b"x"], [terminal[0]])
        try:
            yield Scene(
                door, inside, library, outside, other, os.pidfd_open(other), tcp, server.getsockname()[1],
                terminal[1], os.ttyname(others[1]), os.pipe(), handed,
            )  # fmt: skip
        finally:
            os.kill(other, signal.SIGKILL)
            os.waitpid(other, 0)


def main() -> None:
    """Try everything."""
    with scene(Path(sys.argv[1])) as set_up:
        behind = {name: FORBIDDEN[name] for name in BEHIND_THE_FENCE}
        ways = {
            "free": (free, FORBIDDEN | IN_PYTHON),
            "kernel": (by_the_kernel, FORBIDDEN),
            "python": (by_python, IN_PYTHON),
            "fence": (by_the_fence, behind if landlock.version(set_up.kernel) else {}),
        }
        told = {
            way: {name: outcome(set_up, wall, deed.act) for name, deed in deeds.items()}
            for way, (wall, deeds) in ways.items()
        }
        told["allowed"] = {name: outcome(set_up, confined, act) for name, act in ALLOWED.items()}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
