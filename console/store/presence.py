"""Presence: one row a console, telling what it shows."""

from __future__ import annotations

from datetime import datetime

from console.domain.case import CaseId, PersonId
from console.store.codec import instant, micros
from console.store.engine import Reading, RowValues

Shown = tuple[str, PersonId, CaseId | None, str, datetime | None]
"""Session, person, case, what is being done to it, and when that was said."""


def put(tx: Reading, shown: Shown, forgotten: datetime) -> None:
    """Say what a console shows, and forget consoles that have been silent since a time."""
    session, person, case_id, doing, at = shown
    values = {"session": session, "person": person, "case": case_id, "doing": doing, "at": micros(at)}
    tx.rows(
        "INSERT OR REPLACE INTO presence (session, person, case_id, doing, at)"
        " VALUES (:session, :person, :case, :doing, :at)",
        values,
    )
    tx.rows("DELETE FROM presence WHERE at < :forgotten", {"forgotten": micros(forgotten)})


def drop(tx: Reading, session: str) -> None:
    """Forget a console that closes."""
    tx.rows("DELETE FROM presence WHERE session = :session", {"session": session})


def of(tx: Reading, session: str) -> Shown | None:
    """Give what a console said last, or None."""
    found = tx.rows("SELECT session, person, case_id, doing, at FROM presence WHERE session = :s", {"s": session})
    return _shown(found[0]) if found else None


def since(tx: Reading, at: datetime) -> tuple[Shown, ...]:
    """Give what every console shows that has said so since a time, by person and session.

    Of a case that the viewer may not see, only that somebody is at a console, who then looks at nothing.
    """
    return tuple(map(_shown, tx.rows(_since(tx, ", at"), {"at": micros(at)})))


def timeless(tx: Reading, at: datetime) -> tuple[RowValues, ...]:
    """Give the same as `since` as it is stored, without when it was said: equal for as long as nothing else changes."""
    return tuple(tx.rows(_since(tx), {"at": micros(at)}))


def _since(tx: Reading, more: str = "") -> str:
    seen = tx.sight.seen("p.case_id")
    shown = f"CASE WHEN {seen} THEN p.case_id END, CASE WHEN {seen} THEN p.doing ELSE 'looking' END"
    return f"SELECT session, person, {shown}{more} FROM presence p WHERE at >= :at ORDER BY person, session"


def _shown(row: RowValues) -> Shown:
    return row[0], PersonId(row[1]), None if row[2] is None else CaseId(row[2]), row[3], instant(row[4])
