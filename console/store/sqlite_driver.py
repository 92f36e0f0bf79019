"""Which SQLite to use, and how a connection of it is opened."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType
from typing import Any

from console.store import faults
from console.store.lock_holder import left_behind
from console.store.passage import passage

APPLICATION_ID = 0x74726961
"""Marks a file as a Triage database ("tria")."""

LEFT_TO_ANOTHER = 16_000
"""Pages of the journal (64 MB) from which on it is written back, though Litestream, which copies it, should have."""

BUSY_MS = 2_000
FIXED_LINES = ((3, 44, 6), (3, 50, 7))
FIXED_SINCE = (3, 51, 3)


def driver() -> ModuleType:
    """Give the SQLite driver: pysqlite3, which brings a current engine, else the standard library's."""
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return importlib.import_module("sqlite3")


def has_sound_wal(version: tuple[int, ...]) -> bool:
    """Say whether this engine is free of the WAL-reset bug (sqlite.org/wal.html#walresetbug)."""
    if version >= FIXED_SINCE:
        return True
    return any(version[:2] == line[:2] and version >= line for line in FIXED_LINES)


def journal_mode(module: ModuleType) -> str:
    """Give the journal this engine can be trusted with: WAL, or a rollback journal where WAL can corrupt."""
    return "wal" if has_sound_wal(module.sqlite_version_info) else "delete"


def opened(path: Path, module: ModuleType, **options: Any) -> Any:  # noqa: ANN401 - a DB-API connection has no type
    """Open a database and its journal, which must belong together. Refused: one that is just being replaced."""
    with passage(path) as is_open:
        if not is_open:
            raise faults.fenced(path)
        if program := left_behind(path):
            raise faults.replaced(path, program)
        connection = module.connect(str(path), timeout=0, check_same_thread=False, **options)
        try:
            prepare(connection, module)
            if path.with_name(f".{path.name}-litestream").exists():
                connection.execute(f"PRAGMA wal_autocheckpoint = {LEFT_TO_ANOTHER}")
        except BaseException:
            connection.close()
            raise
    return connection


def prepare(connection: Any, module: ModuleType) -> None:  # noqa: ANN401 - a DB-API connection has no type
    """Set a new connection up: explicit transactions, foreign keys, bounded waiting, trusted journal."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA trusted_schema = OFF")
    if cursor.execute("PRAGMA journal_mode").fetchone()[0] != journal_mode(module):
        cursor.execute(f"PRAGMA journal_mode = {journal_mode(module)}")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA journal_size_limit = 16777216")
    cursor.execute("PRAGMA cache_size = -8192")
    cursor.close()
