"""Loads: how many cases each person carries, and which cases wait for somebody to take them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from console.domain.case import Case, PersonId
from console.store.cases import SELECT_CASE
from console.store.codec import case_from, case_values
from console.store.engine import Reading

FREE = "c.live = 1 AND c.handler IS NULL AND c.status <> 'waiting'"
"""The condition for a case that anybody may claim, as the index `case_free` has it."""

CARRIED = "c.live = 1 AND c.handler IS NOT NULL AND c.status IN ('new', 'open')"
"""The condition for a case that counts to its handler's load, as the index `case_carried` has it."""


def of_everybody(tx: Reading) -> dict[PersonId, int]:
    """Give the number of cases each person carries: live, not waiting for somebody else, and seen by the viewer."""
    sql = f'SELECT c.handler, count(*) FROM "case" c WHERE {CARRIED} AND {tx.sight.seen()} GROUP BY c.handler'
    return {PersonId(person): number for person, number in tx.rows(sql)}


def of_person(tx: Reading, person: PersonId) -> int:
    """Give the number of cases one person carries."""
    sql = f'SELECT count(*) FROM "case" c WHERE {CARRIED} AND c.handler = :person AND {tx.sight.seen()}'
    return int(tx.rows(sql, {"person": person})[0][0])


def of_handler(tx: Reading, person: PersonId) -> list[Case]:
    """Give the live cases that one person handles, the most urgent first."""
    sql = (
        f"{SELECT_CASE} WHERE c.live = 1 AND c.handler IS NOT NULL AND c.handler = :person AND {tx.sight.seen()}"
        " ORDER BY c.severity, c.due_key, c.id"
    )
    return [case_from(row) for row in tx.rows(sql, {"person": person})]


def free(tx: Reading, tier: int, where: tuple[str, Mapping[str, Any]], limit: int) -> list[Case]:
    """Give the most urgent cases of a tier that nobody handles and for which a condition holds."""
    condition, values = where
    sql = (
        f"{SELECT_CASE} WHERE c.tier = :tier AND {FREE} AND {condition} AND {tx.sight.seen()}"
        " ORDER BY c.severity, c.due_key, c.id LIMIT :limit"
    )
    return [case_from(row) for row in tx.rows(sql, {**values, "tier": tier, "limit": limit})]


def free_before(tx: Reading, case: Case, where: tuple[str, Mapping[str, Any]], limit: int) -> int:
    """Count the free cases of a case's tier that are more urgent, up to a limit.

    Only those that everybody may see: the number stands in a history that others read.
    """
    condition, values = where
    stored = case_values(case)
    sql = (
        f'SELECT count(*) FROM (SELECT 1 FROM "case" c WHERE c.tier = :tier AND {FREE} AND {condition}'
        " AND NOT c.confidential"
        " AND (c.severity, c.due_key, c.id) < (:severity, :due_key, :id) LIMIT :limit)"
    )
    names = ("tier", "severity", "due_key", "id")
    return int(tx.rows(sql, {**values, **{name: stored[name] for name in names}, "limit": limit})[0][0])
