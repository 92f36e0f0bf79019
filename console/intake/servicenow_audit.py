"""ServiceNow's audits and history lines: what changed in a record, a row for each field, as the past of its case."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from console.domain.arrival import Arrival, Message, Reject, Voice
from console.intake.json_facts import mapping, passage, word
from console.intake.json_members import Member
from console.intake.json_reading import BadJsonError
from console.intake.moments import moment
from console.intake.native_fields import BadValueError, fault, raw_text
from console.intake.servicenow_record import severity_of, status_of_state
from console.intake.shelves import MOST, Shelves
from console.intake.source import Head
from console.intake.text import capped
from console.intake.ticket_history import Change, changed, in_order, told_lines
from console.intake.ticket_past import Shift, Ticket, past_of

_NUMBER = re.compile(r"[A-Z]{2,10}\d{4,15}")
_ID = re.compile(r"[0-9a-f]{32}")
_JOURNALS = frozenset({"comments", "work_notes"})
_STANDING = frozenset({"state", "incident_state", "assigned_to", "assignment_group", "priority", "category", "cmdb_ci"})


def is_audit(head: Head, keys: set[str]) -> bool:
    """Say whether the first object holds rows of audits or of history lines."""
    is_row = '"documentkey"' in head.text and '"fieldname"' in head.text
    is_line = '"update_time"' in head.text and '"field"' in head.text and '"set"' in head.text
    return bool(keys & {"result", "records", "documentkey", "set"}) and (is_row or is_line)


def audited(records: Iterator[Member]) -> Iterator[Arrival | Reject]:
    """Give each record that rows tell of once, with everything they tell; a row that names none is rejected."""
    shelves = Shelves()
    for number, (_, value) in enumerate(records, 1):
        row = mapping(value)
        key = _key(row)
        if not row and not isinstance(value, BadJsonError):
            continue
        if not key:
            yield Reject("item", number, "This row names no record: it has no documentkey and no set.")
        else:
            shelves.put(key, json.dumps([number, row]))
    for key, kept in shelves.take():
        first, *_ = (json.loads(each) for each in kept)
        try:
            if len(kept) > MOST:
                raise BadValueError(f"{key} has more than {MOST:,} changes and is left out.")  # noqa: TRY301 - one way out
            yield _arrival(key, [json.loads(each)[1] for each in kept])
        except BadValueError as error:
            yield Reject("item", first[0], str(error), raw_text(kept[0][:100_000]))


def _key(row: Mapping[str, Any]) -> str:
    """Give the number of the record that a row is about, where it shows it, else its id."""
    for name in ("documentkey", "set"):
        whole = mapping(row.get(name))
        shown = _NUMBER.search(word(whole.get("display_value")))
        if found := shown[0] if shown else word(whole.get("value")) or word(row.get(name)):
            return found
    return ""


def _arrival(key: str, rows: list[Mapping[str, Any]]) -> Arrival:
    """Give the case of one record as far as its rows tell of it. Raises BadValueError."""
    shifts: list[Shift] = []
    messages: list[Message | None] = []
    for row in rows:
        said = word(row.get("sys_created_on") or row.get("update_time"))
        try:
            at = moment(said)
        except ValueError:
            raise fault("sys_created_on", said, "a time such as 2026-03-01 09:30:00") from None
        by = word(row.get("user_name")) or word(row.get("user")) or "ServiceNow"
        field = word(mapping(row.get("fieldname")).get("value") or row.get("fieldname") or row.get("field"))
        mark = f"{key}/audit/{word(row.get('sys_id')) or f'{at:%Y-%m-%dT%H:%M:%SZ}/{field}'}"
        before, after = _value(row, "oldvalue", "old"), _value(row, "newvalue", "new")
        if field in _JOURNALS:
            voice = Voice.INTERNAL if field == "work_notes" else Voice.OUTBOUND
            messages.append(Message(by, at, capped(after), voice, mark))
            continue
        change = Change(word(row.get("label")) or field.replace("_", " "), before, after)
        if field in _STANDING and not _ID.fullmatch(before) and not _ID.fullmatch(after):
            lines = told_lines([change])
            shifts += [Shift(at, by, lines[0], _says(field, before), _says(field, after))] if lines else []
        elif not _ID.fullmatch(after):
            messages.append(changed(mark, by, at, [change]))
    ticket = Ticket("ServiceNow", {})
    return Arrival(
        title=f"ServiceNow record {key}", source="servicenow", ref=key, channel="servicenow",
        messages=in_order(messages), derived=frozenset({"title", "channel"}), **past_of(ticket, shifts),
    )  # fmt: skip


def _value(row: Mapping[str, Any], *names: str) -> str:
    """Give a value as people read it."""
    value = next((row[name] for name in names if name in row), "")
    return passage(value) or word(value)


def _says(field: str, value: str) -> dict[str, str]:
    """Give what the value of a field says of how a record stands."""
    match field:
        case "assigned_to":
            return {"handler": value}
        case "assignment_group":
            return {"team": value}
        case "priority":
            return {"severity": severity_of(value)}
        case "category":
            return {"category": value}
        case "cmdb_ci":
            return {"item": value}
    status, waiting_for = status_of_state(value, "inc")
    return {"status": status, "waiting_for": waiting_for}
