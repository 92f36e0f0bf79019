"""Leases: granted with a claim, kept by a beat, found when they run out; the database drops one whose case moves."""

from __future__ import annotations

from datetime import datetime

from console.domain.case import CaseId, PersonId
from console.store.codec import micros
from console.store.engine import Reading, Tx


def grant(tx: Tx, case_id: CaseId, person: PersonId, session: str, until: datetime) -> None:
    """Bind a claim to a console."""
    from console.store.tables.together import LeaseRow

    tx.session.merge(LeaseRow(case_id=case_id, person=person, session=session, until=micros(until) or 0))
    tx.session.flush()


MINE = "person = :person AND (session = :session OR until < :now)"
"""What a console keeps: its own leases, and those of its person at a console that has fallen silent."""


def has_any(tx: Reading, holder: tuple[PersonId, str], now: datetime) -> bool:
    """Say whether there is a lease that a console would keep by a beat."""
    person, session = holder
    sql = f"SELECT 1 FROM lease WHERE {MINE} LIMIT 1"
    return bool(tx.rows(sql, {"person": person, "session": session, "now": micros(now)}))


def beat(tx: Reading, holder: tuple[PersonId, str], now: datetime, until: datetime) -> int:
    """Keep what a console holds, and what its person held at one that has fallen silent; give how many."""
    person, session = holder
    values = {"person": person, "session": session, "now": micros(now), "until": micros(until)}
    return len(tx.rows(f"UPDATE lease SET session = :session, until = :until WHERE {MINE} RETURNING case_id", values))


def end(tx: Reading, session: str) -> None:
    """End the leases of a console that closes; the claims stay."""
    tx.rows("DELETE FROM lease WHERE session = :session", {"session": session})


def of(tx: Reading, case_id: CaseId) -> tuple[PersonId, str] | None:
    """Give person and session of the lease on a case, or None."""
    sql = f"SELECT person, session FROM lease l WHERE l.case_id = :id AND {tx.sight.seen('l.case_id')}"
    found = tx.rows(sql, {"id": case_id})
    return (PersonId(found[0][0]), found[0][1]) if found else None


def run_out(tx: Reading, before: datetime, limit: int) -> tuple[tuple[CaseId, PersonId], ...]:
    """Give case and person of leases that ended before a time, the oldest first."""
    sql = "SELECT case_id, person FROM lease WHERE until < :before ORDER BY until LIMIT :limit"
    rows = tx.rows(sql, {"before": micros(before), "limit": limit})
    return tuple((CaseId(case), PersonId(person)) for case, person in rows)
