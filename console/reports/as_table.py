"""A report for a terminal: a table of the width at hand, each drawn column followed by its bars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap

from console.domain.safe import padded, safe_line, width
from console.reports.plot import bar
from console.reports.report import Report
from console.reports.words import is_number, number, scope, shown

GAP = "  "
NARROWEST_BAR, WIDEST_BAR = 6, 40
NARROWEST_TEXT = 8


@dataclass(frozen=True, slots=True)
class Part:
    """What one column shows in one line, as wide as the column; a bar is drawn of the column that it names."""

    key: str
    text: str
    is_bar: bool = False


Line = tuple[Part, ...]


def lines(report: Report, wide: int, zone: str, *, ascii_only: bool = False) -> Iterator[str]:
    """Give the report line by line, each at most `wide` cells."""
    yield from (padded(line, wide).rstrip() for line in wrap(safe_line(f"{report.title}: {report.said}"), wide))
    yield padded(scope(report, zone), wide).rstrip()
    if report.rows:
        yield ""
        for line in table(report, wide, ascii_only=ascii_only):
            yield GAP.join(part.text for part in line).rstrip()


def table(report: Report, wide: int, *, ascii_only: bool = False) -> list[Line]:
    """Give the headings and the rows; the bars of the only drawn column stand at the end, those of several behind each.

    Between the parts of a line stands a `GAP`.
    """
    drawn = [place for place, column in enumerate(report.columns) if column.key in report.plots]
    texts = [[shown(cell, ascii_only=ascii_only) for cell in row.cells] for row in report.rows]
    heads = [column.heading for column in report.columns]
    widths = [max(map(width, column)) for column in zip(heads, *texts, strict=True)]
    cells = min(_cut(report, widths, wide, len(drawn)), WIDEST_BAR)
    most = max((number(row.cells[place]) for row in report.rows for place in drawn), default=0)
    found = [_line(report, heads, widths, dict.fromkeys(drawn, " " * cells))]
    for row, text in zip(report.rows, texts, strict=True):
        bars = {place: bar(number(row.cells[place]), most, cells, ascii_only=ascii_only) for place in drawn}
        found.append(_line(report, text, widths, {place: padded(each, cells) for place, each in bars.items()}))
    return found


def _line(report: Report, texts: list[str], widths: list[int], bars: dict[int, str]) -> Line:
    """Give one line: names to the left, numbers to the right, bars where they belong."""
    parts = []
    for place, column in enumerate(report.columns):
        text = padded(texts[place], widths[place])
        parts.append(Part(column.key, text.rstrip().rjust(widths[place]) if is_number(column) else text))
        if place in bars and len(bars) > 1:
            parts.append(Part(column.key, bars[place], is_bar=True))
    if len(bars) == 1:
        ((place, drawn),) = bars.items()
        parts.append(Part(report.columns[place].key, drawn, is_bar=True))
    return tuple(parts)


def _cut(report: Report, widths: list[int], wide: int, bars: int) -> int:
    """Narrow the widest names until all fits with the narrowest bars, and give how wide each bar can be."""
    texts = [place for place, column in enumerate(report.columns) if not is_number(column)]
    spare = wide - sum(widths) - len(GAP) * (len(widths) - 1) - bars * (NARROWEST_BAR + len(GAP))
    while spare < 0 and texts and widths[place := max(texts, key=lambda each: widths[each])] > NARROWEST_TEXT:
        widths[place] -= 1
        spare += 1
    return max(NARROWEST_BAR + spare // bars, 0) if bars else 0
