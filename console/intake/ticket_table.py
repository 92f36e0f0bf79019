"""Tables of ticket systems: separator and columns found from the heading, headings repeated, rows held as evidence."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from console.domain.arrival import Arrival, Reject
from console.domain.errors import RefusalCode, Refused
from console.intake.native_fields import BadValueError, raw_text
from console.intake.source import MAX_RECORD, Feed, Head
from console.intake.table_rows import Lines, Row, Rows
from console.intake.text import one_line
from console.intake.ticket_times import Times

_DELIMITERS = ",;\t|"
_NAMED = 10
HELD = 8 * 1024 * 1024
"""Characters of rows that are held to find out how the table writes its dates."""


@dataclass(frozen=True)
class Columns:
    """What a table of a system has: headings with the field each stands for, those it needs, and its times.

    In `times`, nothing can be before the first of them; `others` are times that may be before or after.
    """

    headings: Mapping[str, str]
    needed: frozenset[str]
    times: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass
class Record:
    """One row: the line it starts at, and the cells of each field that say something; a field may have several."""

    line: int
    cells: dict[str, list[str]]
    raw: str
    times: Times
    extra: list[str] = field(default_factory=list)
    columns: frozenset[str] = frozenset()

    def one(self, *fields: str) -> str:
        """Give the first cell of these fields."""
        for name in fields:
            if name in self.cells:
                return self.cells[name][0]
        return ""

    def has(self, name: str) -> bool:
        """Say whether the table has a column for a field, whatever this row holds in it."""
        return name in self.columns

    def all(self, name: str) -> list[str]:
        """Give every cell of a field."""
        return self.cells.get(name, [])

    def when(self, *fields: str) -> datetime | None:
        """Give the first of these times that is there. Raises BadValueError."""
        for name in fields:
            if name in self.cells:
                return self.times.read(name, self.cells[name][0])
        return None


def plain(heading: str) -> str:
    """Give a heading in the form in which headings are known: small letters, blanks for underscores."""
    return " ".join(heading.replace("_", " ").replace("\ufeff", "").casefold().split())


def fields_in(head: Head, columns: Columns) -> set[str]:
    """Give the fields that the first line names, under the separator that makes most of it."""
    if not head.lines or head.text.lstrip().startswith(("{", "[")):
        return set()
    return {name for name in _fields(_heading(head), _delimiter(head, columns), columns) if name}


def is_table(head: Head, columns: Columns) -> bool:
    """Say whether the first line names every field that the table needs."""
    return fields_in(head, columns) >= columns.needed


def table_arrivals(
    feed: Feed, columns: Columns, make: Callable[[Record], Arrival | None], look: Callable[[Record], None] | None = None
) -> Iterator[Arrival | Reject]:
    """Read a table row by row; `look` sees the rows that are held before any is made an arrival.

    Refused: a table without the columns it needs.
    """
    csv.field_size_limit(MAX_RECORD)
    delimiter = _delimiter(feed.head, columns)
    lines = Lines(io.TextIOWrapper(feed.stream, feed.head.encoding, feed.head.errors, newline=""), feed)
    rows = Rows(lines, delimiter, is_wide=True)
    headings = next(rows, Row(1, [])).cells
    names = [columns.headings.get(plain(heading), "") for heading in headings]
    if missing := columns.needed - set(names):
        known = {name: heading for heading, name in reversed(tuple(columns.headings.items()))}
        told = ", ".join(sorted(f"'{known[name].capitalize()}'" for name in missing))
        raise Refused(f"{feed.name} has no column {told}; export it with them.", RefusalCode.BAD_INPUT)
    _warn_unknown(headings, names, feed)
    times = Times()
    return _arrivals(_held(_records(rows, names, times), columns, look), make, times, feed)


def _heading(head: Head) -> str:
    """Give the line of headings: the first, but for a line that spreadsheets write to name the separator."""
    lines = head.lines
    return lines[1] if len(lines) > 1 and lines[0].lower().startswith("sep=") else lines[0]


def _fields(line: str, delimiter: str, columns: Columns) -> list[str]:
    cells = next(csv.reader([line[:MAX_RECORD]], delimiter=delimiter), [])
    return [columns.headings.get(plain(cell), "") for cell in cells]


def _delimiter(head: Head, columns: Columns) -> str:
    """Give the separator under which the heading names most fields."""
    if not head.lines:
        return _DELIMITERS[0]
    counts = {each: len(set(_fields(_heading(head), each, columns)) - {""}) for each in _DELIMITERS}
    return max(_DELIMITERS, key=lambda each: counts[each])


def _warn_unknown(headings: list[str], names: list[str], feed: Feed) -> None:
    """Name the columns that are not read, each once."""
    unread = [one_line(each[:60]) for each, name in zip(headings, names, strict=True) if not name and each.strip()]
    unknown = list(dict.fromkeys(unread))
    if unknown:
        shown = ", ".join(unknown[:_NAMED]) + (f" and {len(unknown) - _NAMED} more" if len(unknown) > _NAMED else "")
        feed.warn(f"Columns that are not read: {shown}.")


def _records(rows: Iterator[Row], names: list[str], times: Times) -> Iterator[Record | Reject]:
    """Give each row as a record."""
    columns = frozenset(filter(None, names))
    for row in rows:
        if row.fault:
            yield Reject("line", row.line, row.fault, raw_text(row.raw))
            continue
        cells: dict[str, list[str]] = {}
        for name, cell in zip(names, row.cells, strict=False):
            if name and cell and (said := cell.strip()):
                cells.setdefault(name, []).append(said)
        extra = [cell for cell in row.cells[len(names) :] if cell.strip()]
        yield Record(row.line, cells, row.raw, times, extra, columns)


def _held(
    records: Iterator[Record | Reject], columns: Columns, look: Callable[[Record], None] | None
) -> Iterator[Record | Reject]:
    """Give the records, after as many as may be held were seen for how they write their times."""
    held: list[Record | Reject] = []
    size = 0
    for record in records:
        held.append(record)
        size += len(record.raw) + 200
        if isinstance(record, Record):
            _see(record, columns)
            if look is not None:
                look(record)
        if size > HELD:
            break
    yield from held
    held.clear()
    yield from records


def _see(record: Record, columns: Columns) -> None:
    """Take the times of a row as evidence."""
    for name in (*columns.times, *columns.others):
        for cell in record.cells.get(name, ()):
            record.times.see(name, cell)
    first = record.one(columns.times[0]) if columns.times else ""
    for name in columns.times[1:] if first else ():
        if later := record.one(name):
            record.times.see_pair(first, later)


def _arrivals(
    records: Iterator[Record | Reject], make: Callable[[Record], Arrival | None], times: Times, feed: Feed
) -> Iterator[Arrival | Reject]:
    """Give each record as an arrival, or as a reject with the line it starts at."""
    for record in records:
        if isinstance(record, Reject):
            yield record
            continue
        try:
            arrival = make(record)
        except BadValueError as error:
            yield Reject("line", record.line, str(error), raw_text(record.raw))
        else:
            if arrival is not None:
                yield arrival
    if times.lacks_zone:
        feed.warn("The times name no zone and were read as UTC.")
