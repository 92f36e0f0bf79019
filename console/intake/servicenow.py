"""ServiceNow: lists of incidents and tasks as tables or XML, and answers of the table interface."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from console.domain.arrival import Arrival, Reject
from console.intake.json_facts import mapping
from console.intake.json_members import Member, arrivals_of, members
from console.intake.json_reading import BadJsonError, first_keys
from console.intake.servicenow_audit import audited, is_audit
from console.intake.servicenow_record import COLUMNS, record_arrival, see_journal
from console.intake.source import Feed, Head
from console.intake.ticket_table import HELD, Record, is_table, plain, table_arrivals
from console.intake.ticket_times import Times
from console.intake.xml_records import is_xml, records

_LISTS = ("result", "records")
_MARKS = ('"short_description"', '"sys_id"', '"sys_class_name"', '"assignment_group"', '"opened_at"')


class ServiceNow:
    """Incidents and tasks of ServiceNow, whatever columns the list showed."""

    format = "servicenow"

    def recognises(self, head: Head) -> bool:
        """Say whether the first line, or the first object, names a number and a short description."""
        if is_xml(head):
            return "<number>" in head.text and "<short_description" in head.text
        if not head.text.lstrip().startswith(("{", "[")):
            return is_table(head, COLUMNS)
        keys = first_keys(head.text)
        if is_audit(head, keys):
            return True
        if keys & set(_LISTS):
            return '"number"' in head.text and any(mark in head.text for mark in _MARKS)
        return keys >= {"number", "short_description"}

    def arrivals(self, feed: Feed) -> Iterator[Arrival | Reject]:
        """Read record by record. Refused: a table without numbers and short descriptions."""
        times = Times()
        if is_xml(feed.head):
            return arrivals_of(_held(_elements(feed), times), lambda member: _arrival(member, times))
        if not feed.head.text.lstrip().startswith(("{", "[")):
            return table_arrivals(feed, COLUMNS, record_arrival, see_journal)
        if is_audit(feed.head, first_keys(feed.head.text)):
            return audited(_records(members(feed, *_LISTS)))
        return arrivals_of(_held(_records(members(feed, *_LISTS)), times), lambda member: _arrival(member, times))


def _elements(feed: Feed) -> Iterator[Member]:
    """Give the records of an XML export, each as the interface would answer; what else it holds is passed over."""
    for name, value in records(feed, lambda _, depth: depth == 1):
        if not isinstance(value, Element):
            yield name, value
        elif value.find("number") is not None and value.get("action") != "DELETE":
            yield (
                name,
                {
                    each.tag: {"value": (each.text or "").strip(), "display_value": each.get("display_value", "")}
                    for each in value
                },
            )


def _records(members_: Iterator[Member]) -> Iterator[Member]:
    """Give the records of answers, whatever wraps them."""
    for key, value in members_:
        whole = mapping(value)
        wrapped = next((name for name in _LISTS if isinstance(whole.get(name), list | dict)), "")
        if key or not wrapped:
            yield key, value
        elif isinstance(whole[wrapped], dict):
            yield wrapped, whole[wrapped]
        else:
            yield from ((wrapped, each) for each in whole[wrapped])


def _held(records: Iterator[Member], times: Times) -> Iterator[Member]:
    """Give the records, after as many as may be held were seen for how they write their times."""
    held: list[Member] = []
    size = 0
    for key, value in records:
        held.append((key, value))
        cells = {} if isinstance(value, BadJsonError) else _cells(mapping(value))
        for name in (*COLUMNS.times, *COLUMNS.others):
            for cell in cells.get(name, ()):
                times.see(name, cell)
        see_journal(Record(0, cells, "", times))
        size += 1000 + sum(len(cell) for each in cells.values() for cell in each)
        if size > HELD:
            break
    yield from held
    held.clear()
    yield from records


def _arrival(member: Member, times: Times) -> Arrival:
    """Give the arrival of a JSON record. Raises BadValueError."""
    record = mapping(member[1])
    columns = frozenset(name for key in record if (name := COLUMNS.headings.get(plain(key), "")))
    return record_arrival(Record(0, _cells(record), "", times, columns=columns))


def _cells(record: dict[str, object]) -> dict[str, list[str]]:
    """Give a JSON record as a row of a table."""
    cells: dict[str, list[str]] = {}
    for key, value in record.items():
        name = COLUMNS.headings.get(plain(key), "")
        said = _said(value, is_time=name in COLUMNS.times or name in COLUMNS.others).strip() if name else ""
        if said:
            cells.setdefault(name, []).append(said)
    return cells


def _said(value: object, *, is_time: bool) -> str:
    """Give what a field says: as people read it, but a time as it is stored, which is in UTC."""
    if isinstance(value, dict):
        order = ("value", "display_value") if is_time else ("display_value", "value")
        return next((said for key in order if isinstance(said := value.get(key), str) and said.strip()), "")
    if isinstance(value, str):
        return value
    return str(value)[:40] if isinstance(value, int | float) and not isinstance(value, bool) else ""
