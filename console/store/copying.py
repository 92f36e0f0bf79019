"""A copy of the database, consistent while others write into it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from types import ModuleType

from console.store import faults, sqlite_driver
from console.store.engine import Store
from console.store.faults import told
from console.store.fence import behind
from console.store.footing import version_of
from console.store.migrations import SCHEMA


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


def copy_at_rest(path: Path, to: Path, module: ModuleType) -> None:
    """Copy a database that nobody writes, or one with its journal beside it, into a new file, as `copy_to_rest` does.

    A file alone is copied as it is, so that nothing is written beside it.
    """
    if any(path.with_name(f"{path.name}{end}").exists() for end in ("-wal", "-journal")):
        copy_to_rest(path, to, module)
        return
    with told(path, module), path.open("rb") as source:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        with os.fdopen(os.open(to, flags, 0o600), "wb") as target:
            shutil.copyfileobj(source, target, 1024 * 1024)
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


def renew(path: Path, source: Path, module: ModuleType) -> None:
    """Bring the copy of a backup up to date, behind no fence. Refused: one of another program, or of a newer one."""
    with told(source, module):
        driver = module.connect(str(path), isolation_level=None)
        try:
            version = behind(version_of(driver))
            if int(driver.execute("PRAGMA application_id").fetchone()[0]) != sqlite_driver.APPLICATION_ID:
                raise faults.foreign(source)
            if version > SCHEMA:
                raise faults.newer(source, version, SCHEMA)
            driver.execute(f"PRAGMA user_version = {version}")
        finally:
            driver.close()
        if version < SCHEMA:
            store = Store(path)
            store.migrate()
            store.close()
        lay_to_rest(path, module)


def wake(path: Path, like: Path, module: ModuleType) -> None:
    """Give a copy the journal of a database in use, and owner and rights of the one whose place it takes."""
    sqlite_driver.opened(path, module).close()
    if like.exists():
        stat = like.stat()
        path.chmod(stat.st_mode & 0o777)
        if (stat.st_uid, stat.st_gid) != (path.stat().st_uid, path.stat().st_gid):
            os.chown(path, stat.st_uid, stat.st_gid)
    sync(path)
