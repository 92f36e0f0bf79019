"""Paging: all the cases that came in and somebody may see, page by page in the order of their numbers.

Actions of reviews are left out: nobody brought them in, so that they say nothing of a policy.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from console.domain.case import Case, CaseId
from console.store.cases import SELECT_CASE
from console.store.codec import case_from, micros
from console.store.engine import Reading


def page(tx: Reading, after: CaseId, size: int, since: datetime | None = None) -> list[Case]:
    """Give the next cases after a number, of those created since a time, or ever."""
    where, values = _where(tx, since)
    sql = f"{SELECT_CASE} WHERE c.id > :after AND {where} ORDER BY c.id LIMIT :size"
    return [case_from(row) for row in tx.rows(sql, {**values, "after": after, "size": size})]


def number(tx: Reading, since: datetime | None = None) -> int:
    """Give how many cases there are that were created since a time, or ever."""
    where, values = _where(tx, since)
    return int(tx.rows(f'SELECT count(*) FROM "case" c WHERE {where}', values)[0][0])


def _where(tx: Reading, since: datetime | None) -> tuple[str, dict[str, Any]]:
    seen = f"{tx.sight.seen()} AND c.action_of IS NULL"
    return (f"{seen} AND c.created >= :since", {"since": micros(since)}) if since else (seen, {})
