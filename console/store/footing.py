"""What a store stands on: one file that stays the one it was opened on, fits the program, and is whole.

A file that was deleted or replaced takes writes and loses them, one that is damaged takes them as well, so each is
looked for before every reading and inside every transaction that writes.
"""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import Any
from weakref import WeakSet

from console.domain.errors import Refused
from console.store import damage, faults, past
from console.store.fence import is_fenced
from console.store.migrations import SCHEMA
from console.store.stand import Stand

Identity = tuple[int, int]
"""Device and number of a file."""


class Footing:
    """One file and what is known of it; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        """Name the file; nothing is looked at yet."""
        self.path = path
        self.backups = path.parent / "backups"
        self.identity: Identity | None = None
        self._stands: WeakSet[Stand] = WeakSet()
        self._lock = Lock()

    def stood_on(self) -> Stand:
        """Give what a connection that was just opened stands on. Refused: something else than those that are open."""
        self.must_be_there()
        stand = Stand(self.path)
        with self._lock:
            self._stands.add(stand)
        return stand

    def must_be_there(self) -> None:
        """Refuse to go on with a file that was deleted or replaced under us: what is written into it would be lost."""
        try:
            stat = self.path.stat()
        except FileNotFoundError:
            raise (self._gone(self.identity) if self.identity else faults.missing(self.path)) from None
        found = (stat.st_dev, stat.st_ino)
        if self.identity is None:
            self.identity = found
        elif self.identity != found:
            raise self._gone(self.identity)
        with self._lock:
            stands = tuple(self._stands)
        for stand in stands:
            stand.must_hold()

    def must_fit(self, driver: Any) -> None:  # noqa: ANN401 - a DB-API connection has no type
        """Refuse a database of another schema, and one behind a fence."""
        version = version_of(driver)
        if is_fenced(version):
            raise faults.fenced(self.path)
        if version > SCHEMA:
            raise faults.newer(self.path, version, SCHEMA)
        if version < SCHEMA:
            raise faults.older(self.path, version, SCHEMA)

    def must_take_writes(self, driver: Any) -> None:  # noqa: ANN401
        """Refuse to write, inside the transaction that is to: into another file, a misfit, or a damaged one."""
        self.must_be_there()
        self.must_fit(driver)
        self.must_be_whole()

    def must_be_whole(self) -> None:
        """Refuse to write into a database that is known to be damaged."""
        mark = damage.found(self.path)
        if mark is not None:
            raise faults.damaged(self.path, mark.at, past.newest(self.backups, self.path.stem))

    def met(self, error: Refused) -> None:
        """Keep for good that the file is damaged, where that is what was met and the file was ours before."""
        if isinstance(error, faults.Damaged) and self.identity is not None:
            damage.mark(self.path, error.said)

    def _gone(self, identity: Identity) -> Refused:
        """Give the refusal for a file that is another now: one that a restore has put aside says so."""
        at = past.put_aside_at(self.path, identity)
        return faults.gone(self.path) if at is None else faults.restored(self.path, at)


def version_of(driver: Any) -> int:  # noqa: ANN401
    """Give the schema version that a database says it has."""
    return int(driver.execute("PRAGMA user_version").fetchone()[0])
