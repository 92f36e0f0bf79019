"""A report's plot as inline SVG: bars with their names, their values and an axis, in colours that the page sets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from html import escape

from console.domain.safe import padded, safe_line, width
from console.reports.axis import ticks
from console.reports.report import Cell, Column, Holds, Report, Row
from console.reports.words import is_number, number, shown

WIDE, RIGHT = 840, 64
"""How wide the plot is, and how much of that is left at the right for the value of the longest bar."""
BAR, GAP, TOP = 15, 9, 26
LETTER = 7.2
"""About how wide a letter is."""
LONGEST_NAME = 34
COLOURS = 3
"""How many colours bars have; with more drawn columns they come again."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the bars begin, how long a bar of 1 is, and which columns are drawn."""

    left: float
    scale: float
    drawn: list[tuple[int, Column]]


def lines(report: Report) -> Iterator[str]:
    """Give the plot line by line; nothing for a report without rows or without anything drawn."""
    drawn = [(place, column) for place, column in enumerate(report.columns) if column.key in report.plots]
    if not drawn or not report.rows:
        return
    names = [name(report, row) for row in report.rows]
    left = round(max(map(width, names)) * LETTER) + 12
    marks = ticks(max(number(row.cells[place]) for row in report.rows for place, _ in drawn), drawn[0][1].holds)
    frame = Frame(left, (WIDE - left - RIGHT) / marks[-1], drawn)
    step = len(drawn) * BAR + GAP
    high = TOP + step * len(report.rows)
    yield f'<svg viewBox="0 0 {WIDE} {high + 4}" role="img" aria-label="{escape(safe_line(report.title))}">'
    for mark in marks:
        yield from _mark(left + mark * frame.scale, high, shown(_cell(mark, drawn[0][1].holds)))
    for place, (row, called) in enumerate(zip(report.rows, names, strict=True)):
        yield from _bars(frame, row, called, TOP + GAP / 2 + place * step)
    yield f'<line class="axis" x1="{left}" y1="{TOP}" x2="{left}" y2="{high}"/></svg>'


def name(report: Report, row: Row) -> str:
    """Give what a row is called in a plot: its words, in so many letters."""
    words = [shown(cell) for column, cell in zip(report.columns, row.cells, strict=True) if not is_number(column)]
    return padded(", ".join(words), LONGEST_NAME).rstrip()


def _mark(x: float, high: float, said: str) -> Iterator[str]:
    """Draw a mark of the axis from top to bottom, with its value."""
    yield f'<line class="grid" x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{high}"/>'
    yield f'<text class="tick" x="{x:.1f}" y="{TOP - 8}" text-anchor="middle">{escape(said)}</text>'


def _bars(frame: Frame, row: Row, called: str, top: float) -> Iterator[str]:
    """Draw the bars of a row, one below the other, each with its value at its end."""
    left, middle = frame.left, top + len(frame.drawn) * BAR / 2 + 4
    yield f'<text x="{left - 8}" y="{middle:.1f}" text-anchor="end">{escape(called)}</text>'
    for turn, (place, _) in enumerate(frame.drawn):
        cell, y = row.cells[place], top + turn * BAR
        long = number(cell) * frame.scale
        if long > 0:
            wide = max(long, 1)
            yield f'<rect class="b{turn % COLOURS}" x="{left}" y="{y:.1f}" width="{wide:.1f}" height="{BAR - 2}"/>'
        yield f'<text class="value" x="{left + long + 5:.1f}" y="{y + BAR - 4:.1f}">{escape(shown(cell))}</text>'


def _cell(mark: float, holds: Holds) -> Cell:
    """Give a mark of the axis as a cell of the column."""
    if holds is Holds.SPAN:
        return timedelta(seconds=mark)
    return mark if holds is Holds.SHARE else round(mark)
