"""Notices: written with their event, read by whom they are for, settled by what comes after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from console.domain.case import CaseId, EscalationId, PersonId
from console.domain.concern import Settled
from console.domain.notice import Notice, NoticeKind, NoticeState
from console.store.codec import dumped, instant, micros
from console.store.engine import Reading, RowValues, Tx

COLUMNS = "n.case_id, n.version, n.person, n.outside, n.kind, n.at, n.is_urgent, n.escalation, n.state"
SAME = "d.case_id = n.case_id AND d.version = n.version AND d.person = n.person AND d.outside = n.outside"
"""The condition that a delivery `d` is one of the notice `n`."""

WAITING = "d.state IN ('pending', 'held')"
"""The condition that a delivery has not left."""

SETTLED = (
    "json_each(:settled) s CROSS JOIN notice n ON n.case_id = s.value ->> 'case'"
    " AND n.kind IN (SELECT value FROM json_each(s.value, '$.kinds'))"
    " AND (s.value ->> 'escalation' IS NULL OR n.escalation = s.value ->> 'escalation')"
    " AND (s.value ->> 'version' IS NULL OR n.version = s.value ->> 'version')"
    " AND (s.value ->> 'only' IS NULL OR n.person = s.value ->> 'only')"
)
"""The notices `n` that are settled by what stands in `:settled`."""


def add(tx: Tx, notices: Sequence[Notice]) -> None:
    """Add notices; one that is there already stays as it is."""
    sql = "INSERT INTO notice VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
    tx.driver.executemany(sql, [_values(notice) for notice in notices])


def settle(tx: Reading, settled: Iterable[tuple[CaseId, Settled, str]]) -> None:
    """Make notices of cases old news, and cancel their deliveries that have not left, each with its reason."""
    rows = [
        {
            "case": case_id, "kinds": sorted(each.kinds), "escalation": each.escalation, "only": each.only,
            "version": each.version, "why": why,
        }
        for case_id, each, why in settled
    ]  # fmt: skip
    values = {"settled": dumped(rows)}
    if not rows or not tx.rows(f"SELECT 1 FROM {SETTLED} LIMIT 1", values):
        return
    columns = "n.case_id, n.version, n.person, n.outside, s.value ->> 'why' AS why"
    tx.rows(
        f"UPDATE delivery AS d SET state = 'cancelled', reason = n.why, next_try = NULL FROM (SELECT {columns} FROM"
        f" {SETTLED}) n WHERE {WAITING} AND {SAME}",
        values,
    )
    tx.rows(
        f"UPDATE notice AS o SET state = 'over' FROM (SELECT {columns} FROM {SETTLED}) n WHERE o.state = 'new' AND"
        " o.case_id = n.case_id AND o.version = n.version AND o.person = n.person AND o.outside = n.outside",
        values,
    )


def see(tx: Reading, person: PersonId, which: Iterable[tuple[CaseId, int]], why: str) -> None:
    """Note that a person has seen some of their notices; what has not left of them does not go out any more."""
    pairs = ", ".join(f"({int(case_id)}, {int(version)})" for case_id, version in which)
    if pairs:
        _see(tx, person, f"(n.case_id, n.version) IN (VALUES {pairs})", why)


def see_case(tx: Reading, person: PersonId, ids: Iterable[CaseId], why: str) -> None:
    """Note that a person knows of everything about some cases; see `see`."""
    numbers = ", ".join(str(int(case_id)) for case_id in ids)
    has_any = f"SELECT 1 FROM notice n WHERE n.person = :person AND n.state = 'new' AND n.case_id IN ({numbers})"
    if tx.rows(f"{has_any} LIMIT 1", {"person": person}):
        _see(tx, person, f"n.case_id IN ({numbers})", why)


def see_all(tx: Reading, person: PersonId, why: str) -> None:
    """Note that a person has seen all of their notices that they may see; see `see`."""
    _see(tx, person, tx.sight.seen("n.case_id"), why)


def count(tx: Reading, person: PersonId) -> int:
    """Count what is new to a person."""
    sql = f"SELECT count(*) FROM notice n WHERE n.person = :person AND n.state = 'new' AND {tx.sight.seen('n.case_id')}"
    return int(tx.rows(sql, {"person": person})[0][0])


def of_person(tx: Reading, person: PersonId, limit: int, *, is_all: bool) -> tuple[Notice, ...]:
    """Give a person's notices, the newest first: those that are new, or all."""
    wanted = "" if is_all else " AND n.state = 'new'"
    sql = (
        f"SELECT {COLUMNS} FROM notice n WHERE n.person = :person{wanted} AND {tx.sight.seen('n.case_id')}"
        " ORDER BY n.at DESC, n.case_id DESC, n.version DESC LIMIT :limit"
    )
    return tuple(map(notice_from, tx.rows(sql, {"person": person, "limit": limit})))


def notice_from(row: RowValues) -> Notice:
    """Read a notice from the columns in `COLUMNS`."""
    return Notice(
        case=CaseId(row[0]), version=row[1], person=PersonId(row[2]) if row[2] else None, outside=row[3],
        kind=NoticeKind(row[4]), at=_time(row[5]), is_urgent=bool(row[6]),
        escalation=None if row[7] is None else EscalationId(row[7]), state=NoticeState(row[8]),
    )  # fmt: skip


def _see(tx: Reading, person: PersonId, where: str, why: str) -> None:
    mine, values = f"n.person = :person AND n.state = 'new' AND {where}", {"person": person, "why": why}
    _cancel(tx, mine, values)
    tx.rows(f"UPDATE notice AS n SET state = 'seen' WHERE {mine}", values)


def _cancel(tx: Reading, where: str, values: Mapping[str, object]) -> None:
    """Cancel what has not left of notices."""
    mine = f"SELECT n.case_id, n.version, n.person, n.outside FROM notice n WHERE {where}"
    tx.rows(
        "UPDATE delivery AS d SET state = 'cancelled', reason = :why, next_try = NULL"
        f" FROM ({mine}) n WHERE {WAITING} AND {SAME}",
        values,
    )


def _values(notice: Notice) -> tuple[object, ...]:
    return (
        notice.case, notice.version, notice.person or "", notice.outside, notice.kind.value, micros(notice.at),
        int(notice.is_urgent), notice.escalation, notice.state.value,
    )  # fmt: skip


def _time(value: int) -> datetime:
    found = instant(value)
    if found is None:
        message = "a notice has no time"
        raise ValueError(message)
    return found
