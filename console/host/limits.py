"""The limits of a session: how much memory, how large a file, how many open files and processes."""

from __future__ import annotations

from typing import NamedTuple

try:  # here, and not where it is used: a session is confined before its first frame
    import resource
except ImportError:  # pragma: no cover - on Windows
    resource = None  # type: ignore[assignment]

FILES = 512
"""How many files and the like a session may have open at once."""


class Limits(NamedTuple):
    """Bytes of memory, bytes in one file, and processes and threads of the whole account."""

    memory: int
    file_size: int
    processes: int


def narrow(limits: Limits) -> tuple[str, ...]:
    """Set the limits for this process, never wider than they are; give the names of those the system did not take.

    Twice the memory may be reserved, since a thread reserves much that it never uses.
    """
    wanted = {
        "RLIMIT_CORE": 0,
        "RLIMIT_DATA": limits.memory,
        "RLIMIT_AS": 2 * limits.memory,
        "RLIMIT_FSIZE": limits.file_size,
        "RLIMIT_NOFILE": FILES,
        "RLIMIT_NPROC": limits.processes,
        "RLIMIT_MSGQUEUE": 0,
        "RLIMIT_RTPRIO": 0,
    }
    return tuple(name for name, most in wanted.items() if not _set(name, most))


def _set(name: str, most: int) -> bool:
    number = getattr(resource, name, None)
    if number is None:
        return False
    hard = resource.getrlimit(number)[1]
    least = most if hard == resource.RLIM_INFINITY else min(most, hard)
    try:
        resource.setrlimit(number, (least, least))
    except (OSError, ValueError):
        return False
    return True
