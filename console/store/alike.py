"""What may be like a case: few cases by few indexes, whatever there is; the open ones alone, to whoever asks.

Confidential cases are left out for their circle too, and counted nowhere, so that what is suggested tells of none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from console.domain.case import Case, CaseId, CaseText
from console.store.cases import COLUMNS
from console.store.codec import case_from, micros
from console.store.engine import Reading
from console.store.sqlite_search import phrase

NEAR = 20
"""How many live cases of the same requester are looked at, before this one and after it."""

ALERTS = 20
BEYOND = "A"
"""What comes after `@`, behind which a reference of an alert says when it began."""

OPEN = 'NOT EXISTS (SELECT 1 FROM "case" h INDEXED BY case_confidential WHERE h.confidential AND h.id = s.rowid)'


@dataclass(frozen=True, slots=True)
class Whole:
    """A case with the beginning of its text."""

    case: Case
    text: CaseText


def with_word(tx: Reading, word: str, most: int) -> list[CaseId] | None:
    """Give the cases that hold a word anywhere, or None where they are more than `most`."""
    sql = f"SELECT s.rowid FROM search s WHERE s.search MATCH :word AND {OPEN} LIMIT {most + 1:d}"
    found = [CaseId(case_id) for (case_id,) in tx.rows(sql, {"word": phrase(word)})]
    return found if len(found) <= most else None


def with_title(tx: Reading, subject: str) -> list[CaseId]:
    """Give the newest cases whose title says this, word by word; its cost grows with how common those words are."""
    sql = f"SELECT s.rowid FROM search s WHERE s.search MATCH :words AND {OPEN} ORDER BY s.rowid DESC LIMIT {NEAR}"
    return [CaseId(case_id) for (case_id,) in tx.rows(sql, {"words": f"title : {phrase(subject)}"})]


def with_all(tx: Reading, words: Iterable[str], most: int) -> list[CaseId]:
    """Give the newest cases whose title holds every one of these words."""
    sql = f"SELECT s.rowid FROM search s WHERE s.search MATCH :words AND {OPEN} ORDER BY s.rowid DESC LIMIT {most:d}"
    asked = "title : ({})".format(" AND ".join(map(phrase, words)))
    return [CaseId(case_id) for (case_id,) in tx.rows(sql, {"words": asked})]


def of_requester(tx: Reading, case: Case) -> list[CaseId]:
    """Give live cases of the same requester, those with the nearest numbers."""
    found: list[CaseId] = []
    for side, order in (("<", "DESC"), (">", "ASC")):
        sql = (
            'SELECT c.id FROM "case" c INDEXED BY case_asker WHERE c.live = 1 AND NOT c.confidential'
            f" AND c.requester <> '' AND c.requester = :requester COLLATE NOCASE AND c.id {side} :id"
            f" ORDER BY c.id {order} LIMIT {NEAR}"
        )
        found += [CaseId(number) for (number,) in tx.rows(sql, {"requester": case.requester, "id": case.id})]
    return found


def of_alert(tx: Reading, source: str, alert: str) -> list[CaseId]:
    """Give the cases of one alert, by its fingerprint."""
    sql = (
        "SELECT c.id FROM \"case\" c WHERE c.source = :source AND c.ref <> '' AND NOT c.confidential"
        f" AND c.ref >= :first AND c.ref < :beyond ORDER BY c.ref DESC LIMIT {ALERTS}"
    )
    values = {"source": source, "first": f"{alert}@", "beyond": f"{alert}{BEYOND}"}
    return [CaseId(number) for (number,) in tx.rows(sql, values)]


def ended(tx: Reading, ids: Iterable[CaseId], longest: int) -> list[Whole]:
    """Give those that were solved and say how, no merged one and no action, with the beginning of their texts."""
    return _wholes(tx, ids, "c.live = 0 AND c.resolution <> ''", {"longest": longest})


def worth_a_look(tx: Reading, ids: Iterable[CaseId], since: datetime, longest: int) -> list[Whole]:
    """Give those that are live or were so lately, no merged one and no action, with the beginning of their texts."""
    values = {"since": micros(since), "longest": longest}
    return _wholes(tx, ids, "(c.live = 1 OR c.updated >= :since)", values)


def _wholes(tx: Reading, ids: Iterable[CaseId], wanted: str, values: dict[str, int | None]) -> list[Whole]:
    numbers = ", ".join(str(int(case_id)) for case_id in ids)
    sql = (
        f"SELECT {COLUMNS}, substr(t.body, 1, :longest), substr(t.notes, 1, :longest)"
        ' FROM "case" c JOIN case_text t ON t.case_id = c.id'
        f" WHERE c.id IN ({numbers}) AND NOT c.confidential AND c.duplicate_of IS NULL AND c.action_of IS NULL"
        f" AND {wanted} ORDER BY c.id"
    )
    rows = tx.rows(sql, values)
    return [Whole(case_from(row[:-2]), CaseText(row[-2], row[-1])) for row in rows]
