"""The checkup of what is around a database: its disk and clock, its backups, and who could change what it goes by."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from console.desk import layout_checkup
from console.desk.findings import Finding, Grade, Part
from console.domain.words import lasting, listed
from console.store import ballast, damage, faults, machine, past, people
from console.store.engine import Store
from console.store.room import room

FRESH = timedelta(days=2)
"""How old the newest backup of a desk of several people may be."""


@dataclass(frozen=True, slots=True)
class Site:
    """What an installation has around its database.

    `backups` is the folder for them. `trusted` are the files that the program goes by, such as its settings; those that
    are not there do not count. `variables` are those of the environment that set something. `is_served`: a host has
    its socket on this machine.
    """

    backups: Path | None = None
    trusted: tuple[Path, ...] = ()
    variables: tuple[str, ...] = ()
    is_served: bool = False


def examined(path: Path, site: Site) -> Iterator[Part]:
    """Check who can get at the database besides its owner, and the disk and the clock of the machine."""
    owner = layout_checkup.owner_of(path)
    newest = past.newest(site.backups, path.stem) if site.backups else None
    yield _part(
        "layout",
        (
            *layout_checkup.exposed(path, owner),
            *layout_checkup.networked(path),
            *layout_checkup.steered(site.trusted, owner),
            *(layout_checkup.copied(site.backups, newest) if site.backups else ()),
        ),
        (*layout_checkup.linked(path), *layout_checkup.looked_into(path)),
    )
    yield _part("machine", _damaged(path, newest), (*_scarce(path, site), *_clock()))


def of_many(path: Path, site: Site, store: Store, now: datetime) -> Part:
    """Check what matters as soon as several people, or a host, use a database: its backups, and who sets what."""
    with store.read() as tx:
        is_shared = site.is_served or len(people.everybody(tx)) > 1
    return _part("backups", (), (*_kept(path, site, now), *_set_outside(site)) if is_shared else ())


def _damaged(path: Path, newest: Path | None) -> Iterator[str]:
    mark = damage.found(path)
    if mark is not None:
        yield faults.damaged(path, mark.at, newest).sentence


def _scarce(path: Path, site: Site) -> Iterator[str]:
    with suppress(OSError):  # where there is no folder yet, there is no disk to be looked at
        left = room(path)
        if left.is_scarce:
            share = 100 * left.free // max(left.total, 1)
            yield (
                f"The disk of {path} has {left.free // 1_000_000:,} MB left ({share} %), and a full one takes "
                "nothing more; make room."
            )
    if machine.is_short_of_files(path):
        yield f"The disk of {path} can hold few files more, however much room is left; delete some that nobody needs."
    if site.is_served and path.exists() and not ballast.weight(path):
        yield f"There is no {ballast.place(path).name}, for when the disk is full; `triage rescue --lay` lays it."


def _clock() -> Iterator[str]:
    if machine.keeps_time() is False:
        yield "Nothing keeps the clock of this machine right, and deadlines go by it; run chrony or another NTP client."


def _kept(path: Path, site: Site, now: datetime) -> Iterator[str]:
    """Tell that there is no backup of today or yesterday."""
    if site.backups is None:
        return
    try:
        found = past.kept(site.backups, path.stem)
    except OSError as error:
        yield f"{site.backups} cannot be looked into ({error.strerror}), so nobody knows of backups; check its rights."
        return
    if not found:
        yield f"There is no backup of {path} in {site.backups}; `triage backup` makes one, every day from a timer."
    elif now - found[-1].at > FRESH:
        yield f"The newest backup, {found[-1].path}, is {lasting(now - found[-1].at)} old; back up every day."


def _set_outside(site: Site) -> Iterator[str]:
    if site.variables:
        yield (
            f"Variables set what this desk of several goes by ({listed(site.variables)}); "
            "write that into the config file, so that it is the same for everybody."
        )


def _part(checked: str, bad: tuple[str, ...] | Iterator[str], better: tuple[str, ...]) -> Part:
    remarks = (Finding(sentence, Grade.REMARK) for sentence in better)
    return Part(checked, (*map(Finding, bad), *remarks))
