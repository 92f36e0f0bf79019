"""Escalations: read, added, saved."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from console.domain.altering import making
from console.domain.brief import from_words, to_words
from console.domain.case import CaseId, EscalationId, PersonId
from console.domain.errors import RefusalCode, Refused
from console.domain.escalation import Escalation, Kind, State
from console.domain.matrix import target
from console.store.codec import dumped, instant, joined, micros, split
from console.store.engine import Reading, RowValues, Tx

SELECT = (
    'SELECT id, case_id, kind, state, "by", from_tier, from_team, from_handler, target, skipped, brief, incomplete,'
    " question, sent_at, answered_at, answered_by, reason, reason_text, outcome, closed_at, previous, policy,"
    " acknowledged FROM escalation"
)


NUMBERS = 1000
"""How many ids each case has for its escalations."""


def get(tx: Reading, escalation_id: EscalationId) -> Escalation:
    """Give the escalation of this id. Refused: an id that none has."""
    found = tx.rows(f"{SELECT} WHERE id = :id AND {tx.sight.seen('case_id')}", {"id": escalation_id})
    if not found:
        raise Refused(f"There is no escalation {escalation_id}.", RefusalCode.NOT_FOUND)
    return _escalation(found[0])


def of_case(tx: Reading, case_id: CaseId) -> tuple[Escalation, ...]:
    """Give the escalations of a case, oldest first."""
    if (found := tx.ahead.escalations.get(case_id)) is not None:
        return found
    sql = f"{SELECT} WHERE case_id = :id AND {tx.sight.seen('case_id')} ORDER BY id"
    return tuple(map(_escalation, tx.rows(sql, {"id": case_id})))


def read_ahead(tx: Reading, ids: Iterable[CaseId]) -> None:
    """Read the escalations of cases in one statement, for `of_case` to give."""
    wanted = tuple(ids)
    found: dict[CaseId, list[Escalation]] = {case_id: [] for case_id in wanted}
    numbers = ", ".join(str(int(case_id)) for case_id in wanted)
    for row in tx.rows(f"{SELECT} WHERE case_id IN ({numbers}) AND {tx.sight.seen('case_id')} ORDER BY id"):
        found[CaseId(row[1])].append(_escalation(row))
    tx.ahead.escalations.update({case_id: tuple(moves) for case_id, moves in found.items()})


def next_id(tx: Reading, case_id: CaseId) -> EscalationId:
    """Give the id of a case's next escalation: 7001, 7002 … for case 7, so that it tells of no other case.

    Only meaningful inside the transaction that adds it.
    """
    first = case_id * NUMBERS + 1
    sql = "SELECT coalesce(max(id) + 1, :first) FROM escalation WHERE id BETWEEN :first AND :last"
    return EscalationId(tx.rows(sql, {"first": first, "last": first + NUMBERS - 2})[0][0])


def add(tx: Tx, escalation: Escalation) -> None:
    """Add an escalation whose id is already set."""
    add_all(tx, [escalation])


def add_all(tx: Tx, new: Sequence[Escalation]) -> None:
    """Add escalations whose ids are already set, in one statement; each after the one it goes on from."""
    from sqlmodel import insert

    from console.store.tables.escalation import EscalationRow

    for each in new:
        tx.ahead.escalations.pop(each.case, None)
    if new:
        tx.session.exec(insert(EscalationRow), params=[_values(each) for each in new])


def save(tx: Tx, escalation: Escalation) -> None:
    """Save an escalation; its case's version guards it, so it has none of its own."""
    from sqlmodel import col, update

    from console.store.tables.escalation import EscalationRow

    tx.ahead.escalations.pop(escalation.case, None)
    values = _values(escalation)
    del values["id"]
    tx.session.exec(update(EscalationRow).where(col(EscalationRow.id) == escalation.id).values(**values))


def _values(e: Escalation) -> dict[str, Any]:
    return {
        "id": e.id, "case_id": e.case, "kind": e.kind.value, "state": e.state.value, "by": e.by,
        "from_tier": e.from_tier, "from_team": e.from_team, "from_handler": e.from_handler, "target": str(e.target),
        "skipped": dumped([[str(each), reason] for each, reason in e.skipped]), "brief": dumped(to_words(e.brief)),
        "incomplete": e.incomplete, "question": e.question, "sent_at": micros(e.sent_at),
        "answered_at": micros(e.answered_at), "answered_by": e.answered_by, "reason": e.reason,
        "reason_text": e.reason_text, "outcome": e.outcome, "closed_at": micros(e.closed_at),
        "previous": e.previous, "policy": e.policy, "acknowledged": joined(e.acknowledged),
    }  # fmt: skip


_made = making(Escalation)


def _escalation(row: RowValues) -> Escalation:
    sent_at = instant(row[13])
    if sent_at is None:
        message = f"escalation {row[0]} has no time"
        raise ValueError(message)
    return _made(
        id=EscalationId(row[0]), case=CaseId(row[1]), kind=Kind(row[2]), state=State(row[3]), by=PersonId(row[4]),
        from_tier=row[5], from_team=row[6], from_handler=_person(row[7]), target=target(row[8]),
        skipped=tuple((target(each), reason) for each, reason in json.loads(row[9])),
        brief=from_words(json.loads(row[10])), incomplete=row[11], question=row[12], sent_at=sent_at,
        answered_at=instant(row[14]), answered_by=_person(row[15]), reason=row[16], reason_text=row[17],
        outcome=row[18], closed_at=instant(row[19]),
        previous=None if row[20] is None else EscalationId(row[20]), policy=row[21],
        acknowledged=tuple(map(PersonId, split(row[22]))),
    )  # fmt: skip


def _person(value: str | None) -> PersonId | None:
    return None if value is None else PersonId(value)
