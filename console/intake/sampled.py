"""A table looked at: its heading and first rows, found whatever stands before them and between them."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice

from console.intake.heading_words import HEADINGS, field_of
from console.intake.json_cells import is_json, lists_in, paths_in
from console.intake.json_members import members
from console.intake.mapped import MARKS
from console.intake.opening import DAMAGE, open_feed
from console.intake.source import MAX_RECORD, Feed
from console.intake.table_map import UNSAID
from console.intake.text import one_line, repaired

_READ = 4 * 1024 * 1024
_ROWS = 20_000
_RECORDS = 2_000
_COLUMNS = 2_000
_FEWEST = 2
_LOOKED_AT = 30
_FILLED = 0.8


@dataclass(frozen=True, slots=True)
class Sample:
    """What was looked at: the heading, the rows below it, and how they are written.

    `mark` stands between cells, and is empty for JSON; `records` is the key under which that has its list.
    """

    heading: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = field(default_factory=list)
    mark: str = ""
    records: str = ""
    is_strange: bool = False

    def values(self, place: int) -> tuple[str, ...]:
        """Give what stands in a column, but for cells that say nothing."""
        cells = (row[place].strip() for row in self.rows if place < len(row))
        return tuple(one_line(cell[:500]) for cell in cells if cell not in UNSAID)


def sampled(path: str) -> Sample:
    """Give the beginning of a table. Refused: a file that cannot be read."""
    with ExitStack() as opened:
        feed = open_feed(path, opened)
        try:
            if is_json(feed.head):
                return _of_json(feed)
            data = feed.stream.read(_READ)
        except DAMAGE:
            data = feed.head.data
        text, strange = repaired(data.decode(feed.head.encoding, feed.head.errors))
    mark, rows = _table(text)
    if not rows or len(rows[0]) < _FEWEST:
        return Sample()
    return Sample(rows[0][:_COLUMNS], rows[1:], mark, is_strange=bool(strange))


def _of_json(feed: Feed) -> Sample:
    """Give the records of JSON as rows, each path to something as a column."""
    by_key: dict[str, list[dict[str, str]]] = {}
    for key, value in islice(members(feed, *lists_in(feed.head, _is_title)), _RECORDS):
        if isinstance(value, dict):
            by_key.setdefault(key, []).append(dict(islice(paths_in(value), _COLUMNS)))
    records = max(by_key, key=lambda key: (len(by_key[key]), key != ""), default="")
    found = by_key.get(records, [])
    heading = list(dict.fromkeys(path for record in found for path in record))[:_COLUMNS]
    return Sample(heading, [[record.get(path, "") for path in heading] for record in found], records=records)


def _is_title(key: str) -> bool:
    """Say whether a key of an object says that it is a record and no answer."""
    return field_of(key, HEADINGS) == ("title", True)


def _table(text: str) -> tuple[str, list[list[str]]]:
    """Give the delimiter under which most rows are of one width, and the rows from the heading on."""
    csv.field_size_limit(MAX_RECORD)
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    if len(lines) > 1 and lines[0].lower().startswith("sep="):
        del lines[0]
    best: tuple[tuple[float, int], str, list[list[str]]] = ((0.0, 0), ",", [])
    for mark in MARKS:
        rows = list(islice(_rows(lines, mark), _ROWS + 1))
        width = _width(rows)
        like = sum(len(row) == width for row in rows) / max(len(rows), 1)
        score = (round(like, 1) if width >= _FEWEST else 0.0, width)
        if score > best[0]:
            best = (score, mark, rows)
    return best[1], _from_heading(best[2])


def _rows(lines: Sequence[str], mark: str) -> Iterator[list[str]]:
    """Give the rows that are not blank, as far as they can be read."""
    try:
        for row in csv.reader(lines, delimiter=mark):
            if any(map(str.strip, row)):
                yield row
    except csv.Error:
        return


def _width(rows: Sequence[Sequence[str]]) -> int:
    """Give how many cells most rows have; of two widths the larger, and that of the first where it is as good."""
    counts = Counter(map(len, rows[:1000]))
    return max(counts, key=lambda width: (counts[width], width), default=0)


def _from_heading(rows: list[list[str]]) -> list[list[str]]:
    """Give the rows from the heading on: the first that is as wide as most and has nearly all its cells filled."""
    width = _width(rows)
    filled = [sum(map(bool, map(str.strip, row))) if len(row) == width else 0 for row in rows[:_LOOKED_AT]]
    enough = max(filled, default=0) * _FILLED
    return rows[next((place for place, count in enumerate(filled) if count >= enough), 0) :]
