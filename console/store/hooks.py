"""Hooks: how far each has read, and what is told through it: put, claimed by one at a time, settled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from console.domain.case import CaseId
from console.domain.delivering import State
from console.domain.events import Event
from console.store.codec import instant, micros
from console.store.engine import Reading, RowValues

COLUMNS = "t.hook, t.case_id, t.version, t.state, t.tries, t.at, t.next_try, t.sent_at, t.reason"
OPEN = "t.state IN ('pending', 'sending')"
"""The condition that something is still to be told."""

FIRST = (
    "NOT EXISTS (SELECT 1 FROM hook_telling o WHERE o.hook = t.hook AND o.case_id = t.case_id AND o.version < t.version"
    " AND o.state IN ('pending', 'sending'))"
)
"""The condition that nothing older about the same case is still to be told through the same hook."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a hook has read, since when it listens, and the config that names it."""

    hook: str
    config: str
    seq: int
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Where an event stands on its way through a hook."""

    hook: str
    case: CaseId
    version: int
    state: State
    tries: int
    at: datetime
    next_try: datetime | None
    sent_at: datetime | None
    reason: str


def cursors(tx: Reading) -> Mapping[str, Cursor]:
    """Give how far every hook has read, by name."""
    rows = tx.rows("SELECT name, config, seq, since FROM hook ORDER BY name")
    return {name: Cursor(name, config, seq, _time(since)) for name, config, seq, since in rows}


def begin(tx: Reading, cursor: Cursor) -> None:
    """Let a hook listen from a place on; one that listens already goes on from where it is, under its config of now."""
    values = {"name": cursor.hook, "config": cursor.config, "seq": cursor.seq, "since": micros(cursor.since)}
    sql = "INSERT INTO hook (name, config, seq, since) VALUES (:name, :config, :seq, :since)"
    tx.rows(f"{sql} ON CONFLICT (name) DO UPDATE SET config = excluded.config", values)


def end(tx: Reading, hook: str, why: str) -> None:
    """Forget a hook, and cancel what it still had to tell."""
    tx.rows("DELETE FROM hook WHERE name = :hook", {"hook": hook})
    drop(tx, hook, why)


def move(tx: Reading, before: Cursor, seq: int, found: Sequence[Event], now: datetime) -> None:
    """Move a hook on, with what it has to tell; nothing where another has moved it since."""
    sql = "UPDATE hook SET seq = :new WHERE name = :hook AND seq = :old RETURNING 1"
    if tx.rows(sql, {"hook": before.hook, "old": before.seq, "new": seq}):
        put = "INSERT INTO hook_telling (hook, case_id, version, at, next_try) VALUES (?, ?, ?, ?, ?)"
        rows = [(before.hook, event.case, event.version, micros(event.at), micros(now)) for event in found]
        tx.driver.executemany(f"{put} ON CONFLICT DO NOTHING", rows)


def due(tx: Reading, hook: str, now: datetime, limit: int) -> tuple[Row, ...]:
    """Give what is to be told through a hook now, of each case the oldest only."""
    sql = (
        f"SELECT {COLUMNS} FROM hook_telling t WHERE t.hook = :hook AND {OPEN} AND t.next_try <= :now AND {FIRST}"
        " ORDER BY t.next_try, t.at, t.case_id LIMIT :limit"
    )
    return tuple(map(_row, tx.rows(sql, {"hook": hook, "now": micros(now), "limit": limit})))


def spent(tx: Reading, hook: str, since: datetime) -> int:
    """Count what was told through a hook since a time, and what is being told."""
    sql = (
        "SELECT (SELECT count(*) FROM hook_telling t WHERE t.hook = :hook AND t.state = 'sent' AND t.sent_at > :since)"
        " + (SELECT count(*) FROM hook_telling t WHERE t.hook = :hook AND t.state = 'sending')"
    )
    return int(tx.rows(sql, {"hook": hook, "since": micros(since)})[0][0])


def claim(tx: Reading, row: Row, holder: str, until: datetime) -> None:
    """Begin to tell something; whoever claims it has until a time for it."""
    sql = (
        "UPDATE hook_telling SET state = 'sending', holder = :holder, next_try = :until, tries = tries + 1"
        " WHERE hook = :hook AND case_id = :case AND version = :version"
    )
    tx.rows(sql, _place(row) | {"holder": holder, "until": micros(until)})


def mark(tx: Reading, row: Row, state: State, reason: str) -> None:
    """Note where something stands and why."""
    sql = (
        "UPDATE hook_telling SET state = :state, reason = :reason, next_try = NULL"
        " WHERE hook = :hook AND case_id = :case AND version = :version"
    )
    tx.rows(sql, _place(row) | {"state": state.value, "reason": reason})


def settle(tx: Reading, after_it: Row, holder: str) -> bool:
    """Note what came of telling; nothing if another has taken it since."""
    sql = (
        "UPDATE hook_telling SET state = :state, reason = :reason, next_try = :next, sent_at = :sent, tries = :tries,"
        " holder = '' WHERE hook = :hook AND case_id = :case AND version = :version AND state = 'sending'"
        " AND holder = :holder RETURNING 1"
    )
    values = {
        "state": after_it.state.value, "reason": after_it.reason, "next": micros(after_it.next_try), "holder": holder,
        "sent": micros(after_it.sent_at), "tries": after_it.tries,
    }  # fmt: skip
    return bool(tx.rows(sql, _place(after_it) | values))


def again(tx: Reading, hook: str, now: datetime) -> None:
    """Put what was given up back on its way, as if it had never been tried."""
    sql = "UPDATE hook_telling SET state = 'pending', tries = 0, at = :now, next_try = :now, reason = ''"
    tx.rows(f"{sql} WHERE hook = :hook AND state = 'dead'", {"hook": hook, "now": micros(now)})


def drop(tx: Reading, hook: str, why: str) -> None:
    """Cancel what is still to be told through a hook, or was given up."""
    sql = "UPDATE hook_telling SET state = 'cancelled', reason = :why, next_try = NULL, holder = ''"
    tx.rows(f"{sql} WHERE hook = :hook AND state IN ('pending', 'sending', 'dead')", {"hook": hook, "why": why})


def counts(tx: Reading) -> Mapping[tuple[str, State], int]:
    """Count what stands where, by hook, of the cases that may be seen."""
    sql = (
        "SELECT t.hook, t.state, count(*) FROM hook_telling t"
        f" WHERE t.state IN ('pending', 'sending', 'sent', 'dead') AND {tx.sight.seen('t.case_id')} GROUP BY 1, 2"
    )
    return {(hook, State(state)): int(number) for hook, state, number in tx.rows(sql)}


def late(tx: Reading, before: datetime) -> int:
    """Count the cases of which something should have been told before a time, as far as they may be seen."""
    sql = (
        f"SELECT count(*) FROM hook_telling t WHERE {OPEN} AND t.next_try < :before AND {FIRST}"
        f" AND {tx.sight.seen('t.case_id')}"
    )
    return int(tx.rows(sql, {"before": micros(before)})[0][0])


def unread(tx: Reading, before: datetime) -> list[str]:
    """Give the hooks that have not read what was done before a time, as far as it may be seen."""
    sql = (
        "SELECT h.name FROM hook h WHERE EXISTS (SELECT 1 FROM event e WHERE e.seq > h.seq AND e.at < :before"
        f" AND e.cause NOT LIKE 'intake %' AND {tx.sight.seen('e.case_id')}) ORDER BY h.name"
    )
    return [str(name) for (name,) in tx.rows(sql, {"before": micros(before)})]


def listed(tx: Reading, states: Iterable[State], hook: str | None, limit: int) -> tuple[Row, ...]:
    """Give what stands in some states, of one hook or of all, the newest first, of the cases that may be seen."""
    words = ", ".join(f"'{state.value}'" for state in states)
    whose = "" if hook is None else " AND t.hook = :hook"
    sql = (
        f"SELECT {COLUMNS} FROM hook_telling t WHERE t.state IN ({words}){whose} AND {tx.sight.seen('t.case_id')}"
        " ORDER BY coalesce(t.sent_at, t.at) DESC, t.case_id DESC, t.version DESC, t.hook LIMIT :limit"
    )
    return tuple(map(_row, tx.rows(sql, {"limit": limit, "hook": hook})))


def _place(row: Row) -> dict[str, object]:
    return {"hook": row.hook, "case": row.case, "version": row.version}


def _row(row: RowValues) -> Row:
    return Row(
        hook=row[0], case=CaseId(row[1]), version=row[2], state=State(row[3]), tries=row[4], at=_time(row[5]),
        next_try=instant(row[6]), sent_at=instant(row[7]), reason=row[8],
    )  # fmt: skip


def _time(value: int) -> datetime:
    found = instant(value)
    if found is None:
        message = "a hook has no time"
        raise ValueError(message)
    return found
