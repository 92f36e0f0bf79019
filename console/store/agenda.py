"""The agenda: when the clock side is to look at each case; written by whoever plans it, read by who keeps watch.

A row without a policy is to be planned: the database itself takes it out when its case changes. Work that could not be
done keeps its time, so that it stays overdue, and is tried again later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from console.domain.case import CaseId
from console.store.codec import instant, micros
from console.store.engine import Reading, Tx

COUNTED = 1_000
"""How many overdue cases are counted at most."""

PUT = (
    "INSERT INTO agenda (case_id, next_at, policy) VALUES (?, ?, ?) ON CONFLICT (case_id) DO UPDATE SET"
    " next_at = excluded.next_at, policy = excluded.policy, retry_at = NULL, tries = 0, trouble = ''"
)
UNPLANNED = "(policy < :policy OR policy > :policy)"
"""Planned under another policy, or not at all; written so that its index finds them."""

READY = "(retry_at IS NULL OR retry_at <= :now)"


class Planned(NamedTuple):
    """When something is due for a case, None where nothing is ahead; such a case needs no row once it is done with."""

    case: CaseId
    next_at: datetime | None
    is_live: bool


class Trouble(NamedTuple):
    """Work that could not be done: why, and when it is tried again."""

    case: CaseId
    why: str
    retry_at: datetime


def put(tx: Tx, planned: Iterable[Planned], policy: str) -> None:
    """Say when cases are to be looked at, as planned under a policy."""
    rows = list(planned)
    kept = [(each.case, micros(each.next_at), policy) for each in rows if each.is_live or each.next_at]
    gone = [(each.case,) for each in rows if not (each.is_live or each.next_at)]
    tx.driver.executemany(PUT, kept)
    if gone:
        tx.driver.executemany("DELETE FROM agenda WHERE case_id = ?", gone)


def holds(tx: Reading, case_id: CaseId) -> bool:
    """Say whether a case is to be looked at some time, or to be planned."""
    return bool(tx.rows("SELECT 1 FROM agenda WHERE case_id = :case", {"case": case_id}))


def forget(tx: Reading) -> None:
    """Let every case be planned anew: something that all plans rest on has changed."""
    tx.rows("UPDATE agenda SET policy = ''")


def unplanned(tx: Reading, policy: str) -> int:
    """Give how many cases are still to be planned under a policy, of those that the viewer may see; up to 1,000."""
    sql = (
        f"SELECT count(*) FROM (SELECT 1 FROM agenda a WHERE {UNPLANNED} AND {tx.sight.seen('a.case_id')}"
        f" LIMIT {COUNTED})"
    )
    return int(tx.rows(sql, {"policy": policy})[0][0])


def leave(tx: Tx, left: Iterable[Trouble], now: datetime) -> None:
    """Say of cases why something could not be done, and when it is tried again. What was not planned is due now."""
    sql = (
        "UPDATE agenda SET trouble = ?, retry_at = ?, tries = tries + 1, next_at = min(coalesce(next_at, ?), ?)"
        " WHERE case_id = ?"
    )
    at = micros(now)
    tx.driver.executemany(sql, [(each.why, micros(each.retry_at), at, at, each.case) for each in left])


def tries(tx: Reading, ids: Iterable[CaseId]) -> dict[CaseId, int]:
    """Give how often the work on cases has failed in a row."""
    numbers = ", ".join(str(int(case_id)) for case_id in ids)
    return {CaseId(case): n for case, n in tx.rows(f"SELECT case_id, tries FROM agenda WHERE case_id IN ({numbers})")}


def due(tx: Reading, policy: str, now: datetime, limit: int) -> tuple[CaseId, ...]:
    """Give the cases that something is due for, the longest overdue first, then those that are to be planned."""
    values = {"now": micros(now), "policy": policy, "limit": limit}
    sql = f"SELECT case_id FROM agenda WHERE next_at <= :now AND {READY} ORDER BY next_at LIMIT :limit"
    found = [case for (case,) in tx.rows(sql, values)]
    if len(found) < limit:
        sql = f"SELECT case_id FROM agenda WHERE {UNPLANNED} AND {READY} LIMIT :limit"
        found += [case for (case,) in tx.rows(sql, values)]
    return tuple(map(CaseId, dict.fromkeys(found)))[:limit]


def has_due(tx: Reading, policy: str, now: datetime) -> bool:
    """Say whether there is anything to do."""
    return bool(due(tx, policy, now, 1))


def next_at(tx: Reading, now: datetime) -> datetime | None:
    """Give when something will be due next after now, or None."""
    return instant(tx.rows("SELECT min(next_at) FROM agenda WHERE next_at > :now", {"now": micros(now)})[0][0])


def overdue(tx: Reading, before: datetime) -> tuple[int, datetime | None]:
    """Give for how many cases that the viewer may see work was due before a time, 1,000 at most, and since when."""
    sql = (
        "SELECT count(*), min(next_at) FROM (SELECT next_at FROM agenda a WHERE next_at < :before"
        f" AND {tx.sight.seen('a.case_id')} ORDER BY next_at LIMIT {COUNTED})"
    )
    number, since = tx.rows(sql, {"before": micros(before)})[0]
    return number, instant(since)


def troubles(tx: Reading) -> Iterator[tuple[CaseId, str]]:
    """Give the cases that something could not be done for, and why, as far as the viewer may see them."""
    sql = f"SELECT case_id, trouble FROM agenda a WHERE trouble <> '' AND {tx.sight.seen('a.case_id')} ORDER BY case_id"
    yield from ((CaseId(case), why) for case, why in tx.rows(sql))


def planned(tx: Reading, policy: str) -> Iterator[tuple[CaseId, datetime | None]]:
    """Give every case that is planned under a policy, with the time something is due for it."""
    for case, at in tx.rows("SELECT case_id, next_at FROM agenda WHERE policy = :policy", {"policy": policy}):
        yield CaseId(case), instant(at)


def missing(tx: Reading) -> list[CaseId]:
    """Give the live cases that have no row, of which there should be none."""
    sql = (
        'SELECT c.id FROM "case" c WHERE c.live = 1 AND NOT EXISTS (SELECT 1 FROM agenda a WHERE a.case_id = c.id)'
        " ORDER BY c.id"
    )
    return [CaseId(case) for (case,) in tx.rows(sql)]
