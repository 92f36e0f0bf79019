"""A copy of the database, consistent while others write into it."""

from __future__ import annotations

import os
from pathlib import Path
from types import ModuleType

from console.store import sqlite_driver
from console.store.engine import Store
from console.store.faults import told


def copy(store: Store, path: Path) -> Store:
    """Copy a database into a new file, and give the store on it. Refused: a file that cannot be read or written."""
    store.schema()
    with told(path, store.module):
        _copied(store.path, path, store.module)
    return Store(path)


def copy_to_rest(path: Path, to: Path, module: ModuleType) -> None:
    """Copy a database into a new file that its owner alone may read, without a journal, and see it on the disk.

    All pages are copied in one step of one reading, so that it is that of one moment; others write on meanwhile.
    """
    with told(path, module):
        os.close(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600))
        _copied(path, to, module)
        lay_to_rest(to, module)


def lay_to_rest(path: Path, module: ModuleType) -> None:
    """Let a database that nobody else uses need no file but its own, and see it on the disk."""
    driver = module.connect(str(path), isolation_level=None)
    try:
        driver.execute("PRAGMA journal_mode = DELETE")
    finally:
        driver.close()
    sync(path)


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _copied(path: Path, to: Path, module: ModuleType) -> None:
    source = sqlite_driver.opened(path, module)
    try:
        target = module.connect(str(to))
        try:
            source.backup(target)
        finally:
            target.close()
    finally:
        source.close()
