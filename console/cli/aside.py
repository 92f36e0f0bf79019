"""Keeping aside: what was handed over and is refused, for somebody to look at, with the reason beside it."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path

from console.domain.errors import Refused
from console.intake.private_folder import put, why_unfit

_NAME = 24


def set_aside(folder: Path, data: bytes, ending: str, why: str) -> Path:
    """Keep what is refused, with the reason; the same is kept once. Give its file. Refused: where it cannot be kept."""
    name = hashlib.sha256(data).hexdigest()[:_NAME]
    if unfit := why_unfit(folder):
        raise Refused(f"This is refused and cannot be kept aside: {unfit}.")
    put(folder / f"{name}{ending}", data)
    put(folder / f"{name}.json", json.dumps({"file": f"{name}{ending}", "reason": why}).encode())
    return folder / f"{name}{ending}"


def thin_out(folder: Path, most: int, largest: int) -> None:
    """Drop the oldest of what lies aside, so that no more files than so many lie there, and no more bytes."""
    found = sorted(((each.stat().st_mtime_ns, each) for each in folder.iterdir()), reverse=True)
    size = 0
    for count, (_, file) in enumerate(found, 1):
        size += file.stat().st_size
        if count > most or size > largest:
            with suppress(FileNotFoundError):
                file.unlink()
