"""Mapped tables: any table or JSON, read by a map that says which column is what and what its values mean."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from console.domain.arrival import Arrival, Reject
from console.domain.errors import RefusalCode, Refused
from console.intake.event_steps import Log
from console.intake.json_cells import is_json, json_rows, lists_in
from console.intake.native_fields import BadValueError, References, native_arrival, raw_text
from console.intake.source import MAX_RECORD, Feed, Head
from console.intake.table_map import NEEDED, Places, TableMap, hinted, plain_heading
from console.intake.table_rows import Lines, Row, Rows, heading_of
from console.intake.text import shortened

MARKS = ",;\t|"
"""What can stand between the cells of a table."""
_NAMED = 10


class Mapped:
    """A table that is read by a map, whatever it looks like."""

    format = "mapped"

    def __init__(self, table_map: TableMap) -> None:
        """Keep the map."""
        self.map = table_map

    def recognises(self, head: Head) -> bool:
        """Say that it reads nothing unasked."""
        del head
        return False

    def arrivals(self, feed: Feed) -> Iterator[Arrival | Reject]:
        """Read the table row by row. Refused: one that lacks a column the map cannot do without."""
        rows, places = self._json(feed) if is_json(feed.head) else self._table(feed)
        place = "item" if is_json(feed.head) else "line"
        return self._events(rows, places, place) if self.map.kind == "events" else self._cases(rows, places, place)

    def _json(self, feed: Feed) -> tuple[Iterator[Row], Places]:
        """Give the records of JSON as rows of the columns that the map names."""
        columns = list(dict.fromkeys(each for named in self.map.columns.values() for each in named))
        needed = (self.map.columns.get(name, ()) for name in NEEDED[self.map.kind])
        own = {plain_heading(each.split(".")[0]) for named in needed for each in named}
        found = (self.map.records,) if self.map.records else lists_in(feed.head, lambda key: plain_heading(key) in own)
        return json_rows(feed, found, columns), self.map.places(columns)

    def _table(self, feed: Feed) -> tuple[Iterator[Row], Places]:
        """Give the rows of a table, and where its columns stand; lines before its heading are passed over."""
        csv.field_size_limit(MAX_RECORD)
        encoding = self.map.encoding or feed.head.encoding
        errors = "replace" if self.map.encoding else feed.head.errors
        text = io.TextIOWrapper(feed.stream, encoding, errors, newline="")
        head = feed.head.data.decode(encoding, errors) if self.map.encoding else feed.head.text
        before, mark = heading_of(head, self.map.delimiter or MARKS, self._known)
        lines = Lines(text, feed)
        lines.skip(before)
        rows = Rows(lines, mark)
        headings = next(rows, Row(1, [])).cells
        if headings:
            headings[0] = headings[0].removeprefix("\ufeff")
        places = self.map.places(headings)
        self._check(headings, places, feed)
        return rows, places

    def _known(self, headings: list[str]) -> int:
        """Give how many of its columns the map finds under these headings."""
        return sum(map(len, self.map.places(headings).values()))

    def _check(self, headings: list[str], places: Places, feed: Feed) -> None:
        """Say which columns of the map the table has not; refuse it where there is no reading it without."""
        for field in NEEDED[self.map.kind]:
            if field not in places and field not in self.map.constants:
                named = " or ".join(f"'{each}'" for each in self.map.columns.get(field, ()))
                there = ", ".join(shortened(each, 40) for each in headings[:_NAMED])
                told = f"{feed.name} has no column {named} for {field}; its columns begin with: {there or 'nothing'}."
                raise Refused(told, RefusalCode.BAD_INPUT)
        known = {plain_heading(each) for each in headings}
        lost = [each for named in self.map.columns.values() for each in named if plain_heading(each) not in known]
        if lost:
            feed.warn(
                f"The map names columns that are not there: {', '.join(shortened(each, 60) for each in lost[:10])}."
            )

    def _cases(self, rows: Iterator[Row], places: Places, place: str) -> Iterator[Arrival | Reject]:
        """Give each row as a case."""
        references = References()
        for row in rows:
            try:
                if row.fault:
                    raise BadValueError(row.fault)  # noqa: TRY301 - one way out for every bad row
                yield native_arrival(self.map.texts(row.cells, places), "csv", references)
            except BadValueError as error:
                yield Reject(place, row.line, hinted(error, self.map), raw_text(row.raw))

    def _events(self, rows: Iterator[Row], places: Places, place: str) -> Iterator[Arrival | Reject]:
        """Give the cases that the events of all rows make."""
        log = Log(self.map.constants.get("source", ""))
        for row in rows:
            refused = (
                Reject(place, row.line, row.fault, raw_text(row.raw))
                if row.fault
                else self._put(log, row, places, place)
            )
            if refused is not None:
                yield refused
        yield from log.cases()

    def _put(self, log: Log, row: Row, places: Places, place: str) -> Reject | None:
        """Put one row to its case; a time that is none is told with its case, which is left out."""
        try:
            texts = self.map.texts(row.cells, places)
        except BadValueError as error:
            texts = {"case": self.map.case_of(row.cells, places), "fault": hinted(error, self.map)}
        return log.put(place, row.line, texts, row.raw)
