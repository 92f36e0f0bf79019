"""Native tables: CSV with a heading row, separated by comma, semicolon or tab."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

from console.domain.arrival import Arrival, Reject
from console.domain.cells import original
from console.domain.errors import RefusalCode, Refused
from console.intake.native_fields import (
    FIELDS,
    HISTORY,
    BadValueError,
    References,
    field_name,
    native_arrival,
    raw_text,
)
from console.intake.source import MAX_RECORD, Feed, Head
from console.intake.table_rows import Lines, Row, Rows
from console.intake.text import one_line

DELIMITERS = ",;\t"
EXPORTED = "triage"
"""The column that only a table of `export` has; in such a table cells are made harmless."""
_NAMED = 10


class NativeCsv:
    """A table of cases with one heading for each field; columns may stand in any order."""

    format = "native-csv"

    def recognises(self, head: Head) -> bool:
        """Say whether the first line is a heading with a title, and not that of a history."""
        readings = readings_of(heading_line(head.lines)) if head.lines else []
        return any("title" in headings and not set(headings) >= HISTORY for headings in readings)

    def arrivals(self, feed: Feed) -> Iterator[Arrival | Reject]:
        """Read the table row by row. Refused: a heading without `title`, or one field twice."""
        csv.field_size_limit(MAX_RECORD)
        delimiter = _delimiter(feed.head)
        lines = Lines(io.TextIOWrapper(feed.stream, feed.head.encoding, feed.head.errors, newline=""), feed)
        rows = Rows(lines, delimiter)
        headings = next(rows, Row(1, [])).cells
        columns = _columns(headings, feed)
        is_ours = EXPORTED in map(field_name, headings)
        return _arrivals(rows, columns, original if is_ours else str)


def heading_line(lines: list[str]) -> str:
    """Give the line of headings: the first, but for a line that spreadsheets write to name the separator."""
    return lines[1] if len(lines) > 1 and lines[0].lower().startswith("sep=") else lines[0]


def readings_of(line: str) -> list[list[str]]:
    """Give the fields of a heading line as each separator splits it."""
    return [[field_name(cell) for cell in next(csv.reader([line], delimiter=mark), [])] for mark in DELIMITERS]


def _delimiter(head: Head) -> str:
    """Give the separator under which the heading has a title and the most columns."""
    readings = readings_of(heading_line(head.lines)) if head.lines else [[], [], []]
    found = max(range(len(DELIMITERS)), key=lambda at: ("title" in readings[at], len(readings[at]), -at))
    return DELIMITERS[found]


def _columns(headings: list[str], feed: Feed) -> list[str]:
    """Give the field of each column, empty for a column that is none of ours."""
    names = [field_name(heading) for heading in headings]
    known = [name for name in names if name in FIELDS]
    if "title" not in known:
        raise Refused("The table has no column title; name the columns in its first row.", RefusalCode.BAD_INPUT)
    twice = sorted({name for name in known if known.count(name) > 1})
    if twice:
        sentence = f"The table has more than one column {', '.join(twice)}; keep one of each."
        raise Refused(sentence, RefusalCode.BAD_INPUT)
    known = [*FIELDS, EXPORTED, ""]
    unknown = [one_line(heading) for heading in headings if field_name(heading) not in known]
    if unknown:
        shown = ", ".join(unknown[:_NAMED]) + (f" and {len(unknown) - _NAMED} more" if len(unknown) > _NAMED else "")
        feed.warn(f"Columns that are not read: {shown[:500]}.")
    return [name if name in FIELDS else "" for name in names]


def _arrivals(rows: Iterator[Row], columns: list[str], read: Callable[[str], str]) -> Iterator[Arrival | Reject]:
    """Give each row as an arrival, its cells read so, or as a reject with the line it starts at."""
    references = References()
    for row in rows:
        try:
            if row.fault:
                raise BadValueError(row.fault)  # noqa: TRY301 - one way out for every bad row
            texts = {field: read(cell) for field, cell in zip(columns, row.cells, strict=False) if field and cell}
            yield native_arrival(texts, "csv", references)
        except BadValueError as error:
            yield Reject("line", row.line, str(error), raw_text(row.raw))
