"""The clocks of this machine, read together: the one on the wall, and the one that only runs."""

from __future__ import annotations

import time
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

from console.cli.call import now
from console.domain.watch import Reading

BOOT = Path("/proc/sys/kernel/random/boot_id")


def reading() -> Reading:
    """Read both clocks; everything below the command line is handed them."""
    return Reading(now(), timedelta(seconds=_steady()), _boot())


def _steady() -> float:
    """Give the seconds since the machine started, sleep included where the system can tell."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


@lru_cache(maxsize=1)
def _boot() -> str:
    """Name this start of the machine; where the system does not, all are one, and only a clock that runs back tells."""
    try:
        return BOOT.read_text(encoding="ascii").strip()
    except OSError:
        return ""
