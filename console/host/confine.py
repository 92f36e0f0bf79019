"""What a session may not: whoever it serves, it keeps to the data folder, starts nothing, and reaches nobody.

A session runs under the service's account, on text that strangers wrote. Should any of that text ever become code, the
kernel still stands around it: landlock for files, a filter for system calls, limits for memory. None of it can be taken
back by the process itself.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from console.host import landlock, limits, net, seccomp
from console.host.kernel import DUMPABLE, NO_NEW_PRIVILEGES, Kernel, kernel
from console.host.readable import readable_of_python

__all__ = ["Bounds", "Confinement", "confine", "lacking", "readable_of_python"]

GIB = 1 << 30
NULL = Path("/dev/null")


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where a session may write and read, and how much it may use.

    Name folders rather than files: a file that is replaced later is another one. `memory` and `file_size` are bytes;
    `processes` counts the processes and threads of the whole account, all sessions together.
    """

    writable: tuple[Path, ...]
    readable: tuple[Path, ...]
    memory: int = 2 * GIB
    file_size: int = 16 * GIB
    processes: int = 16_384


@dataclass(frozen=True, slots=True)
class Confinement:
    """What holds for this process from now on, and what this system does not offer; sentences for the log."""

    holds: tuple[str, ...]
    lacks: tuple[str, ...]


NO_KERNEL = (
    "This system has no confinement that Triage knows (Linux on x86_64 or aarch64 has); only Python's own net holds."
)
NO_LANDLOCK = "This kernel has no landlock: only Python's own net keeps a session from files outside the data folder."
NO_SECCOMP = (
    "This kernel filters no system calls: only Python's own net and the limit of processes keep a session from "
    "starting programs."
)
OLD_LANDLOCK = "This kernel's landlock is of step {step}: {missing}."
_STEPS = (
    (2, "no file can be moved between folders"),
    (3, "files outside the data folder may be cut off where the account may write them"),
    (landlock.NETWORK_FROM, "it does not know the network, which the filter of system calls closes"),
    (5, "it does not know devices, of which none can be opened but those that are handed in"),
    (landlock.SCOPES_FROM, "it does not know signals, which the filter of system calls closes"),
)


def confine(bounds: Bounds) -> Confinement:
    """Confine this process for good, and tell what came of it.

    What the kernel does not offer is left out and told. Raises RuntimeError where it offers something and then refuses
    it, and where other threads run already: a session that is confined by half must not begin.
    """
    if threading.active_count() > 1 or _threads() > 1:
        raise RuntimeError("A process is confined before its second thread starts; confine it right after the fork.")
    _keep_temporary_files(bounds)
    untaken = limits.narrow(limits.Limits(bounds.memory, bounds.file_size, bounds.processes))
    holds = [f"Memory is limited to {bounds.memory >> 20} MiB, a file to {bounds.file_size >> 20} MiB."]
    lacks = [*lacking(), *(f"This system takes no limit called {name}." for name in untaken)]
    door = kernel()
    step = landlock.version(door) if door else 0
    if door:
        for told, act in _acts(door, step, bounds):
            try:
                act()
            except OSError as error:
                raise RuntimeError(f"The kernel refused a part of the confinement ({error.strerror}): {told}") from None
            holds.append(told)
    net.spread(None if step else (*bounds.writable, NULL))
    holds.append("Python itself starts no program and opens no connection.")
    return Confinement(tuple(holds), tuple(lacks))


def lacking() -> tuple[str, ...]:
    """Give a sentence for everything that this system does not offer to confine sessions with."""
    door = kernel()
    if door is None:
        return (NO_KERNEL,)
    step = landlock.version(door)
    behind = [missing for since, missing in _STEPS if step < since]
    told = [] if step else [NO_LANDLOCK]
    if step and behind:
        told.append(OLD_LANDLOCK.format(step=step, missing="; ".join(behind)))
    return (*told, *(() if seccomp.is_there(door) else (NO_SECCOMP,)))


def _acts(door: Kernel, step: int, bounds: Bounds) -> list[tuple[str, Callable[[], object]]]:
    """Give what is done to the process, in the order in which it can be, with what holds afterwards."""
    acts: list[tuple[str, Callable[[], object]]] = [
        ("No program gives it more rights than it has.", lambda: door.prctl(NO_NEW_PRIVILEGES, 1)),
        ("No process of the same account looks into its memory.", lambda: door.prctl(DUMPABLE, 0)),
        ("It has no special rights.", door.drop_capabilities),
    ]
    if step:
        folders = ", ".join(map(str, bounds.writable))
        fence = f"Nothing outside {folders} can be written, and only what was named read (landlock {step})."
        writable = (*bounds.writable, NULL)
        acts.append((fence, lambda: landlock.close(door, step, writable, bounds.readable)))
    if seccomp.is_there(door):
        acts.append(("No program, process or connection can be started (seccomp).", lambda: seccomp.close(door)))
    return acts


def _keep_temporary_files(bounds: Bounds) -> None:
    """Let what needs a temporary file, SQLite above all, put it where the session may write."""
    for folder in bounds.writable[:1]:
        os.environ["SQLITE_TMPDIR"] = os.environ["TMPDIR"] = str(folder)
        if "tempfile" in sys.modules:
            sys.modules["tempfile"].tempdir = None  # type: ignore[attr-defined] # what the host found out before


def _threads() -> int:
    """Count the threads of this process, those included that Python does not know; 1 where nobody tells."""
    try:
        return len(os.listdir("/proc/self/task"))  # noqa: PTH208 - names are enough
    except OSError:
        return 1
