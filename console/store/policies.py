"""Policies that people turned on, and the drafts they write."""

from __future__ import annotations

from datetime import datetime

from console.domain.case import PersonId
from console.domain.turned import Turn
from console.store.codec import EPOCH, instant, micros
from console.store.engine import Reading, RowValues, Tx

_TURNS = (
    "SELECT t.id, t.version, p.name, t.before, t.instead_of, t.at, t.by, t.on_behalf_of, t.why, t.takes_back"
    " FROM policy_turn t JOIN policy p ON p.version = t.version"
)


def newest(tx: Reading) -> int:
    """Give the number of the last time that a policy was turned on, 0 where none ever was."""
    return int(tx.rows("SELECT coalesce(max(id), 0) FROM policy_turn")[0][0])


def last(tx: Reading) -> Turn | None:
    """Give the last time that a policy was turned on."""
    found = tx.rows(f"{_TURNS} ORDER BY t.id DESC LIMIT 1")
    return _turn(found[0]) if found else None


def every(tx: Reading) -> tuple[Turn, ...]:
    """Give every time that a policy was turned on, the oldest first."""
    return tuple(map(_turn, tx.rows(f"{_TURNS} ORDER BY t.id")))


def since(tx: Reading, version: str) -> datetime | None:
    """Give since when a policy is in use, the last time it was turned on if it was; None where it was not kept."""
    sql = (
        "SELECT max(first_used, coalesce((SELECT max(at) FROM policy_turn t WHERE t.version = p.version), 0))"
        " FROM policy p WHERE version = :v"
    )
    found = tx.rows(sql, {"v": version})
    return instant(found[0][0]) if found else None


def put(tx: Tx, turn: Turn) -> int:
    """Keep for good that a policy was turned on, whose text is kept already; give its number."""
    from console.store.tables.policy import PolicyTurnRow

    row = PolicyTurnRow(
        version=turn.version, before=turn.before, instead_of=turn.instead_of, at=micros(turn.at) or 0, by=turn.by,
        on_behalf_of=turn.on_behalf_of, why=turn.why, takes_back=turn.takes_back,
    )  # fmt: skip
    tx.session.add(row)
    tx.session.flush()
    return row.id or 0


def living(tx: Reading) -> dict[tuple[int, str], int]:
    """Count the live cases that the viewer may see, by tier and team."""
    sql = (
        f'SELECT c.tier, c.team, count(*) FROM "case" c WHERE c.live = 1 AND {tx.sight.seen()} GROUP BY c.tier, c.team'
    )
    return {(tier, team or ""): number for tier, team, number in tx.rows(sql)}


def draft(tx: Reading, person: PersonId) -> tuple[str, str, datetime | None] | None:
    """Give the text of the policy that a person drafts, the version it began from, and when it was kept; or None."""
    found = tx.rows("SELECT text, base, at FROM policy_draft WHERE person = :p", {"p": person})
    return (found[0][0], found[0][1], instant(found[0][2])) if found else None


def keep_draft(tx: Tx, person: PersonId, text: str, base: str, now: datetime) -> None:
    """Keep the text of the policy that a person drafts, in the place of what is kept of it."""
    from console.store.tables.policy import PolicyDraftRow

    tx.session.merge(PolicyDraftRow(person=person, text=text, base=base, at=micros(now) or 0))
    tx.session.flush()


def drop_draft(tx: Tx, person: PersonId) -> None:
    """Keep a draft no longer."""
    from console.store.tables.policy import PolicyDraftRow

    if row := tx.session.get(PolicyDraftRow, person):
        tx.session.delete(row)
        tx.session.flush()


def _turn(row: RowValues) -> Turn:
    return Turn(
        id=row[0], version=row[1], name=row[2], before=row[3], instead_of=row[4], at=instant(row[5]) or EPOCH,
        by=row[6], on_behalf_of=row[7], why=row[8], takes_back=row[9],
    )  # fmt: skip
