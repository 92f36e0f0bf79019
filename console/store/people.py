"""People: read, added, changed; what they have typed; the policies decisions ran under."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from console.domain.case import CaseId, PersonId
from console.domain.people import Person, Role
from console.store.codec import dumped, instant, joined, micros, split
from console.store.engine import Reading, RowValues, Tx

SELECT = (
    "SELECT id, name, role, tier, teams, skills, mail, is_absent, languages, hours, absent_from, absent_until, deputy,"
    " capacity FROM person"
)


def find(tx: Reading, person: PersonId) -> Person | None:
    """Give the person of this id, or None."""
    if tx.ahead.people is not None:
        return next((each for each in tx.ahead.people if each.id == person), None)
    found = tx.rows(f"{SELECT} WHERE id = :id", {"id": person})
    return _person(found[0]) if found else None


def everybody(tx: Reading) -> tuple[Person, ...]:
    """Give all people, by tier and id; read once in a transaction, in which nobody else can change them."""
    if tx.ahead.people is None:
        tx.ahead.people = tuple(map(_person, tx.rows(f"{SELECT} ORDER BY tier, id")))
    return tx.ahead.people


def read_ahead(tx: Reading) -> None:
    """Read all people, for `find` and `everybody` to give."""
    everybody(tx)


def put(tx: Tx, person: Person) -> None:
    """Add a person, or change the one who has this id."""
    from console.store.tables.person import PersonRow

    tx.ahead.people = None
    tx.session.merge(PersonRow(**_values(person)))
    tx.session.flush()


def draft(tx: Reading, person: PersonId, case_id: CaseId, form: str) -> tuple[dict[str, Any], datetime | None] | None:
    """Give what the person had typed into a form for a case, and when, or None."""
    found = tx.rows(
        "SELECT words, at FROM draft d WHERE person = :p AND case_id = :c AND form = :f"
        f" AND {tx.sight.seen('d.case_id')}",
        {"p": person, "c": case_id, "f": form},
    )
    return (json.loads(found[0][0]), instant(found[0][1])) if found else None


def drafts_of(tx: Reading, person: PersonId) -> tuple[tuple[CaseId, str, datetime | None], ...]:
    """Give case, form and time of everything the person has typed and not sent, newest first."""
    sql = f"SELECT case_id, form, at FROM draft d WHERE person = :p AND {tx.sight.seen('d.case_id')} ORDER BY at DESC"
    return tuple((CaseId(case), form, instant(at)) for case, form, at in tx.rows(sql, {"p": person}))


def keep_draft(tx: Tx, key: tuple[PersonId, CaseId, str], words: Mapping[str, Any], now: datetime) -> None:
    """Keep what the person has typed so far; empty words drop the draft."""
    from console.store.tables.person import DraftRow

    person, case_id, form = key
    old = tx.session.get(DraftRow, (person, case_id, form))
    if not words:
        if old:
            tx.session.delete(old)
    else:
        tx.session.merge(
            DraftRow(person=person, case_id=case_id, form=form, words=dumped(dict(words)), at=micros(now) or 0)
        )
    tx.session.flush()


def keep_policy(tx: Tx, version: str, name: str, text: str, now: datetime) -> None:
    """Remember the text of a policy the first time something runs under it."""
    from console.store.tables.person import PolicyRow

    if tx.session.get(PolicyRow, version) is None:
        tx.session.add(PolicyRow(version=version, name=name, text=text, first_used=micros(now) or 0))
        tx.session.flush()


def note_policy(tx: Reading, version: str, name: str, text: str, now: datetime) -> None:
    """Remember a policy like `keep_policy`, in a small transaction."""
    sql = "INSERT OR IGNORE INTO policy (version, name, text, first_used) VALUES (:version, :name, :text, :at)"
    tx.rows(sql, {"version": version, "name": name, "text": text, "at": micros(now)})


def policy_since(tx: Reading, version: str) -> datetime | None:
    """Give since when a policy has been in use, or None where it was not kept."""
    found = tx.rows("SELECT first_used FROM policy WHERE version = :v", {"v": version})
    return instant(found[0][0]) if found else None


def first_policy(tx: Reading) -> str:
    """Give the version of the policy that was in use first, or the empty word where none was kept."""
    found = tx.rows("SELECT version FROM policy ORDER BY first_used, rowid LIMIT 1")
    return str(found[0][0]) if found else ""


def policy_text(tx: Reading, version: str) -> tuple[str, str] | None:
    """Give name and text of a policy that something ran under, or None where it was not kept."""
    found = tx.rows("SELECT name, text FROM policy WHERE version = :v", {"v": version})
    return (found[0][0], found[0][1]) if found else None


def _values(person: Person) -> dict[str, Any]:
    return {
        "id": person.id, "name": person.name, "role": person.role.value, "tier": person.tier,
        "teams": joined(person.teams), "skills": joined(person.skills), "mail": person.mail,
        "is_absent": person.is_absent, "languages": joined(person.languages), "hours": person.hours,
        "absent_from": micros(person.absent_from), "absent_until": micros(person.absent_until),
        "deputy": person.deputy, "capacity": person.capacity,
    }  # fmt: skip


def _person(row: RowValues) -> Person:
    return Person(
        id=PersonId(row[0]), name=row[1], role=Role(row[2]), tier=row[3], teams=split(row[4]), skills=split(row[5]),
        mail=row[6], is_absent=bool(row[7]), languages=split(row[8]), hours=row[9], absent_from=instant(row[10]),
        absent_until=instant(row[11]), deputy=None if row[12] is None else PersonId(row[12]), capacity=row[13],
    )  # fmt: skip
