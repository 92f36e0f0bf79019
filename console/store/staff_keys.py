"""Keys of people: found by fingerprint or person, added, removed."""

from __future__ import annotations

from console.domain.case import PersonId
from console.domain.public_keys import PublicKey, StaffKey
from console.store.codec import EPOCH, MICROSECOND, micros
from console.store.engine import Reading, RowValues, Tx

SELECT = "SELECT person, type, key, comment, added_at, added_by FROM staff_key"


def find(tx: Reading, fingerprint: str) -> StaffKey | None:
    """Give the key of this fingerprint, or None."""
    found = tx.rows(f"{SELECT} WHERE fingerprint = :f", {"f": fingerprint})
    return _key(found[0]) if found else None


def everybodys(tx: Reading) -> tuple[StaffKey, ...]:
    """Give all keys, by person and then as they were added."""
    return tuple(map(_key, tx.rows(f"{SELECT} ORDER BY person, added_at, fingerprint")))


def of(tx: Reading, person: PersonId) -> tuple[StaffKey, ...]:
    """Give the keys of a person, as they were added."""
    return tuple(map(_key, tx.rows(f"{SELECT} WHERE person = :p ORDER BY added_at, fingerprint", {"p": person})))


def put(tx: Tx, key: StaffKey) -> None:
    """Add a key, or change what is known of it."""
    sql = (
        "INSERT OR REPLACE INTO staff_key (fingerprint, person, type, key, comment, added_at, added_by)"
        " VALUES (:fingerprint, :person, :type, :key, :comment, :at, :by)"
    )
    tx.rows(
        sql,
        {
            "fingerprint": key.public.fingerprint, "person": key.person, "type": key.public.type,
            "key": key.public.body, "comment": key.public.comment, "at": micros(key.added_at), "by": key.added_by,
        },
    )  # fmt: skip


def drop(tx: Tx, fingerprint: str) -> None:
    """Remove a key."""
    tx.rows("DELETE FROM staff_key WHERE fingerprint = :f", {"f": fingerprint})


def _key(row: RowValues) -> StaffKey:
    person, kind, body, comment, added_at, added_by = row
    return StaffKey(PersonId(person), PublicKey(kind, body, comment), EPOCH + added_at * MICROSECOND, added_by)
