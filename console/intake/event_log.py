"""Event logs: what happened to cases, one event a row or a JSON line, for a past that comes in as it was."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping

from console.domain.arrival import Arrival, Reject
from console.domain.cells import original
from console.domain.errors import RefusalCode, Refused
from console.intake.event_steps import EVENT_FIELDS, Log
from console.intake.json_reading import BadJsonError, first_keys, json_value
from console.intake.native_csv import DELIMITERS, EXPORTED, heading_line, readings_of
from console.intake.native_fields import HISTORY, BadValueError, field_name, raw_text
from console.intake.source import MAX_RECORD, Feed, Head
from console.intake.table_rows import Lines, Row, Rows
from console.intake.text import NOT_UTF8, repaired, shortened

_PIECE = 1024 * 1024


class EventLogCsv:
    """A table with the columns case, time and event, and what else each event says."""

    format = "events-csv"

    def recognises(self, head: Head) -> bool:
        """Say whether the first line is the heading of a history."""
        return bool(head.lines) and any(set(each) >= HISTORY for each in readings_of(heading_line(head.lines)))

    def arrivals(self, feed: Feed) -> Iterator[Arrival | Reject]:
        """Read all events, then give their cases. Refused: a heading without case, time and event."""
        csv.field_size_limit(MAX_RECORD)
        found = readings_of(heading_line(feed.head.lines)) if feed.head.lines else [[]]
        place = max(range(len(found)), key=lambda at: (set(found[at]) >= HISTORY, len(found[at]), -at))
        lines = Lines(io.TextIOWrapper(feed.stream, feed.head.encoding, feed.head.errors, newline=""), feed)
        rows = Rows(lines, DELIMITERS[place])
        columns = [field_name(cell) for cell in next(rows, Row(1, [])).cells]
        if not set(columns) >= HISTORY:
            raise Refused("A log of events has the columns case, time and event; name them so.", RefusalCode.BAD_INPUT)
        is_ours = EXPORTED in columns
        warn_unread([name for name in columns if name not in EVENT_FIELDS and not (is_ours and name == EXPORTED)], feed)
        return _from_rows(
            rows, [name if name in EVENT_FIELDS else "" for name in columns], original if is_ours else str
        )


def _from_rows(rows: Iterator[Row], columns: list[str], read: Callable[[str], str]) -> Iterator[Arrival | Reject]:
    """Give what a table holds, its cells read so: rows that are none, then each case."""
    log = Log()
    for row in rows:
        texts = {field: read(cell) for field, cell in zip(columns, row.cells, strict=False) if field and cell}
        refused = Reject("line", row.line, row.fault, raw_text(row.raw)) if row.fault else None
        refused = refused or log.put("line", row.line, texts, row.raw)
        if refused is not None:
            yield refused
    yield from log.cases()


class EventLogJsonLines:
    """One event a line, as a JSON object with the keys case, time and event."""

    format = "events-jsonl"

    def recognises(self, head: Head) -> bool:
        """Say whether the first line is an object that is an event of a history."""
        return bool(head.lines) and head.lines[0].startswith("{") and first_keys(head.lines[0]) >= HISTORY

    def arrivals(self, feed: Feed) -> Iterator[Arrival | Reject]:
        """Read all events, then give their cases."""
        log = Log()
        text = io.TextIOWrapper(feed.stream, feed.head.encoding, feed.head.errors, newline="\n")
        for number, line in _numbered(text):
            refused = _put(log, number, line, feed)
            if refused is not None:
                yield refused
        yield from log.cases()


def _numbered(text: io.TextIOWrapper) -> Iterator[tuple[int, str]]:
    """Give each line that is not blank; of one that is too long its beginning and a character more."""
    number = 0
    while line := text.readline(MAX_RECORD + 1):
        number += 1
        rest = line
        while len(line) > MAX_RECORD and rest and not rest.endswith("\n"):
            rest = text.readline(_PIECE)
        if line.strip():
            yield number, line


def _put(log: Log, number: int, line: str, feed: Feed) -> Reject | None:
    """Put one line to its case, or give it as a reject."""
    if len(line) > MAX_RECORD:
        return Reject("line", number, f"The line is longer than {MAX_RECORD:,} characters.", raw_text(line[:1000]))
    line, count = repaired(line)
    if count:
        feed.warn(NOT_UTF8)
    try:
        return log.put("line", number, _texts(json_value(line), feed), line)
    except (BadJsonError, BadValueError) as error:
        return Reject("line", number, str(error), raw_text(line))


def _texts(value: object, feed: Feed) -> Mapping[str, str]:
    """Give the texts of an event by field, as a table would hold them."""
    if not isinstance(value, dict):
        raise BadValueError("This is not a JSON object with case, time and event.")
    warn_unread([key for key in value if field_name(key) not in EVENT_FIELDS], feed)
    known = {field: said for key, said in value.items() if (field := field_name(key)) in EVENT_FIELDS}
    return {field: _text(field, said) for field, said in known.items() if said is not None}


def _text(field: str, value: object) -> str:
    if isinstance(value, list) and field == "tags":
        return ";".join(_text(field, word).replace(";", ",") for word in value)
    if isinstance(value, bool | list | dict):
        raise BadValueError(f"{field} takes a text or a number.")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def warn_unread(names: list[str], feed: Feed) -> None:
    """Name columns or keys that are not read, once for the file."""
    told = [shortened(name, 60) for name in names if name]
    if told and not any(sentence.startswith("Not read") for sentence in feed.warnings):
        feed.warn(f"Not read: {', '.join(told[:10])}{f' and {len(told) - 10} more' if len(told) > 10 else ''}.")  # noqa: PLR2004 - ten are named
