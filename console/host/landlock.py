"""The fence around files: below these folders a session may write, below those it may read, and nowhere else anything.

Landlock came to the kernel in steps ("ABI 1" to "ABI 7" here); each right is asked for only where the kernel knows it.
It holds for what is opened from now on: the terminal and whatever else was handed in stays usable. No right to execute
is ever given; a library needs none, it is only read and mapped.
"""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Iterable
from pathlib import Path

from console.host.kernel import Kernel

_MAKE, _ADD, _ENTER = 444, 445, 446
_ASK_VERSION = 1
_BELOW = 1

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_DIR, REMOVE_FILE = (1 << bit for bit in range(6))
MAKE_DIR, MAKE_FILE = 1 << 7, 1 << 8
REFER, TRUNCATE, DEVICES = 1 << 13, 1 << 14, 1 << 15
_KNOWN = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
"""The rights to files that the kernel knows from each step on."""
NETWORK_FROM, SCOPES_FROM = 4, 6
_NETWORK, _SCOPES = 0b11, 0b11

READING = READ_FILE | READ_DIR
WRITING = READING | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_FILE | REFER | TRUNCATE
_OF_A_FILE = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | DEVICES


def version(kernel: Kernel) -> int:
    """Give the step that the kernel is at, or 0 where there is no landlock, or it is switched off."""
    try:
        return kernel.call(_MAKE, None, 0, _ASK_VERSION)
    except OSError:
        return 0


def close(kernel: Kernel, step: int, writable: Iterable[Path], readable: Iterable[Path]) -> None:
    """Fence this process in; it cannot be undone. `step`: what `version` gave. Raises OSError.

    A path that the account cannot reach is passed over.
    """
    handled = rights(step)
    fenced = attributes(step)
    ruleset = kernel.call(_MAKE, kernel.buffer(fenced), len(fenced), 0)
    try:
        for paths, granted in ((writable, WRITING), (readable, READING)):
            for path in paths:
                _allow(kernel, ruleset, path, granted & handled)
        kernel.call(_ENTER, ruleset, 0)
    finally:
        os.close(ruleset)


def rights(step: int) -> int:
    """Give the rights to files that a kernel at this step knows, all of which are taken away first."""
    return next(known for since, known in sorted(_KNOWN.items(), reverse=True) if since <= step)


def attributes(step: int) -> bytes:
    """Give what is fenced off, in the length that a kernel at this step knows."""
    words = [rights(step)]
    if step >= NETWORK_FROM:
        words.append(_NETWORK)
    if step >= SCOPES_FROM:
        words.append(_SCOPES)
    return struct.pack(f"{len(words)}Q", *words)


def _allow(kernel: Kernel, ruleset: int, path: Path, granted: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:  # what is not there, or out of the account's reach, needs no rule
        return
    try:
        if not stat.S_ISDIR(os.fstat(place).st_mode):
            granted &= _OF_A_FILE
        kernel.call(_ADD, ruleset, _BELOW, kernel.buffer(struct.pack("=Qi", granted, place)), 0)
    finally:
        os.close(place)
