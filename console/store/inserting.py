"""Inserting: many rows into one table by the driver itself, since what takes cases in writes very many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from console.store.engine import Tx


def insert(tx: Tx, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put rows into a table, in one statement; each names the same columns in the same order."""
    if rows:
        names = [f'"{name}"' for name in rows[0]]
        sql = f'INSERT INTO "{table}" ({", ".join(names)}) VALUES ({", ".join("?" * len(names))})'
        tx.driver.executemany(sql, [(*row.values(),) for row in rows])
