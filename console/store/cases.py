"""Cases: read, found by reference, added, saved when nobody else was first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from console.domain.case import Case, CaseId, CaseText
from console.domain.errors import RefusalCode, Refused
from console.store.codec import CASE_COLUMNS, case_from, case_values
from console.store.engine import Reading, Tx

SELECT_CASE = f'SELECT {", ".join(f"c.{name}" for name in CASE_COLUMNS)} FROM "case" c'


def get(tx: Reading, case_id: CaseId) -> Case:
    """Give the case of this id. Refused: an id that no case has."""
    found = tx.rows(f"{SELECT_CASE} WHERE c.id = :id", {"id": case_id})
    if not found:
        raise Refused(f"There is no case {case_id}.", RefusalCode.NOT_FOUND)
    return case_from(found[0])


def text_of(tx: Reading, case_id: CaseId) -> CaseText:
    """Give the long text of a case."""
    found = tx.rows("SELECT body, notes FROM case_text WHERE case_id = :id", {"id": case_id})
    return CaseText(*found[0]) if found else CaseText()


def by_refs(tx: Reading, source: str, refs: Sequence[str]) -> dict[str, CaseId]:
    """Give the cases that already stand for these references of a source."""
    names = {f"r{i}": ref for i, ref in enumerate(refs)}
    places = ", ".join(f":{name}" for name in names)
    sql = f'SELECT ref, id FROM "case" WHERE source = :source AND ref IN ({places})'
    return {ref: CaseId(found) for ref, found in tx.rows(sql, {"source": source, **names})}


def next_id(tx: Reading) -> CaseId:
    """Give the id of the next case; only meaningful inside the transaction that adds it."""
    return CaseId((tx.rows('SELECT max(id) FROM "case"')[0][0] or 0) + 1)


def add(tx: Tx, cases: Iterable[tuple[Case, CaseText]]) -> None:
    """Add new cases, whose ids are already set, with their text."""
    from sqlmodel import insert

    from console.store.tables.case import CaseRow, CaseTextRow

    new = list(cases)
    if new:
        tx.session.exec(insert(CaseRow), params=[case_values(case) for case, _ in new])
        texts = [{"case_id": case.id, "body": text.body, "notes": text.notes} for case, text in new]
        tx.session.exec(insert(CaseTextRow), params=texts)


def save(tx: Tx, case: Case, seen: int) -> bool:
    """Save a case if it still has the version that was seen; say whether it had."""
    from sqlmodel import col, update

    from console.store.tables.case import CaseRow

    values = case_values(case)
    del values["id"]
    done = tx.session.exec(
        update(CaseRow).where(col(CaseRow.id) == case.id, col(CaseRow.version) == seen).values(**values)
    )
    return bool(done.rowcount == 1)


def add_notes(tx: Tx, case_id: CaseId, text: str) -> None:
    """Make the text of a note findable with its case."""
    from sqlmodel import col, update

    from console.store.tables.case import CaseTextRow

    old = text_of(tx, case_id).notes
    tx.session.exec(
        update(CaseTextRow).where(col(CaseTextRow.case_id) == case_id).values(notes=f"{old}\n{text}" if old else text)
    )
