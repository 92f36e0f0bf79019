"""Aside: what was taken and is kept, and what could not be taken, each with the reason in a file beside it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from console.domain.errors import RefusalCode, Refused
from console.intake.private_folder import put, why_unfit
from console.intake.turn import held

DONE, FAILED = ".done", ".failed"
REASON = ".reason.json"
_LONGEST_NAME = 200
"""Bytes of a name, so that the reason's own still is one."""
Told = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Aside:
    """Where a source puts its files when it is through with them."""

    folder: Path

    def done(self, path: Path, name: str, *, keeps: bool) -> None:
        """Put away a file that was taken whole, with what was said of it when it failed. Raises OSError."""
        if keeps:
            self._move(self._place(DONE), path, name, None)
        else:
            path.unlink(missing_ok=True)
        if os.path.lexists(failed := self.folder / FAILED) and not os.path.lexists(failed / name):
            (failed / f"{_short(name)}{REASON}").unlink(missing_ok=True)

    def failed(self, path: Path, name: str, reasons: Sequence[Told], count: int) -> Path:
        """Put a file aside that was not taken, or not whole; give where it lies. Raises OSError.

        `reasons` are the first of `count` rejects; everything else of the file was taken.
        """
        told = {"file": name, "rejected": count, "rejects": list(reasons)}
        return self._move(self._place(FAILED), path, name, json.dumps(told, indent=1).encode())

    def _place(self, name: str) -> Path:
        """Give a folder for this, made where it is not there. Refused: one that is not ours alone."""
        folder = self.folder / name
        if unfit := why_unfit(folder):
            raise Refused(f"Nothing can be put aside: {unfit}.", RefusalCode.BAD_INPUT)
        return folder

    @staticmethod
    def _move(folder: Path, path: Path, name: str, reason: bytes | None) -> Path:
        """Move a file under its name, or one like it where that is taken, after the reason was written."""
        with held(folder):
            place = _free(folder, _short(name))
            if reason is not None:
                beside = folder / f"{place.name}{REASON}"
                beside.unlink(missing_ok=True)
                put(beside, reason)
            path.rename(place)
        return place


def _free(folder: Path, name: str) -> Path:
    """Give a name that is free."""
    place, count = folder / name, 1
    while os.path.lexists(place):
        count += 1
        place = folder / f"{name}.{count}"
    return place


def _short(name: str) -> str:
    """Give a name, or the end of one that is too long to have another beside it."""
    data = os.fsencode(name)
    if len(data) <= _LONGEST_NAME:
        return name
    return f"{sha256(data).hexdigest()[:16]}{os.fsdecode(data[-_LONGEST_NAME // 2 :])}"
