"""How much room is left on the disk that the database is on."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

SCARCE_SHARE = 0.05
SCARCE_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class Room:
    """Bytes that are free, and those of the whole disk."""

    free: int
    total: int

    @property
    def is_scarce(self) -> bool:
        """Say whether it is time to make room: less than a twentieth, or less than 200 MB."""
        return self.free < SCARCE_BYTES or self.free < self.total * SCARCE_SHARE


def room(path: Path) -> Room:
    """Look at the disk that a file is on, or is to be on. Raises OSError where that cannot be told."""
    usage = shutil.disk_usage(path.parent)
    return Room(usage.free, usage.total)
