"""Rows of a table: always whole ones, each with the line it starts at, in constant memory whatever the file holds."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from console.intake.source import MAX_RECORD, Feed
from console.intake.text import NOT_UTF8, repaired

_ENOUGH_COLUMNS = 3
_MOST_BEFORE = 30
_LINE_END = re.compile(r"\r\n|\r|\n")
_OPEN = "A quote opens in this row and is not closed; close it, or double it where it is meant."
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it starts at, its cells, and what is wrong with it as a row."""

    line: int
    cells: list[str]
    raw: str = ""
    fault: str = ""


class TooLongError(Exception):
    """A row that is longer than a row may be."""


class Lines:
    """The physical lines of a table, handed to the CSV reader one row's worth at a time."""

    def __init__(self, text: io.TextIOWrapper, feed: Feed) -> None:
        self.number = 0
        self.taken: list[str] = []
        self.ended = False
        self._again: deque[str] = deque()
        self._text = text
        self._feed = feed
        self._size = 0

    def begin(self) -> None:
        """Start a new row."""
        self.taken, self._size, self.ended = [], 0, False

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._text.readline(MAX_RECORD + 1)
        if not line:
            self.ended = True
            raise StopIteration
        self.number += 1
        self._size += len(line)
        if not line.isascii():
            line, count = repaired(line)
            if count:
                self._feed.warn(NOT_UTF8)
        self.taken.append(line)
        if self._size > MAX_RECORD:
            raise TooLongError
        return line

    def skip(self, count: int) -> None:
        """Pass over so many lines that are not blank."""
        while count > 0:
            self.begin()
            line = next(self, "")
            count = count - bool(line.strip()) if line else 0

    def give_back(self, keep: int) -> None:
        """Take back every line of this row but the first `keep`, to read them again."""
        self._again.extendleft(reversed(self.taken[keep:]))
        self.number -= len(self.taken) - keep
        del self.taken[keep:]

    def skip_row(self) -> None:
        """Pass over the rest of a row that is too long: up to a line end with every quote closed."""
        quotes = sum(line.count('"') for line in self.taken)
        ended = self.taken[-1].endswith(("\n", "\r"))
        while not (ended and quotes % 2 == 0):
            piece = self._text.readline(_PIECE)
            if not piece:
                return
            quotes += piece.count('"')
            self.number += ended
            ended = piece.endswith(("\n", "\r"))


class Rows:
    """The rows of a table, always whole ones; what cannot be a row comes with its fault.

    Where `is_wide`, a row may have more cells than the heading has columns.
    """

    def __init__(self, lines: Lines, delimiter: str, *, is_wide: bool = False) -> None:
        self._lines = lines
        self._is_wide = is_wide
        self._delimiter = delimiter
        self._reader = csv.reader(lines, delimiter=delimiter)
        self._width = 0

    def __iter__(self) -> Iterator[Row]:
        return self

    def __next__(self) -> Row:
        while True:
            row = self._one()
            if not self._width and row.cells and row.cells[0].lower().startswith("sep="):
                continue
            if any(map(str.strip, row.cells)) or row.fault:
                self._width = self._width or len(row.cells)
                return row

    def _one(self) -> Row:
        """Give the next row, blank or not."""
        lines = self._lines
        lines.begin()
        line = lines.number + 1
        try:
            cells = next(self._reader)
        except (TooLongError, csv.Error):
            if self._is_stray():
                lines.give_back(keep=1)
                return Row(line, [], "".join(lines.taken), _OPEN)
            raw = "".join(islice(lines.taken, 10))[:1000]
            lines.skip_row()
            said = (
                f"The row, up to line {lines.number}, is longer than {MAX_RECORD:,} characters; is a quote left open?"
            )
            return Row(line, [], raw, said)
        wrong = self._wrong(cells)
        if not wrong:
            return Row(line, cells, "".join(lines.taken))
        if self._is_stray():
            lines.give_back(keep=1)
            wrong = _OPEN
        return Row(line, cells, "".join(lines.taken), wrong)

    def _wrong(self, cells: list[str]) -> str:
        """Say what is wrong with these cells as a row, or nothing."""
        if self._lines.ended:
            return (
                f"A quote opens in this row and is not closed before the end of the file (line {self._lines.number})."
            )
        if self._width and not self._is_wide and any(map(str.strip, cells[self._width :])):
            return f"The row has {len(cells)} cells, but the heading has {self._width} columns."
        if 0 < len(cells) < self._width and any(cells):
            return f"The row has {len(cells)} cells, but the heading has {self._width} columns; is it cut off?"
        return ""

    def _is_stray(self) -> bool:
        """Say whether the row swallowed others: every further line of it is a whole row on its own."""
        return (
            self._width >= _ENOUGH_COLUMNS
            and len(self._lines.taken) > 1
            and all(map(self._is_row, self._lines.taken[1:]))
        )

    def _is_row(self, line: str) -> bool:
        """Say whether a line alone has as many cells as the heading, every quote closed."""
        try:
            cells = next(csv.reader([line], delimiter=self._delimiter, strict=True), [])
        except csv.Error:
            return False
        return len(cells) == self._width


def heading_of(text: str, marks: str, known: Callable[[list[str]], int]) -> tuple[int, str]:
    """Give how many lines stand before the heading of a table, and what stands between its cells.

    It is the line and the mark under which most cells are known; a report may begin with its name and date.
    """
    lines = [line for line in _LINE_END.split(text) if line.strip()][: _MOST_BEFORE + 1]
    found = (0, 0, 0)
    for place, line in enumerate(lines):
        for order, mark in enumerate(marks):
            count = known(next(csv.reader([line], delimiter=mark), []))
            found = max(found, (count, -place, -order))
    return -found[1], marks[-found[2]]
