"""Events: appended, read, and checked; never changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from console.domain.altering import making
from console.domain.case import CaseId, PersonId
from console.domain.events import Changes, Event, Kind, fingerprint
from console.store.codec import EPOCH, MICROSECOND, dumped, micros
from console.store.engine import Reading, RowValues, Tx
from console.store.inserting import insert

COLUMNS = (
    "seq, case_id, version, at, actor, on_behalf_of, kind, changes, detail, cause, reason, reason_text, batch,"
    " annuls, hash"
)


AT_ONCE = 5_000
"""How many references one statement asks for."""

Signature = tuple[PersonId, PersonId | None]
"""Whom an event names as its actor, and on whose behalf."""


def append(tx: Tx, events: Iterable[Event]) -> None:
    """Append events that are already chained."""
    new = list(events)
    if new:
        tx.ahead.forget([event.case for event in new])
        insert(tx, "event", [_values(event) for event in new])


def read_ahead(tx: Reading, ids: Iterable[CaseId]) -> None:
    """Read the newest hash of cases in one statement, for `last_hash` to give."""
    sql = f"SELECT case_id, hash, max(version) FROM event WHERE case_id IN ({_numbers(ids)}) GROUP BY case_id"
    tx.ahead.hashes.update({CaseId(case_id): str(newest) for case_id, newest, _ in tx.rows(sql)})


def read_histories_ahead(tx: Reading, ids: Iterable[CaseId]) -> None:
    """Read the events of cases in one statement, for `of_case` to give."""
    wanted = tuple(ids)
    found: dict[CaseId, list[Event]] = {case_id: [] for case_id in wanted}
    seen = tx.sight.seen("event.case_id")
    sql = f"SELECT {COLUMNS} FROM event WHERE case_id IN ({_numbers(wanted)}) AND {seen} ORDER BY case_id, version"
    for row in tx.rows(sql):
        found[row[1]].append(_event(row))
    tx.ahead.histories.update({case_id: tuple(history) for case_id, history in found.items()})


def of_case(tx: Reading, case_id: CaseId, since: int = 0) -> tuple[Event, ...]:
    """Give the events of a case after the version `since`, oldest first."""
    if (history := tx.ahead.histories.get(case_id)) is not None:
        return history if not since else tuple(event for event in history if event.version > since)
    seen = tx.sight.seen("event.case_id")
    sql = f"SELECT {COLUMNS} FROM event WHERE case_id = :id AND version > :since AND {seen} ORDER BY version"
    return tuple(map(_event, tx.rows(sql, {"id": case_id, "since": since})))


def some(tx: Reading, which: Iterable[tuple[CaseId, int]]) -> tuple[Event, ...]:
    """Give events by case and version; those of a case that the viewer may not see are left out."""
    pairs = ", ".join(f"({int(case_id)}, {int(version)})" for case_id, version in which)
    where = f"(case_id, version) IN (VALUES {pairs}) AND {tx.sight.seen('event.case_id')}"
    return tuple(map(_event, tx.rows(f"SELECT {COLUMNS} FROM event WHERE {where}"))) if pairs else ()


NAMES = (
    '(kind = \'attempted\' AND instr(detail, \'"article":"\') AND NOT instr(detail, \'"article":""\')'
    " OR kind = 'resolved' AND instr(detail, '\"articles\":'))"
)
"""The condition that an event names a knowledge article."""

RAN_OUT = "kind = 'breached'"
"""The condition that an event says of a clock that its time ran out."""


def turning(tx: Reading, ids: Sequence[CaseId], fields: Iterable[str]) -> list[list[Event]]:
    """Give of each case its first event and those that changed such fields, name an article, or say a time ran out.

    Of each no more is read than that.

    `ids` are those of cases that follow one another.
    """
    touches = " OR ".join(f"instr(changes, '\"{field}\":')" for field in sorted(fields))
    sql = (
        "SELECT case_id, version, at, kind, changes, reason, annuls,"
        f" CASE WHEN {NAMES} OR {RAN_OUT} THEN detail ELSE '{{}}' END FROM event WHERE case_id BETWEEN :first AND :last"
        f" AND (version = 1 OR {touches} OR {NAMES} OR {RAN_OUT} OR annuls IS NOT NULL)"
        f" AND {tx.sight.seen('event.case_id')} ORDER BY case_id, version"
    )
    found: dict[CaseId, list[Event]] = {}
    for case, version, at, kind, changes, reason, annuls, detail in tx.rows(sql, {"first": ids[0], "last": ids[-1]}):
        told = _made(
            seq=0, case=case, version=version, at=EPOCH + at * MICROSECOND, actor=NOBODY, on_behalf_of=None,
            kind=KINDS[kind], changes=_changes(changes), detail={} if detail == "{}" else _read(detail)[0],
            cause="manual", reason=reason, reason_text="", batch="", annuls=annuls, hash="",
        )  # fmt: skip
        found.setdefault(case, []).append(told)
    return [*found.values()]


def last_hash(tx: Reading, case_id: CaseId) -> str:
    """Give the hash of the newest event of a case, or the empty word for its first."""
    if case_id in tx.ahead.hashes:
        return tx.ahead.hashes[case_id]
    found = tx.rows("SELECT hash FROM event WHERE case_id = :id ORDER BY version DESC LIMIT 1", {"id": case_id})
    return str(found[0][0]) if found else ""


def newest(tx: Reading) -> int:
    """Give the sequence number of the newest event of all."""
    return int(tx.rows("SELECT coalesce(max(seq), 0) FROM event")[0][0])


def since(tx: Reading, seq: int, limit: int, kinds: Iterable[Kind] = ()) -> tuple[Event, ...]:
    """Give the events after a sequence number, of some kinds or of all, oldest first; they alone carry their number."""
    words = ", ".join(f"'{kind.value}'" for kind in kinds)
    where = f"{tx.sight.seen('event.case_id')}{f' AND kind IN ({words})' if words else ''}"
    sql = f"SELECT {COLUMNS} FROM event WHERE seq > :seq AND {where} ORDER BY seq LIMIT :limit"
    return tuple(replace(_event(row), seq=row[0]) for row in tx.rows(sql, {"seq": seq, "limit": limit}))


STANDING = (
    " NOT EXISTS (SELECT 1 FROM event u WHERE u.case_id = e.case_id AND u.annuls = e.version AND NOT EXISTS"
    " (SELECT 1 FROM event r WHERE r.case_id = u.case_id AND r.annuls = u.version))"
    " AND NOT EXISTS (SELECT 1 FROM event a"
    " WHERE a.case_id = e.case_id AND a.version = e.annuls AND a.kind = 'undone')"
)
"""The condition for an event that no undo has taken back, unless a redo did it again, and that is no redo itself."""


def newest_standing(tx: Reading, by: Signature, kinds: Iterable[Kind], case_id: CaseId | None) -> Event | None:
    """Give the newest event of these kinds under a signature that stands, on one case where it is named, or None.

    What a source told is nobody's act here.
    """
    words = ", ".join(f"'{kind.value}'" for kind in kinds)
    where = f"e.actor = :actor AND e.on_behalf_of IS :patron{'' if case_id is None else ' AND e.case_id = :case'}"
    sql = (
        f"SELECT {COLUMNS} FROM event e WHERE {where} AND e.kind IN ({words}) AND {STANDING}"
        f" AND e.cause NOT LIKE 'intake %' AND {tx.sight.seen('e.case_id')} ORDER BY seq DESC LIMIT 1"
    )
    actor, patron = by
    found = tx.rows(sql, {"actor": actor, "patron": patron} | ({} if case_id is None else {"case": case_id}))
    return _event(found[0]) if found else None


def standing_of_batch(tx: Reading, batch: str) -> tuple[Event, ...]:
    """Give the events of a batch that stand, oldest first."""
    where = f"e.batch = :batch AND e.batch <> '' AND {STANDING} AND {tx.sight.seen('e.case_id')}"
    sql = f"SELECT {COLUMNS} FROM event e WHERE {where} ORDER BY seq"
    return tuple(map(_event, tx.rows(sql, {"batch": batch})))


UNREADABLE = (ValueError, TypeError, AttributeError, LookupError, OverflowError)
"""What reading an event or a case comes to whose values somebody has changed by hand into none."""


def broken_chains(tx: Reading) -> Iterator[tuple[CaseId, int]]:
    """Give case and version of every event that does not follow from the one before it of its case.

    A missing event shows as a gap, a missing last one by the version the case says it has. Events are read as they
    stand in the table: an index keeps a copy of some values, which may be sound where they are not.
    """
    newest: dict[int, tuple[int, str]] = {}
    for row in tx.driver.execute(f"SELECT {COLUMNS} FROM event NOT INDEXED ORDER BY seq"):
        case_id, version, digest = row[1], row[2], row[-1]
        try:
            is_sound = _follows(_event(row), *newest.get(case_id, (0, "")))
        except UNREADABLE:
            is_sound = False
        if not is_sound:
            yield CaseId(case_id), version
        newest[case_id] = version, digest
    for case_id, version in tx.rows(
        'SELECT c.id, c.version FROM "case" c LEFT JOIN event e ON e.case_id = c.id AND e.version = c.version'
        " WHERE e.seq IS NULL"
    ):
        yield CaseId(case_id), version


def _follows(event: Event, version: int, digest: str) -> bool:
    """Say whether an event is the next one after this version, and what it says is what its hash was made of."""
    return event.version == version + 1 and event.hash == fingerprint(event, digest)


def messages_known(tx: Reading, source: str, refs: Iterable[str]) -> dict[str, CaseId]:
    """Give the cases that already hold these messages of a source: a confidential one before an open one, the newest.

    Asked in parts: a statement takes only so many values, and a thread may have any number of mails.
    """
    every = list(dict.fromkeys(refs))
    found: dict[str, CaseId] = {}
    for start in range(0, len(every), AT_ONCE):
        names = {f"r{i}": ref for i, ref in enumerate(every[start : start + AT_ONCE])}
        sql = (
            'SELECT m.ref, m.case_id FROM message m JOIN "case" c ON c.id = m.case_id WHERE m.source = :source'
            f" AND m.ref IN ({', '.join(f':{n}' for n in names)}) AND {tx.sight.seen()}"
            " ORDER BY c.confidential, m.case_id"
        )
        found |= {ref: CaseId(case_id) for ref, case_id in tx.rows(sql, {"source": source, **names})}
    return found


def add_messages(tx: Tx, messages: Iterable[tuple[str, str, CaseId]]) -> None:
    """Remember which case holds which message (source, reference, case)."""
    insert(tx, "message", [{"source": source, "ref": ref, "case_id": case_id} for source, ref, case_id in messages])


def _numbers(ids: Iterable[CaseId]) -> str:
    return ", ".join(str(int(case_id)) for case_id in ids)


def _values(event: Event) -> dict[str, Any]:
    return {
        "case_id": event.case, "version": event.version, "at": micros(event.at), "actor": event.actor,
        "on_behalf_of": event.on_behalf_of, "kind": event.kind.value,
        "changes": dumped(event.changes),
        "detail": dumped(event.detail), "cause": event.cause, "reason": event.reason,
        "reason_text": event.reason_text, "batch": event.batch, "annuls": event.annuls, "hash": event.hash,
    }  # fmt: skip


_read = json.JSONDecoder().raw_decode
"""Reads what `dumped` wrote, which has nothing around it, in half the time that `loads` takes."""


_made = making(Event)
KINDS = {kind.value: kind for kind in Kind}
NOBODY = PersonId("")


def _event(row: RowValues) -> Event:
    """Read an event; the columns stand in the order of its fields."""
    _, case, version, at, actor, patron, kind, changes, detail, *rest = row
    told = _read(detail)[0] if detail != "{}" else {}
    return _made(0, case, version, EPOCH + at * MICROSECOND, actor, patron, KINDS[kind], _changes(changes), told, *rest)


@lru_cache(maxsize=512)
def _changes(text: str) -> Changes:
    """Read the changes of an event; most are taken on, or set waiting, in the same few words."""
    if text == "{}":
        return {}
    told = _read(text)[0]
    return dict(zip(told, map(tuple, told.values()), strict=True))
