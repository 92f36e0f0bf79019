"""Repeats: cases that were merged into others."""

from __future__ import annotations

from console.domain.case import CaseId
from console.store.engine import Reading

MOST = 200
"""How many repeats of one case are looked at."""


def leading_to(tx: Reading, case_id: CaseId) -> list[CaseId]:
    """Give the cases that were merged into this one, or into one that was, as far as the viewer may see them."""
    sql = (
        'WITH RECURSIVE led(id) AS (SELECT c.id FROM "case" c WHERE c.duplicate_of = :id UNION'
        f' SELECT c.id FROM led JOIN "case" c ON c.duplicate_of = led.id LIMIT {MOST})'
        f' SELECT c.id FROM led JOIN "case" c ON c.id = led.id WHERE c.id <> :id AND {tx.sight.seen()} ORDER BY c.id'
    )
    return [CaseId(found) for (found,) in tx.rows(sql, {"id": case_id})]
