"""The filter of system calls: what a session asks the kernel for, the kernel refuses, whoever's code asks.

A filter is a small program that the kernel runs for every call: it sees the number and the arguments, never what they
point to. What is not refused is allowed, so that an interpreter or a C library of another year works; calls newer than
those that were looked at are answered as by an older kernel.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Iterable
from typing import NamedTuple

from console.host.kernel import FILTERED, SECCOMP, Kernel, machine
from console.host.syscalls import NEWEST, REFUSED, SOME, numbers

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""What the kernel calls each machine in the data that a filter sees."""
X32 = 0x40000000
"""From this number on, an x86_64 kernel takes calls of its second, rarer set."""

ALLOW, KILL = 0x7FFF0000, 0x80000000
REFUSE, MISSING = 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS

LOAD, AND, RETURN, IS, ABOVE, FROM, HAS = 0x20, 0x54, 0x06, 0x15, 0x25, 0x35, 0x45
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_FILTER = 2

THREAD, NAMESPACES = 0x10000, 0x7E020000
UNIX, STREAM, TYPE_OF_SOCKET = 1, 1, 0xF
OWNERS = {"F_SETOWN": 8, "F_SETSIG": 10, "F_SETOWN_EX": 15}
"""What makes the kernel send a signal to somebody else when a file is ready."""
TERMINAL = {
    "TIOCSTI": 0x5412,
    "TIOCLINUX": 0x541C,
    "TIOCCONS": 0x541D,
    "TIOCSETD": 0x5423,
    "TIOCSIG": 0x40045436,
    "FIOSETOWN": 0x8901,
    "SIOCSPGRP": 0x8902,
}
"""What types into a terminal as if the person had, copies its screen, or sends signals through it."""
ABOUT_ITSELF = {
    "PR_GET_PDEATHSIG": 2,
    "PR_GET_DUMPABLE": 3,
    "PR_SET_NAME": 15,
    "PR_GET_NAME": 16,
    "PR_GET_SECCOMP": 21,
    "PR_CAPBSET_READ": 23,
    "PR_GET_NO_NEW_PRIVS": 39,
    "PR_SET_VMA": 0x53564D41,
}
"""What a process may still say about itself with `prctl`: never that others may look into it again."""


class Step(NamedTuple):
    """One instruction; `yes` and `no` are how many steps are left out after it."""

    code: int
    value: int
    yes: int = 0
    no: int = 0


def program(kind: str, process: int) -> list[Step]:
    """Give the filter for a kind of machine and the process that it is for."""
    steps = [Step(LOAD, _ARCHITECTURE), *_unless(IS, ARCHITECTURES[kind], KILL), Step(LOAD, _NUMBER)]
    if kind == "x86_64":
        steps += _when(FROM, X32, KILL)
    steps += _when(ABOVE, NEWEST, MISSING)
    for name, number in numbers(kind, SOME).items():
        body = _body(name, process)
        steps += [Step(IS, number, 0, len(body)), *body]
    for number in numbers(kind, REFUSED).values():
        steps += _when(IS, number, REFUSE)
    return [*steps, Step(RETURN, ALLOW)]


def close(kernel: Kernel) -> None:
    """Filter every call of this process from now on; it cannot be undone. Raises OSError."""
    code = packed(program(machine(), os.getpid()))
    steps = kernel.buffer(code)
    header = kernel.buffer(struct.pack("HxxxxxxQ", len(code) // 8, ctypes.addressof(steps)))
    kernel.prctl(SECCOMP, _FILTER, ctypes.addressof(header))


def is_there(kernel: Kernel) -> bool:
    """Say whether the kernel filters calls; asked with a filter at no address, which nothing comes of."""
    try:
        return kernel.prctl(FILTERED) == _FILTER or bool(kernel.prctl(SECCOMP, _FILTER, 0))
    except OSError as error:
        return error.errno == errno.EFAULT


def packed(steps: Iterable[Step]) -> bytes:
    """Give a filter as the kernel takes it."""
    return b"".join(struct.pack("HBBI", step.code, step.yes, step.no, step.value) for step in steps)


def _body(name: str, process: int) -> list[Step]:
    """Give the steps for a call that is refused for some arguments only; every way through them ends."""
    match name:
        case "clone3" | "openat2":
            return [Step(RETURN, MISSING)]
        case "clone":
            return [_argument(0), *_when(HAS, NAMESPACES, REFUSE), *_when(HAS, THREAD, ALLOW), Step(RETURN, REFUSE)]
        case "socketpair":
            kind = [_argument(1), Step(AND, TYPE_OF_SOCKET), *_when(IS, STREAM, ALLOW)]
            return [_argument(0), *_unless(IS, UNIX, REFUSE), *kind, Step(RETURN, REFUSE)]
        case "prctl":
            return _only(0, ABOUT_ITSELF.values())
        case "prlimit64":
            return _only(0, (0, process))
        case "ioctl":
            return _never(1, TERMINAL.values())
        case "fcntl":
            return _never(1, OWNERS.values())
        case _:
            return _only(0, (process,))


def _only(place: int, values: Iterable[int]) -> list[Step]:
    """Allow a call when an argument is one of these values, and refuse it otherwise."""
    return [_argument(place), *(step for value in values for step in _when(IS, value, ALLOW)), Step(RETURN, REFUSE)]


def _never(place: int, values: Iterable[int]) -> list[Step]:
    """Refuse a call when an argument is one of these values, and allow it otherwise."""
    return [_argument(place), *(step for value in values for step in _when(IS, value, REFUSE)), Step(RETURN, ALLOW)]


def _argument(place: int) -> Step:
    """Load the lower half of an argument: all that the kernel itself looks at in those that are compared here."""
    return Step(LOAD, _ARGUMENTS + 8 * place)


def _when(test: int, value: int, answer: int) -> list[Step]:
    return [Step(test, value, 0, 1), Step(RETURN, answer)]


def _unless(test: int, value: int, answer: int) -> list[Step]:
    return [Step(test, value, 1, 0), Step(RETURN, answer)]
