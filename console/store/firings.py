"""Firings: the key of everything that was due and was done; the database refuses to take one twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from console.domain.case import CaseId
from console.store.codec import micros
from console.store.engine import Reading, Tx

Key = tuple[str, datetime, int]
"""What asked for it, its deadline, and the step."""

Fired = tuple[CaseId, Key, int, datetime]
"""Case, key, the version of the event that tells of it, and when it was done."""


def add(tx: Tx, fired: Iterable[Fired]) -> None:
    """Note what was done. The database refuses, with everything else in the transaction, what was done before."""
    sql = "INSERT INTO firing (case_id, source, deadline, step, version, at) VALUES (?, ?, ?, ?, ?, ?)"
    rows = [
        (case, source, micros(deadline), step, version, micros(at))
        for case, (source, deadline, step), version, at in fired
    ]
    tx.driver.executemany(sql, rows)


def of_case(tx: Reading, case_id: CaseId) -> tuple[tuple[str, int, int], ...]:
    """Give source, step and version of everything that has fired for a case, by version."""
    sql = f"SELECT source, step, version FROM firing f WHERE case_id = :id AND {tx.sight.seen('f.case_id')} ORDER BY 3"
    return tuple((source, step, version) for source, step, version in tx.rows(sql, {"id": case_id}))
