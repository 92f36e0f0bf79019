"""Saved views and past searches: read, saved, dropped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from console.domain.case import PersonId
from console.domain.views import Grouping, Order, Shared, View
from console.store.codec import micros
from console.store.engine import Reading, Tx

SELECT = "SELECT key, name, query, sorting, grouping, shared, owner FROM view"


def seen_by(tx: Reading, person: PersonId, teams: Sequence[str]) -> tuple[View, ...]:
    """Give the saved views of a person and of these teams, the teams in the order they are named."""
    names = {f"t{place}": team for place, team in enumerate(teams)}
    places = ", ".join(f":{name}" for name in names)
    sql = f"{SELECT} WHERE (shared = 'person' AND owner = :person) OR (shared = 'team' AND owner IN ({places}))"
    found = [
        View(key, name, query, Order(order), Grouping(grouping), Shared(shared), owner)
        for key, name, query, order, grouping, shared, owner in tx.rows(sql, {"person": person, **names})
    ]
    order_of = {team: place for place, team in enumerate(teams)}
    return tuple(sorted(found, key=lambda view: (order_of.get(view.owner, -1), not view.key, view.key, view.name)))


def put(tx: Tx, view: View) -> None:
    """Save a view under its owner and name; its key is taken from another view of this owner that had it."""
    from sqlmodel import col, update

    from console.store.tables.view import ViewRow

    mine = (col(ViewRow.shared) == view.shared, col(ViewRow.owner) == view.owner)
    if view.key:
        tx.session.exec(update(ViewRow).where(*mine, col(ViewRow.key) == view.key).values(key=""))
    drop(tx, view)
    tx.session.add(
        ViewRow(
            shared=view.shared.value, owner=view.owner, name=view.name, key=view.key, query=view.query,
            sorting=view.order.value, grouping=view.grouping.value,
        )
    )  # fmt: skip
    tx.session.flush()


def drop(tx: Tx, view: View) -> bool:
    """Drop the view of this owner and name, in whatever case it is written; say whether there was one."""
    from sqlmodel import col, delete, func

    from console.store.tables.view import ViewRow

    done = tx.session.exec(
        delete(ViewRow).where(
            col(ViewRow.shared) == view.shared,
            col(ViewRow.owner) == view.owner,
            func.lower(ViewRow.name) == view.name.translate(LOWER),
        )
    )
    return bool(done.rowcount)


def searched(tx: Reading, person: PersonId) -> tuple[str, ...]:
    """Give what a person has searched for, newest first."""
    sql = "SELECT query FROM searched WHERE person = :person ORDER BY at DESC"
    return tuple(query for (query,) in tx.rows(sql, {"person": person}))


def keep_search(tx: Tx, person: PersonId, query: str, now: datetime, most: int) -> None:
    """Remember a search as the person's newest, and forget all but the newest of them."""
    from sqlmodel import col, delete, select

    from console.store.tables.view import SearchRow

    at = micros(now) or 0
    newest = tx.rows("SELECT max(at) FROM searched WHERE person = :person", {"person": person})[0][0] or 0
    tx.session.merge(SearchRow(person=person, query=query, at=max(at, newest + 1)))
    tx.session.flush()
    whose = col(SearchRow.person) == person
    kept = select(SearchRow.query).where(whose).order_by(col(SearchRow.at).desc()).limit(most)
    tx.session.exec(delete(SearchRow).where(whose, col(SearchRow.query).not_in(kept)))


LOWER = {ord(letter): ord(letter.lower()) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
