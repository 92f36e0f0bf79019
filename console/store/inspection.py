"""Inspection: what the database says about itself, for `doctor` and `info`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from console.domain.case import CaseId
from console.store import fence, sqlite_driver
from console.store.codec import instant
from console.store.engine import Reading, Store
from console.store.faults import told
from console.store.footing import version_of
from console.store.migrations import SCHEMA

KNOWN_SCHEMA = SCHEMA
"""The schema this program knows."""
FOUND_AT_MOST = 20


def engine(store: Store) -> tuple[str, str]:
    """Give the version of the SQLite engine, and the driver that brings it."""
    return str(store.module.sqlite_version), str(store.module.__name__)


def has_sound_wal(store: Store) -> bool:
    """Say whether the engine can be trusted with a write-ahead log."""
    return sqlite_driver.has_sound_wal(store.module.sqlite_version_info)


def journal_mode(store: Store) -> str:
    """Give the journal this engine is used with."""
    return sqlite_driver.journal_mode(store.module)


def damage(tx: Reading) -> list[str]:
    """Give what SQLite finds wrong with the file and what its rows name in vain, at most 20 findings of each."""
    lost = [f"a row of {row[0]} names a {row[2]} that is not there" for row in tx.rows("PRAGMA foreign_key_check")]
    return smashed(tx) + lost[:FOUND_AT_MOST]


def smashed(tx: Reading) -> list[str]:
    """Give what SQLite finds wrong with the pages of the file, at most 20 findings."""
    return [str(row[0]) for row in tx.rows(f"PRAGMA quick_check({FOUND_AT_MOST})") if row[0] != "ok"]


def unreadable(tx: Reading) -> Iterator[str]:
    """Give the tables in which something stored cannot be read as what it is; all of them are read whole."""
    tables = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow')"
    for (table,) in tx.rows(tables):
        try:
            for _ in tx.driver.execute(f'SELECT * FROM "{table}"'):
                pass
        except (sqlite_driver.driver().Error, UnicodeDecodeError):
            yield str(table)


def case_ids(tx: Reading) -> Iterator[CaseId]:
    """Give the ids of all cases, oldest first."""
    for (found,) in tx.rows('SELECT id FROM "case" ORDER BY id'):
        yield CaseId(found)


def is_broken_off(path: Path) -> bool:
    """Say whether a database is behind a fence still: restoring a backup in its place was broken off."""
    module = sqlite_driver.driver()
    with told(path, module):
        driver = sqlite_driver.opened(path, module)
        try:
            return fence.is_fenced(version_of(driver))
        finally:
            driver.close()


def extent(tx: Reading) -> tuple[int, int]:
    """Give how many cases and events there are."""
    found = tx.rows('SELECT (SELECT count(*) FROM "case"), (SELECT count(*) FROM event)')[0]
    return int(found[0]), int(found[1])


def newest(tx: Reading) -> datetime | None:
    """Give when the newest event happened, or None where there is none."""
    return instant(tx.rows("SELECT max(at) FROM event")[0][0])
