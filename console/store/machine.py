"""What the machine says of itself: whether its clock is kept right, and whether its disk can hold more files."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

_ERROR = 5
"""What the kernel calls a clock that nobody keeps right (TIME_ERROR)."""

_LOOK = 1024
"""Bytes that are more than the answer takes; all zero they ask for nothing but a look."""

FEWEST = 1_000
SCARCE_SHARE = 0.01


def keeps_time() -> bool | None:
    """Say whether something keeps the machine's clock right; None where the system does not tell."""
    try:
        state = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(_LOOK))
    except (AttributeError, OSError, TypeError):
        return None
    return None if state < 0 else state != _ERROR


def is_short_of_files(path: Path) -> bool:
    """Say whether the disk can hold few files more, however many bytes it has; a disk that does not count can."""
    try:
        found = os.statvfs(path.parent)
    except (AttributeError, OSError):
        return False
    return found.f_files > 0 and (found.f_favail < FEWEST or found.f_favail < found.f_files * SCARCE_SHARE)
