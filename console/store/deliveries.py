"""Deliveries: put with their notices, claimed by one deliverer at a time, settled by what came of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from console.domain.case import CaseId, PersonId
from console.domain.delivering import Delivery, State
from console.domain.notice import Notice
from console.store import notices
from console.store.codec import dumped, instant, micros
from console.store.engine import Reading, RowValues

COLUMNS = (
    "d.key, d.case_id, d.version, d.person, d.outside, d.channel, d.state, d.is_urgent, d.tries, d.at, d.next_try,"
    " d.sent_at, d.reason, d.digest"
)
DUE = "d.state IN ('pending', 'sending', 'held') AND d.next_try <= :now"
"""The condition that a delivery is to be looked at: due, held back until now, or begun by a deliverer that died."""

IN_IT = "d.digest = :key AND d.digest <> ''"
"""The condition that a delivery goes out in the digest of a key; the second half is for the index."""

AS_THEY_CAME = "d.at, d.case_id, d.version"
"""The order in which a digest tells things."""

SEEN = (
    "(d.case_id IS NOT NULL AND {case} OR d.case_id IS NULL AND EXISTS"
    " (SELECT 1 FROM delivery p WHERE p.digest = d.key AND p.digest <> '' AND {part}))"
)
"""The condition that a delivery may be seen: its case may, or for a digest one of those in it."""


def add(tx: Reading, deliveries: Sequence[Delivery]) -> None:
    """Add deliveries of notices, each with a key of its own; one that is there already stays as it is."""
    sql = (
        "INSERT INTO delivery (key, case_id, version, person, outside, channel, state, is_urgent, at, next_try, reason)"
        " VALUES (lower(hex(randomblob(16))), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
    )
    tx.driver.executemany(sql, [_values(delivery) for delivery in deliveries])


def add_digest(tx: Reading, like: Delivery, parts: Iterable[Delivery], now: datetime) -> Delivery:
    """Add the digest in which deliveries to one person through one channel go out, and put them into it."""
    made = "INSERT INTO delivery (key, person, outside, channel, state, is_urgent, at, next_try, sent_at, reason)"
    values = {
        "person": like.person or "", "outside": like.outside, "channel": like.channel, "now": micros(now),
        "urgent": int(like.is_urgent),
    }  # fmt: skip
    (row,) = tx.rows(
        f"{made} VALUES (lower(hex(randomblob(16))), :person, :outside, :channel, 'pending', :urgent, :now, :now, NULL,"
        " '') RETURNING key",
        values,
    )
    sql = "UPDATE delivery SET state = 'held', digest = ?, next_try = NULL WHERE key = ?"
    tx.driver.executemany(sql, [(row[0], part.key) for part in parts])
    return get(tx, row[0])


def cases_of(tx: Reading, keys: Iterable[str]) -> dict[str, CaseId]:
    """Give which cases notices with these keys told of, as far as the viewer may see them; a digest is of none."""
    names = {f"k{i}": key for i, key in enumerate(keys)}
    sql = (
        f"SELECT d.key, d.case_id FROM delivery d WHERE d.key IN ({', '.join(f':{n}' for n in names)})"
        f" AND d.case_id IS NOT NULL AND {tx.sight.seen('d.case_id')}"
    )
    return {key: CaseId(case_id) for key, case_id in tx.rows(sql, names)} if names else {}


def get(tx: Reading, key: str) -> Delivery:
    """Give the delivery of this key."""
    return _delivery(tx.rows(f"SELECT {COLUMNS} FROM delivery d WHERE d.key = :key", {"key": key})[0])


def is_any_due(tx: Reading, now: datetime) -> bool:
    """Say whether there is anything to be done at this time."""
    return bool(tx.rows(f"SELECT 1 FROM delivery d WHERE {DUE} LIMIT 1", {"now": micros(now)}))


def due(tx: Reading, now: datetime, limit: int) -> tuple[Delivery, ...]:
    """Give what is to be done at this time, what has waited longest first."""
    sql = f"SELECT {COLUMNS} FROM delivery d WHERE {DUE} ORDER BY d.next_try, d.case_id, d.version, d.key LIMIT :limit"
    return tuple(map(_delivery, tx.rows(sql, {"now": micros(now), "limit": limit})))


def held_with(tx: Reading, delivery: Delivery, now: datetime, limit: int) -> tuple[Delivery, ...]:
    """Give what was held back until now for the same recipient and channel, and what is due besides, the oldest first.

    What is urgent is left out; it goes by itself.
    """
    sql = (
        f"SELECT {COLUMNS} FROM delivery d WHERE {DUE} AND d.state <> 'sending' AND d.case_id IS NOT NULL"
        " AND NOT d.is_urgent AND d.person = :person AND d.outside = :outside AND d.channel = :channel"
        f" ORDER BY {AS_THEY_CAME} LIMIT :limit"
    )
    values = {"person": delivery.person or "", "outside": delivery.outside, "channel": delivery.channel}
    return tuple(map(_delivery, tx.rows(sql, {"now": micros(now), "limit": limit} | values)))


def parts(tx: Reading, key: str) -> tuple[Delivery, ...]:
    """Give what goes out in a digest, the oldest first; what was cancelled since is left out."""
    sql = f"SELECT {COLUMNS} FROM delivery d WHERE {IN_IT} AND d.state = 'held' ORDER BY {AS_THEY_CAME}"
    return tuple(map(_delivery, tx.rows(sql, {"key": key})))


def spent(tx: Reading, people: Iterable[str], since: datetime) -> dict[str, int]:
    """Count the messages that people were sent since a time, besides digests.

    Those about confidential cases are left out, so that what is held back tells nobody of them.
    """
    sql = (
        "SELECT d.person, count(*) FROM json_each(:people) p CROSS JOIN delivery d ON d.person = p.value"
        " WHERE d.state = 'sent' AND d.sent_at >= :since AND d.case_id IS NOT NULL AND d.digest = ''"
        ' AND NOT EXISTS (SELECT 1 FROM "case" c WHERE c.id = d.case_id AND c.confidential) GROUP BY d.person'
    )
    values = {"people": dumped(sorted({*people})), "since": micros(since)}
    return {str(person): int(number) for person, number in tx.rows(sql, values)}


def claim(tx: Reading, delivery: Delivery, holder: str, until: datetime) -> tuple[Delivery, ...]:
    """Begin to send a delivery; give it as it is claimed, or nothing where it has changed since it was read.

    Whoever claims it has until a time for it; then it is another's.
    """
    sql = (
        "UPDATE delivery AS d SET state = 'sending', holder = :holder, next_try = :until, tries = tries + 1"
        " WHERE d.key = :key AND d.tries = :tries AND d.state = :state RETURNING 1"
    )
    values = {"key": delivery.key, "tries": delivery.tries, "state": delivery.state.value, "holder": holder}
    return (get(tx, delivery.key),) if tx.rows(sql, values | {"until": micros(until)}) else ()


def mark(tx: Reading, key: str, state: State, reason: str, next_try: datetime | None = None) -> None:
    """Note where a delivery stands and why."""
    sql = "UPDATE delivery SET state = :state, reason = :reason, next_try = :next WHERE key = :key"
    tx.rows(sql, {"key": key, "state": state.value, "reason": reason, "next": micros(next_try)})


def settle(tx: Reading, after: Delivery, holder: str) -> bool:
    """Note what came of sending, for all that went out in a digest too; nothing if another has taken it since."""
    values = {
        "key": after.key, "holder": holder, "state": after.state.value, "reason": after.reason, "tries": after.tries,
        "next": micros(after.next_try), "sent": micros(after.sent_at),
    }  # fmt: skip
    sql = (
        "UPDATE delivery SET state = :state, reason = :reason, next_try = :next, sent_at = :sent, holder = '',"
        " tries = :tries WHERE key = :key AND state = 'sending' AND holder = :holder RETURNING 1"
    )
    if not tx.rows(sql, values):
        return False
    if after.state in {State.SENT, State.DEAD}:
        sql = f"UPDATE delivery AS d SET state = :state, sent_at = :sent WHERE {IN_IT} AND d.state = 'held'"
        tx.rows(sql, {name: values[name] for name in ("state", "sent", "key")})
    return True


def again(tx: Reading, delivery: Delivery, now: datetime) -> None:
    """Put a dead delivery back on its way, with all that is in it, as if it had never been tried."""
    values = {"key": delivery.key, "now": micros(now)}
    sql = "UPDATE delivery SET state = 'pending', tries = 0, at = :now, next_try = :now, reason = '' WHERE key = :key"
    tx.rows(f"{sql} AND state = 'dead'", values)
    tx.rows(f"UPDATE delivery AS d SET state = 'held' WHERE {IN_IT} AND d.state = 'dead'", {"key": delivery.key})


def drop(tx: Reading, delivery: Delivery, why: str) -> None:
    """Cancel a delivery that has not left, or is dead, with all that is in it."""
    for which in ("d.key = :key", IN_IT):
        tx.rows(
            "UPDATE delivery AS d SET state = 'cancelled', reason = :why, next_try = NULL"
            f" WHERE {which} AND d.state IN ('pending', 'held', 'dead')",
            {"key": delivery.key, "why": why},
        )


def noted(tx: Reading, delivery: Delivery) -> tuple[Notice, ...]:
    """Give the notice of a delivery."""
    where = "n.case_id = :case AND n.version = :version AND n.person = :person AND n.outside = :outside"
    values = {
        "case": delivery.case, "version": delivery.version, "person": delivery.person or "",
        "outside": delivery.outside,
    }  # fmt: skip
    return tuple(map(notices.notice_from, tx.rows(f"SELECT {notices.COLUMNS} FROM notice n WHERE {where}", values)))


def ledger(tx: Reading, states: Iterable[State], person: PersonId | None, limit: int) -> tuple[Delivery, ...]:
    """Give deliveries in some states, of one person or of all, the newest first, as far as they may be seen."""
    wanted = ", ".join(f"'{state.value}'" for state in states)
    seen = SEEN.format(case=tx.sight.seen("d.case_id"), part=tx.sight.seen("p.case_id"))
    whose = "" if person is None else " AND d.person = :person"
    sql = (
        f"SELECT {COLUMNS} FROM delivery d WHERE d.state IN ({wanted}){whose} AND {seen}"
        " ORDER BY d.at DESC, d.case_id DESC, d.version DESC, d.person, d.channel LIMIT :limit"
    )
    return tuple(map(_delivery, tx.rows(sql, {"person": person, "limit": limit})))


def _values(delivery: Delivery) -> tuple[object, ...]:
    return (
        delivery.case, delivery.version, delivery.person or "", delivery.outside, delivery.channel,
        delivery.state.value, int(delivery.is_urgent), micros(delivery.at), micros(delivery.next_try), delivery.reason,
    )  # fmt: skip


def _delivery(row: RowValues) -> Delivery:
    at = instant(row[9])
    if at is None:
        message = f"delivery {row[0]} has no time"
        raise ValueError(message)
    return Delivery(
        key=row[0], case=None if row[1] is None else CaseId(row[1]), version=row[2],
        person=PersonId(row[3]) if row[3] else None, outside=row[4], channel=row[5], state=State(row[6]),
        is_urgent=bool(row[7]), tries=row[8], at=at, next_try=instant(row[10]), sent_at=instant(row[11]),
        reason=row[12], digest=row[13],
    )  # fmt: skip
