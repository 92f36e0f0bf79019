"""The second net: the interpreter itself refuses to start programs and to reach for the network (PEP 578).

It holds on every system, but only for what goes through Python: code that was loaded another way passes it by.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

# fmt: off
PROGRAMS = frozenset((
    "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "os.system", "os.startfile", "os.killpg",
    "subprocess.Popen", "pty.spawn", "webbrowser.open", "ctypes.dlopen", "sqlite3.load_extension",
))
NETWORK = frozenset((
    "socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname",
    "socket.gethostbyaddr",
))
# fmt: on
REFUSED = PROGRAMS | NETWORK
"""What the interpreter announces before it does it, and is kept from."""
_CHANGES = {
    "os.remove": 1, "os.rmdir": 1, "os.mkdir": 1, "os.truncate": 1, "os.rename": 2, "os.link": 2, "os.symlink": 2,
    "os.chmod": 1, "os.chown": 1, "shutil.rmtree": 1,
}  # fmt: skip
"""What changes files, and how many of its first words are paths."""
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def spread(writable: Iterable[Path] | None = None) -> None:
    """Refuse from now on. `writable`: nothing is written elsewhere; None where the kernel already sees to that."""
    sys.addaudithook(_refusing(os.getpid()))
    if writable is not None:
        sys.addaudithook(_keeping_to([os.path.realpath(path) for path in writable]))


def _refusing(own: int) -> Callable[[str, tuple[object, ...]], None]:
    """Give what is called for every event."""

    def heard(event: str, words: tuple[object, ...]) -> None:
        if event in REFUSED or (event == "os.kill" and words[0] != own):
            raise PermissionError(errno.EPERM, f"A session of the shared server may not do this ({event})")

    return heard


def _keeping_to(folders: list[str]) -> Callable[[str, tuple[object, ...]], None]:
    """Give what is called for every event, and refuses those that change files elsewhere."""

    def must_be_inside(path: object) -> None:
        if not isinstance(path, str | bytes | os.PathLike):
            return  # a descriptor: that was asked when it was opened
        real = os.path.realpath(os.fsdecode(path))
        if not any(real == folder or real.startswith(f"{folder}{os.sep}") for folder in folders):
            raise PermissionError(errno.EACCES, "A session of the shared server may not write here", real)

    def heard(event: str, words: tuple[object, ...]) -> None:
        if event == "open":
            if isinstance(words[2], int) and words[2] & _WRITING:
                must_be_inside(words[0])
        elif event in _CHANGES:
            for path in words[: _CHANGES[event]]:
                must_be_inside(path)

    return heard
