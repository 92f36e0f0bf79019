"""Handovers: what one shift told the next about a case, and who took it on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from console.domain.case import CaseId, PersonId
from console.domain.handover import Handover, State
from console.store.codec import instant, micros
from console.store.engine import Reading, RowValues, Tx

SELECT = (
    "SELECT h.case_id, h.version, h.by, h.giver, h.meant_for, h.standing, h.promised, h.asks, h.at, h.state,"
    " h.taken_by, h.taken_at FROM handover h"
)
STILL_HIS = (
    ' AND EXISTS (SELECT 1 FROM "case" c WHERE c.id = h.case_id AND c.live = 1 AND c.handler = h.giver)'
    " AND h.version = (SELECT max(n.version) FROM handover n WHERE n.case_id = h.case_id AND n.state = 'pending')"
)
"""A handover waits only while its case is live and with whoever gave it, and the newest of a case is the one."""


def put(tx: Tx, handover: Handover) -> None:
    """Keep a handover as it stands now."""
    from console.store.tables.handover import HandoverRow

    tx.session.merge(
        HandoverRow(
            case_id=handover.case, version=handover.version, by=handover.by, giver=handover.giver,
            meant_for=handover.meant_for, standing=handover.standing, promised=micros(handover.promised),
            asks=handover.asks, at=micros(handover.at) or 0, state=handover.state.value, taken_by=handover.taken_by,
            taken_at=micros(handover.taken_at),
        )
    )  # fmt: skip
    tx.session.flush()


def get(tx: Reading, case_id: CaseId, version: int) -> Handover:
    """Give the handover that an event of a case tells of."""
    found = tx.rows(f"{SELECT} WHERE h.case_id = :id AND h.version = :version", {"id": case_id, "version": version})
    return _handover(found[0])


def newest(tx: Reading, case_id: CaseId) -> Handover | None:
    """Give the newest handover of a case that was not withdrawn, or None."""
    sql = f"{SELECT} WHERE h.case_id = :id AND h.state <> 'withdrawn' ORDER BY h.version DESC LIMIT 1"
    found = tx.rows(sql, {"id": case_id})
    return _handover(found[0]) if found else None


def pending(tx: Reading) -> tuple[Handover, ...]:
    """Give what waits to be taken on, the oldest first."""
    return _many(tx.rows(f"{SELECT} WHERE h.state = 'pending'{STILL_HIS} ORDER BY h.at, h.case_id"))


def since(tx: Reading, at: datetime) -> tuple[Handover, ...]:
    """Give what was handed over since a time and not withdrawn, the oldest first."""
    sql = f"{SELECT} WHERE h.at >= :at AND h.state <> 'withdrawn' ORDER BY h.at, h.case_id"
    return _many(tx.rows(sql, {"at": micros(at)}))


def _many(rows: Iterable[RowValues]) -> tuple[Handover, ...]:
    return tuple(map(_handover, rows))


def _handover(row: RowValues) -> Handover:
    at = instant(row[8])
    if at is None:
        message = f"the handover of case {row[0]} has no time"
        raise ValueError(message)
    return Handover(
        case=CaseId(row[0]), version=row[1], by=PersonId(row[2]), giver=PersonId(row[3]), meant_for=row[4],
        standing=row[5], promised=instant(row[6]), asks=row[7], at=at, state=State(row[9]),
        taken_by=None if row[10] is None else PersonId(row[10]), taken_at=instant(row[11]),
    )  # fmt: skip
