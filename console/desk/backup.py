"""Backups: copies of the whole database, made while others work, and kept only where they are found sound."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from console.desk import checkup, storage
from console.domain import retention
from console.domain.errors import Refused
from console.domain.retention import USUAL, Rule
from console.store import attached_files, copying, faults, inspection, keeping, past
from console.store.attached_files import Carried
from console.store.engine import Store
from console.store.resting import Resting

NOTHING = Carried()
TOLD = 3
"""How many of the things found wrong with a copy are told."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made: how much is in it, its digest, and which older ones were dropped for it.

    `carried` are the attachments that the folder of backups did not have yet.
    """

    path: Path
    at: datetime
    size: int
    digest: str
    cases: int
    events: int
    dropped: tuple[Path, ...]
    carried: Carried = NOTHING


@dataclass(frozen=True, slots=True)
class Listed:
    """A backup that is there: when it was made, its bytes, and whether it is as written; None without a digest."""

    path: Path
    at: datetime
    size: int
    is_as_written: bool | None


def backup(path: Path, folder: Path, now: datetime, by: Rule | None = USUAL) -> Made:
    """Copy the database into a folder as it is at this moment, check the copy, and drop what a rule keeps no longer.

    The attachments go with it: each file once, into a folder that all backups there share, and none is ever dropped.
    Refused: a database that is missing, of another schema, or not sound: no copy of it is kept then.
    """
    store = _current(path)
    at = now.astimezone(UTC).replace(microsecond=0)
    target = folder / past.backup_name(path.stem, at)
    with faults.told(folder, store.module), keeping.alone_in(folder):
        if target.exists():
            raise Refused(f"{target} was made within this second; try again.", faults.STORAGE)
        try:
            copying.copy_to_rest(path, keeping.begun(target), store.module)
            cases, events = _examined(path, keeping.begun(target))
            carried = attached_files.carry(attached_files.folder_of(path), folder / "attachments")
            digest = keeping.finish(target)
        finally:
            keeping.begun(target).unlink(missing_ok=True)
        dropped = _dropped(folder, path.stem, now, by)
    return Made(target, at, target.stat().st_size, digest, cases, events, dropped, carried)


def listed(path: Path, folder: Path) -> tuple[Listed, ...]:
    """Give the backups of a database in a folder, oldest first, each read whole to compare it with its digest."""
    with faults.told(folder, Store(path).module):
        found = past.kept(folder, path.stem)
        return tuple(Listed(each.path, each.at, each.size, keeping.is_as_written(each.path)) for each in found)


def _current(path: Path) -> Store:
    """Give the store on a database. Refused: one that is missing, of another program, or of another schema."""
    store = Store(path)
    try:
        store.schema()
        with store.read():
            return store
    finally:
        store.close()


def _examined(path: Path, copy: Path) -> tuple[int, int]:
    """Check a copy; give how many cases and events are in it. Refused: one that is not sound."""
    found = list(islice(checkup.unsound(Resting(copy)), TOLD))
    if found:
        storage.check(path)
        told = f"The copy of {path} is not sound and was not kept"
        raise Refused(f"{told}: {' '.join(found)} `triage doctor` tells more.", faults.STORAGE)
    with Resting(copy).read() as tx:
        return inspection.extent(tx)


def _dropped(folder: Path, stem: str, now: datetime, by: Rule | None) -> tuple[Path, ...]:
    """Drop the backups that a rule keeps no longer; give them."""
    if by is None:
        return ()
    found = past.kept(folder, stem)
    stay = retention.kept([each.at for each in found], now, by)
    gone = tuple(each.path for each in found if each.at not in stay)
    for each in gone:
        keeping.drop(each)
    return gone
