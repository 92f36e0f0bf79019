"""Rescue: room on a full disk, from a reserve that was laid by while there was plenty."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from console.domain.errors import RefusalCode, Refused
from console.store import ballast, faults, journal
from console.store.engine import Store
from console.store.room import Room, room


@dataclass(frozen=True, slots=True)
class Rescued:
    """What a rescue came to: whether the disk was full, the bytes that were freed, and the room there is now.

    `journal` are the bytes of the journal that were written back, `trouble` says why that could not be.
    """

    was_full: bool
    freed: int
    journal: int
    room: Room
    trouble: str = ""


def lay(path: Path, size: int = ballast.SIZE) -> bool:
    """Lay a reserve of room beside the database, where it is not there yet; say whether there was room for it.

    Refused: a folder that cannot be written.
    """
    with faults.told(ballast.place(path), Store(path).module):
        if ballast.weight(path) < size and room(path).free < 2 * size:
            return False
        return ballast.lay(path, size)


def rescue(path: Path) -> Rescued:
    """Free the reserve where the disk is full, then write the journal back into the database.

    It opens nothing before, since on a full disk nothing can be opened. Refused: a database that is not there, a full
    disk without a reserve.
    """
    module = Store(path).module
    if not path.exists():
        raise faults.missing(path)
    with faults.told(ballast.place(path), module):
        was_full, reserve = ballast.is_full(path), ballast.weight(path)
        freed = ballast.throw(path) if was_full else 0
        written, trouble = 0, ""
        try:
            written = journal.write_back(path, module)
        except Refused as refused:
            trouble = refused.sentence
        now = room(path)
        if was_full and not reserve and ballast.is_full(path):
            told = f"The disk of {path} is full, and no reserve was laid by: delete or move what is not needed there"
            raise Refused(f"{told}, then lay one with `triage rescue --lay`.", RefusalCode.STORAGE)
    return Rescued(was_full, freed, written, now, trouble)
