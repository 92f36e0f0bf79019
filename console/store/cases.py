"""Cases: read, found by reference, added, saved when nobody else was first."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from console.domain.access import not_there
from console.domain.case import Case, CaseId, CaseText
from console.store.codec import CASE_COLUMNS, case_from, case_values, columns_of, timing_values
from console.store.engine import Reading, Tx
from console.store.inserting import insert
from console.store.sight import CONFIDENTIAL_FROM

AT_ONCE = 20_000
"""How many ids one statement names at most: SQLite bounds its length."""
COLUMNS = ", ".join(f"c.{name}" for name in CASE_COLUMNS)
SELECT_CASE = f'SELECT {COLUMNS} FROM "case" c'


def get(tx: Reading, case_id: CaseId) -> Case:
    """Give the case of this id. Refused: an id that no case has, or none that the viewer may see."""
    if case := tx.ahead.cases.get(case_id):
        return case
    found = tx.rows(f"{SELECT_CASE} WHERE c.id = :id AND {tx.sight.seen()}", {"id": case_id})
    if not found:
        raise not_there(case_id)
    return case_from(found[0])


def some(tx: Reading, ids: Iterable[CaseId]) -> list[Case]:
    """Give the cases of these ids, by id; an id that no case has, or none the viewer may see, is left out."""
    numbers = ", ".join(str(int(case_id)) for case_id in ids)
    sql = f"{SELECT_CASE} WHERE c.id IN ({numbers}) AND {tx.sight.seen()} ORDER BY c.id"
    return [case_from(row) for row in tx.rows(sql)]


def versions(tx: Reading, ids: Iterable[CaseId]) -> dict[CaseId, int]:
    """Give the versions in which cases stand now, however many; see `some`."""
    wanted, found = tuple(ids), {}
    for start in range(0, len(wanted), AT_ONCE):
        numbers = ", ".join(str(int(case_id)) for case_id in wanted[start : start + AT_ONCE])
        sql = f'SELECT c.id, c.version FROM "case" c WHERE c.id IN ({numbers}) AND {tx.sight.seen()}'
        found.update({CaseId(case_id): version for case_id, version in tx.rows(sql)})
    return found


def read_ahead(tx: Reading, ids: Iterable[CaseId]) -> None:
    """Read the cases of these ids in one statement, for `get` to give."""
    tx.ahead.cases.update((case.id, case) for case in some(tx, ids))


def text_of(tx: Reading, case_id: CaseId) -> CaseText:
    """Give the long text of a case."""
    if text := tx.ahead.texts.get(case_id):
        return text
    sql = f"SELECT body, notes FROM case_text t WHERE t.case_id = :id AND {tx.sight.seen('t.case_id')}"
    found = tx.rows(sql, {"id": case_id})
    return CaseText(*found[0]) if found else CaseText()


def read_texts_ahead(tx: Reading, ids: Iterable[CaseId]) -> None:
    """Read the long texts of cases in one statement, for `text_of` to give."""
    numbers = ", ".join(str(int(case_id)) for case_id in ids)
    sql = f"SELECT case_id, body, notes FROM case_text t WHERE case_id IN ({numbers}) AND {tx.sight.seen('t.case_id')}"
    tx.ahead.texts.update((CaseId(case_id), CaseText(body, notes)) for case_id, body, notes in tx.rows(sql))


def next_id(tx: Reading) -> CaseId:
    """Give the id of the next open case; only meaningful inside the transaction that adds it."""
    sql = 'SELECT id FROM "case" WHERE id < :end ORDER BY id DESC LIMIT 1'
    found = tx.rows(sql, {"end": CONFIDENTIAL_FROM})
    return CaseId(found[0][0] + 1 if found else 1)


def confidential_id(tx: Reading, wanted: int | None = None) -> CaseId:
    """Give an id for a case that is confidential from the start: any that is free, so that it tells of no other.

    One that is `wanted`, since an exported case had it, is taken where it is such an id and free.
    """
    is_one = wanted is not None and CONFIDENTIAL_FROM <= wanted < 2 * CONFIDENTIAL_FROM
    drawn = wanted if is_one and wanted is not None else CONFIDENTIAL_FROM + secrets.randbelow(CONFIDENTIAL_FROM)
    while True:
        if not tx.rows('SELECT 1 FROM "case" WHERE id = :id', {"id": drawn}):
            return CaseId(drawn)
        drawn = CONFIDENTIAL_FROM + secrets.randbelow(CONFIDENTIAL_FROM)


def open_repeats(tx: Reading, case_id: CaseId) -> list[CaseId]:
    """Give the open cases that were ever merged into this one: they, or their history, name it; see `open_actions`."""
    sql = (
        'SELECT id FROM "case" WHERE duplicate_of = :id AND NOT confidential UNION'
        ' SELECT e.case_id FROM event e JOIN "case" c ON c.id = e.case_id AND NOT c.confidential'
        " WHERE e.kind = 'merged' AND json_extract(e.detail, '$.into') = :id ORDER BY 1"
    )
    return [CaseId(found) for (found,) in tx.rows(sql, {"id": case_id})]


def actions_of(tx: Reading, case_id: CaseId) -> list[Case]:
    """Give the actions that reviews of a case asked for, oldest first, as far as the viewer may see them."""
    sql = f"{SELECT_CASE} WHERE c.action_of = :id AND {tx.sight.seen()} ORDER BY c.created, c.id"
    return [case_from(row) for row in tx.rows(sql, {"id": case_id})]


def open_actions(tx: Reading, case_id: CaseId) -> list[CaseId]:
    """Give the actions of a case that are not confidential, whoever looks: each names it."""
    sql = 'SELECT id FROM "case" WHERE action_of = :id AND NOT confidential ORDER BY id'
    return [CaseId(found) for (found,) in tx.rows(sql, {"id": case_id})]


def secret_survivors(tx: Reading, case_id: CaseId) -> list[CaseId]:
    """Give the confidential cases that this one was ever merged into."""
    sql = (
        "SELECT DISTINCT c.id FROM event e JOIN \"case\" c ON c.id = json_extract(e.detail, '$.into')"
        " WHERE e.case_id = :id AND e.kind = 'merged' AND c.confidential ORDER BY 1"
    )
    return [CaseId(found) for (found,) in tx.rows(sql, {"id": case_id})]


def is_confidential(tx: Reading, case_id: CaseId) -> bool:
    """Say whether a case is confidential, to whoever asks: for acts that must not make it known."""
    return bool(tx.rows('SELECT 1 FROM "case" WHERE id = :id AND confidential', {"id": case_id}))


def named(tx: Reading, case_id: CaseId) -> str:
    """Name a case that something is wrong with, to whoever runs the checkup; a confidential one without its number."""
    return "A confidential case" if is_confidential(tx, case_id) else f"Case {case_id}"


def in_a_circle(tx: Reading) -> bool:
    """Say whether the viewer may see any confidential case."""
    sql = 'SELECT 1 FROM circle k JOIN "case" c ON c.id = k.case_id AND c.confidential WHERE k.person = :viewer LIMIT 1'
    return bool(tx.rows(sql))


def open_twin(tx: Reading, case: Case) -> CaseId | None:
    """Give the open case that stands for the same reference of the same source, or None."""
    sql = (
        "SELECT id FROM \"case\" WHERE source = :source AND ref = :ref AND ref <> '' AND NOT confidential AND id <> :id"
    )
    found = tx.rows(sql, {"source": case.source, "ref": case.ref, "id": case.id})
    return CaseId(found[0][0]) if found else None


def add(tx: Tx, cases: Iterable[tuple[Case, CaseText]]) -> None:
    """Add new cases, whose ids are already set, with their text."""
    new = list(cases)
    if new:
        insert(tx, "case", [case_values(case) for case, _ in new])
        insert(tx, "case_text", [{"case_id": case.id, "body": text.body, "notes": text.notes} for case, text in new])
        _draw_circles(tx, [case for case, _ in new])


def save(tx: Tx, case: Case, seen: int) -> bool:
    """Save a case if it still has the version that was seen; say whether it had."""
    from sqlmodel import col, update

    from console.store.tables.case import CaseRow

    values = case_values(case)
    del values["id"]
    tx.ahead.forget([case.id])
    done = tx.session.exec(
        update(CaseRow).where(col(CaseRow.id) == case.id, col(CaseRow.version) == seen).values(**values)
    )
    _draw_circles(tx, [case])
    return bool(done.rowcount == 1)


def save_all(tx: Tx, changes: Sequence[tuple[Case, Case]]) -> bool:
    """Save many cases in one statement if each still has the version it had before; say whether all had.

    Only the columns that differ somewhere are written, since each one written costs the indexes that hold it.
    """
    from sqlmodel import SQLModel, bindparam

    from console.store.tables.case import CaseRow

    if not changes:
        return True
    tx.ahead.forget([after.id for _, after in changes])
    table = SQLModel.metadata.tables[str(CaseRow.__tablename__)]
    which = table.c.id == bindparam("this_id"), table.c.version == bindparam("seen_version")
    names = [name for field in _differing(changes) for name in columns_of(field)]
    rows = []
    for before, after in changes:
        new = case_values(after)
        rows.append({"this_id": after.id, "seen_version": before.version, **{name: new[name] for name in names}})
    wanted: dict[str, Any] = {name: bindparam(name) for name in names}
    done = tx.session.connection().execute(table.update().where(*which).values(**wanted), rows)
    _draw_circles(tx, [after for _, after in changes])
    return bool(done.rowcount == len(rows))


def _differing(changes: Sequence[tuple[Case, Case]]) -> list[str]:
    """Give the fields that differ somewhere."""
    left, found = [each.name for each in fields(Case)], []
    for before, after in changes:
        new = [name for name in left if getattr(before, name) is not getattr(after, name)]
        found += [name for name in new if getattr(before, name) != getattr(after, name)]
        left = [name for name in left if name not in found]
    return found


def save_timing(tx: Tx, cases: Sequence[Case]) -> None:
    """Save what the clocks of cases come to, and nothing else; no act has been done to them."""
    from sqlmodel import SQLModel, bindparam

    from console.store.tables.case import CaseRow

    if not cases:
        return
    tx.ahead.forget([case.id for case in cases])
    table = SQLModel.metadata.tables[str(CaseRow.__tablename__)]
    rows = [{"this_id": case.id, **timing_values(case)} for case in cases]
    wanted: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "this_id"}
    tx.session.connection().execute(table.update().where(table.c.id == bindparam("this_id")).values(**wanted), rows)


def add_notes(tx: Tx, case_id: CaseId, text: str) -> None:
    """Make the text of a note findable with its case."""
    from sqlmodel import col, update

    from console.store.tables.case import CaseTextRow

    tx.ahead.texts.pop(case_id, None)
    old = text_of(tx, case_id).notes
    tx.session.exec(
        update(CaseTextRow).where(col(CaseTextRow.case_id) == case_id).values(notes=f"{old}\n{text}" if old else text)
    )


def put_body(tx: Tx, case_id: CaseId, body: str) -> None:
    """Give a case another text, by which it is found from now on."""
    from sqlmodel import col, update

    from console.store.tables.case import CaseTextRow

    tx.ahead.texts.pop(case_id, None)
    tx.session.exec(update(CaseTextRow).where(col(CaseTextRow.case_id) == case_id).values(body=body))


def _draw_circles(tx: Tx, cases: Sequence[Case]) -> None:
    """Keep the table of circles in step with what the cases list."""
    from sqlmodel import col, delete

    from console.store.tables.case import CircleRow

    for case in _in_circles(tx, cases):
        known = {person for (person,) in tx.rows("SELECT person FROM circle WHERE case_id = :id", {"id": case.id})}
        wanted = set(case.circle) if case.confidential else set()
        if known - wanted:
            gone = col(CircleRow.case_id) == case.id, col(CircleRow.person).in_(known - wanted)
            tx.session.exec(delete(CircleRow).where(*gone))
        if wanted - known:
            insert(tx, "circle", [{"case_id": case.id, "person": person} for person in sorted(wanted - known)])


def _in_circles(tx: Tx, cases: Sequence[Case]) -> list[Case]:
    """Give the cases that have a circle, or are to have one."""
    numbers = ", ".join(str(int(case.id)) for case in cases)
    drawn = {case_id for (case_id,) in tx.rows(f"SELECT DISTINCT case_id FROM circle WHERE case_id IN ({numbers})")}
    return [case for case in cases if case.confidential or case.id in drawn]
