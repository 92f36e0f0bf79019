"""A database at rest: a file that nobody writes, read without leaving a journal beside it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from console.store import sqlite_driver
from console.store.engine import Snapshot
from console.store.faults import told
from console.store.sight import OUTSIDE, Sight


class Readable(Protocol):
    """Anything that gives snapshots: a store, or a database at rest."""

    def read(self, sight: Sight = OUTSIDE) -> AbstractContextManager[Snapshot]:
        """Open a snapshot for somebody."""


class Resting:
    """One file that stays as it is for as long as it is read, even in a folder that cannot be written."""

    def __init__(self, path: Path) -> None:
        """Name the file; nothing is opened yet."""
        self.path = path
        self.module = sqlite_driver.driver()

    @contextlib.contextmanager
    def read(self, sight: Sight = OUTSIDE) -> Iterator[Snapshot]:
        """Open a snapshot for somebody. Refused: a file that is missing, damaged, or no database."""
        with told(self.path, self.module):
            driver = self.module.connect(address(self.path), uri=True, cached_statements=256)
            try:
                driver.isolation_level = None
                yield Snapshot(driver, sight)
            finally:
                driver.close()


def address(path: Path) -> str:
    """Give the address under which SQLite takes a file for one that nobody writes."""
    return f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
