"""Restoring: a backup takes the place of the database, while others may have that open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from console.desk import checkup
from console.domain.errors import Refused
from console.domain.words import counted, listed
from console.store import attached_files, copying, faults, inspection, keeping, past, sqlite_driver
from console.store.attached_files import Carried
from console.store.resting import Resting
from console.store.swap import Beyond, swap

NOTHING = Carried()
TOLD = 3
"""How many of the things found wrong with a backup are told."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A backup that can be restored: how much is in it, and when its newest event happened."""

    source: Path
    cases: int
    events: int
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, where the database it replaced is kept, and what only that one has; None: nobody can tell.

    `carried` are the attachments that were not there any more.
    """

    examined: Examined
    aside: Path | None
    beyond: Beyond | None
    carried: Carried = NOTHING


def examine(path: Path, source: Path) -> Examined:
    """Say whether a backup could take the place of the database; nothing is changed.

    Refused: a file that is missing, damaged, not as it was written, of another program or of a newer one.
    """
    with _prepared(path, source) as (_, examined):
        return examined


def restore(path: Path, source: Path, now: datetime, *, is_sure: bool) -> Restored:
    """Put a backup in the place of the database; the one that was there stays beside it under another name.

    Whoever has it open is refused from then on, and told to start again; nothing that was acknowledged is lost from
    both. Refused: as `examine` does, and without `is_sure` where the database has events that the backup has not.
    """
    heard: list[Beyond | None] = [Beyond()]

    def agree(beyond: Beyond | None) -> None:
        heard[:] = [beyond]
        if not is_sure and beyond != Beyond():
            raise Refused(f"{_put_aside(path, source, beyond)} Say --yes to restore it all the same.")

    with _prepared(path, source) as (new, examined):
        aside = swap(path, new, past.aside_name(path, now), agree)
        carried = attached_files.carry(source.parent / "attachments", attached_files.folder_of(path))
    return Restored(examined, aside, heard[0], carried)


def _put_aside(path: Path, source: Path, beyond: Beyond | None) -> str:
    """Say what restoring puts aside."""
    if beyond is None:
        return f"{path} is too damaged to tell what it has that {source} has not."
    span = f" of {beyond.first:%Y-%m-%d %H:%M} to {beyond.last:%Y-%m-%d %H:%M} UTC" if beyond.first else ""
    many = f"{counted(beyond.events, 'event')}{span}" if beyond.events else ""
    many = listed(filter(None, (many, turns_told(beyond))))
    verb, they = ("is", "it") if beyond.events + beyond.turns == 1 else ("are", "they")
    return f"{path} has {many} that {verb} not in {source}; {they} would be put aside with it."


def turns_told(beyond: Beyond) -> str:
    """Say how many policies were turned on that are put aside; nothing where none was."""
    thing = "policy" if beyond.turns == 1 else "policies"
    return f"{beyond.turns:,} {thing} turned on" if beyond.turns else ""


@contextmanager
def _prepared(path: Path, source: Path) -> Iterator[tuple[Path, Examined]]:
    """Copy a backup beside the database, bring it up to date, and check it; give the copy and what is in it."""
    module = sqlite_driver.driver()
    if not source.is_file():
        raise Refused(f"There is no file {source}; `triage backup list` names the backups.", faults.STORAGE)
    is_itself = path.exists() and path.samefile(source)
    if is_itself and not inspection.is_broken_off(path):
        raise Refused(f"{source} is the database itself; name a backup, as `triage backup list` does.", faults.STORAGE)
    with faults.told(path, module), keeping.alone_at(path) as new:
        if keeping.is_as_written(source) is False:
            told = f"{source} is not what was written: its SHA-256 is another than beside it"
            raise Refused(f"{told}. Choose another backup with `triage backup list`.", faults.STORAGE)
        try:
            (copying.copy_to_rest if is_itself else copying.copy_at_rest)(path if is_itself else source, new, module)
            copying.renew(new, source, module)
        except faults.Damaged as refused:
            told = f"{source} is damaged or not a database ({refused.said})"
            raise Refused(f"{told}; choose another backup with `triage backup list`.", faults.STORAGE) from None
        examined = _examined(new, source)
        copying.wake(new, path, module)
        yield new, examined


def _examined(new: Path, source: Path) -> Examined:
    """Check the copy of a backup. Refused: one that is not sound."""
    found = list(islice(checkup.unsound(Resting(new)), TOLD))
    if found:
        told = f"{source} is not sound and cannot be restored: {' '.join(found)}".replace(str(new), str(source))
        raise Refused(f"{told} Choose another backup with `triage backup list`.", faults.STORAGE)
    with Resting(new).read() as tx:
        return Examined(source, *inspection.extent(tx), inspection.newest(tx))
