"""The clocks of the machine: the one that can be set, the one that only runs, and which start of the machine it is.

What is below the command line and the screens is handed what they show.
"""

from __future__ import annotations

import os
import time
from datetime import datetime, timedelta
from pathlib import Path

from console.domain.watch import Reading

BOOT = Path("/proc/sys/kernel/random/boot_id")


def reading(now: datetime) -> Reading:
    """Read the steady clock beside the time on the wall.

    Sleep counts in it where the system can say so. Where the system does not name its starts, the name is that of this
    process, whose readings no other compares with its own.
    """
    clock = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
    steady = time.monotonic() if clock is None else time.clock_gettime(clock)
    return Reading(now, timedelta(seconds=steady), _boot())


def _boot() -> str:
    try:
        return BOOT.read_text(encoding="ascii").strip()
    except OSError:
        return f"process {os.getpid()}"
