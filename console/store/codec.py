"""How domain values stand in columns: times as microseconds since the epoch in UTC, lists between semicolons."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from console.domain.altering import making
from console.domain.case import Case, CaseId, Choice, EscalationId, PersonId, Severity, SeverityFrom, Status

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
NO_DUE = 2**62
"""Stands for "no due time" in the sort key, after every real one."""

CASE_COLUMNS = (
    "id", "source", "ref", "title", "requester", "organisation", "category", "channel", "tags", "derived",
    "impact", "urgency", "severity", "severity_from", "affected", "confidential",
    "status", "tier", "team", "owner", "handler", "waiting_for", "resume_at", "due", "promised_at", "resolution",
    "answer_scope", "answer_impact", "answer_attempts", "answer_expectations",
    "stops", "attempts", "tried_below", "manager_asks", "reopened", "known_fix", "duplicate_of", "decision",
    "escalation", "escalation_state", "escalated_by", "returned_at", "returned_facts", "created", "updated", "version",
    "circle", "named", "subjects", "next_clock", "next_due", "time_left", "item", "action_of", "articles",
)  # fmt: skip
"""The columns of a case in the order `case_from` reads them."""


def micros(at: datetime | None) -> int | None:
    """Write an aware time as microseconds since the epoch."""
    return None if at is None else (at - EPOCH) // MICROSECOND


def instant(value: int | None) -> datetime | None:
    """Read a time back, in UTC."""
    return None if value is None else EPOCH + timedelta(microseconds=value)


def joined(words: Sequence[str]) -> str:
    """Write a list of words so that one can be found with `;word;`."""
    return f";{';'.join(word.replace(';', ',') for word in words)};" if words else ""


def split(text: str) -> tuple[str, ...]:
    """Read a list of words back."""
    return tuple(text.strip(";").split(";")) if text else ()


def case_values(case: Case) -> dict[str, Any]:
    """Give a case as column values, with the two columns that only lists need: `live` and `due_key`."""
    scope, impact, attempts, expectations = case.answers
    return {
        "id": case.id, "source": case.source, "ref": case.ref, "title": case.title, "requester": case.requester,
        "organisation": case.organisation, "category": case.category, "item": case.item, "channel": case.channel,
        "tags": joined(case.tags), "derived": joined(case.derived),
        "impact": case.impact, "urgency": case.urgency, "severity": int(case.severity),
        "severity_from": case.severity_from.value, "affected": case.affected, "confidential": case.confidential,
        "status": case.status.value, "tier": case.tier, "team": case.team, "owner": case.owner,
        "handler": case.handler, "waiting_for": case.waiting_for,
        "resume_at": micros(case.resume_at), "due": micros(case.due), "promised_at": micros(case.promised_at),
        "resolution": case.resolution,
        "answer_scope": scope, "answer_impact": impact, "answer_attempts": attempts,
        "answer_expectations": expectations, "stops": joined(case.stops), "attempts": case.attempts,
        "tried_below": case.tried_below,
        "manager_asks": case.manager_asks, "reopened": case.reopened, "known_fix": case.known_fix,
        "duplicate_of": case.duplicate_of, "decision": case.decision.value if case.decision else None,
        "escalation": case.escalation, "escalation_state": case.escalation_state, "escalated_by": case.escalated_by,
        "returned_at": micros(case.returned_at), "returned_facts": case.returned_facts,
        "created": micros(case.created), "updated": micros(case.updated), "version": case.version,
        "circle": joined(case.circle), "named": joined(case.named), "subjects": joined(case.subjects),
        **timing_values(case), "live": case.status.is_live, "action_of": case.action_of,
        "articles": joined(case.articles),
    }  # fmt: skip


def timing_values(case: Case) -> dict[str, Any]:
    """Give what the clocks of a case come to as column values, with what lists sort by."""
    next_due = micros(case.next_due)
    left = None if case.time_left is None else case.time_left // MICROSECOND
    return {
        "next_clock": case.next_clock, "next_due": next_due, "time_left": left,
        "due_key": NO_DUE if next_due is None else next_due,
    }  # fmt: skip


def columns_of(field: str) -> tuple[str, ...]:
    """Give the columns that a field of a case is written to."""
    return COLUMNS_OF.get(field, (field,))


COLUMNS_OF = {
    "answers": ("answer_scope", "answer_impact", "answer_attempts", "answer_expectations"),
    "status": ("status", "live"),
    "next_due": ("next_due", "due_key"),
}
"""Fields that are written to more than the column of their name."""


def case_from(row: Sequence[Any]) -> Case:
    """Read a case from the columns in `CASE_COLUMNS`."""
    created, updated = instant(row[43]), instant(row[44])
    if created is None or updated is None:
        message = f"case {row[0]} has no creation time"
        raise ValueError(message)
    return _case(
        id=CaseId(row[0]), source=row[1], ref=row[2], title=row[3], requester=row[4], organisation=row[5],
        category=row[6], channel=row[7], tags=split(row[8]), derived=split(row[9]), impact=row[10], urgency=row[11],
        severity=Severity(row[12]), severity_from=SeverityFrom(row[13]), affected=row[14], confidential=bool(row[15]),
        status=Status(row[16]), tier=row[17], team=row[18], owner=_person(row[19]), handler=_person(row[20]),
        waiting_for=row[21], resume_at=instant(row[22]), due=instant(row[23]), promised_at=instant(row[24]),
        resolution=row[25], answers=(row[26], row[27], row[28], row[29]), stops=split(row[30]), attempts=row[31],
        tried_below=row[32],
        manager_asks=row[33], reopened=row[34], known_fix=row[35],
        duplicate_of=None if row[36] is None else CaseId(row[36]), decision=Choice(row[37]) if row[37] else None,
        escalation=None if row[38] is None else EscalationId(row[38]), escalation_state=row[39],
        escalated_by=_person(row[40]), returned_at=instant(row[41]), returned_facts=row[42],
        created=created, updated=updated, version=row[45],
        circle=_people(row[46]), named=_people(row[47]), subjects=_people(row[48]),
        next_clock=row[49], next_due=instant(row[50]),
        time_left=None if row[51] is None else timedelta(microseconds=row[51]), item=row[52],
        action_of=None if row[53] is None else CaseId(row[53]), articles=split(row[54]),
    )  # fmt: skip


_case = making(Case)
_written = json.JSONEncoder(separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode


def dumped(value: object) -> str:
    """Write a value as JSON, compact and with its keys in order."""
    return "{}" if value == {} else _written(value)


def _person(value: str | None) -> PersonId | None:
    return None if value is None else PersonId(value)


def _people(text: str) -> tuple[PersonId, ...]:
    return tuple(map(PersonId, split(text)))
