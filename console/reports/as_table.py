"""A report for a terminal: a table of the width at hand, each drawn column followed by its bars."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from console.domain.safe import padded, safe_line, width
from console.reports.plot import bar
from console.reports.report import Report
from console.reports.words import is_number, number, scope, shown

GAP = "  "
NARROWEST_BAR, WIDEST_BAR = 6, 40
NARROWEST_TEXT = 8


def lines(report: Report, wide: int, zone: str, *, ascii_only: bool = False) -> Iterator[str]:
    """Give the report line by line, each at most `wide` cells."""
    yield from (padded(line, wide).rstrip() for line in wrap(safe_line(f"{report.title}: {report.said}"), wide))
    yield padded(scope(report, zone), wide).rstrip()
    if report.rows:
        yield ""
        yield from _table(report, wide, ascii_only=ascii_only)


def _table(report: Report, wide: int, *, ascii_only: bool) -> Iterator[str]:
    """Give heading and rows; the bars of the only drawn column stand at the end, those of several behind each."""
    drawn = [place for place, column in enumerate(report.columns) if column.key in report.plots]
    texts = [[shown(cell) for cell in row.cells] for row in report.rows]
    heads = [column.heading for column in report.columns]
    widths = [max(map(width, column)) for column in zip(heads, *texts, strict=True)]
    spare = _cut(report, widths, wide - len(drawn) * (NARROWEST_BAR + len(GAP))) + len(drawn) * NARROWEST_BAR
    cells = min(spare // len(drawn), WIDEST_BAR) if drawn else 0
    most = max((number(row.cells[place]) for row in report.rows for place in drawn), default=0)
    yield _line(report, heads, widths, dict.fromkeys(drawn, " " * cells))
    for row, text in zip(report.rows, texts, strict=True):
        bars = {place: bar(number(row.cells[place]), most, cells, ascii_only=ascii_only) for place in drawn}
        yield _line(report, text, widths, {place: padded(each, cells) for place, each in bars.items()})


def _line(report: Report, texts: list[str], widths: list[int], bars: dict[int, str]) -> str:
    """Give one line: names to the left, numbers to the right, bars where they belong."""
    parts = []
    for place, column in enumerate(report.columns):
        text = padded(texts[place], widths[place])
        parts.append(text.rstrip().rjust(widths[place]) if is_number(column) else text)
        if place in bars and len(bars) > 1:
            parts.append(bars[place])
    return GAP.join([*parts, *(bars.values() if len(bars) == 1 else ())]).rstrip()


def _cut(report: Report, widths: list[int], wide: int) -> int:
    """Narrow the widest names until the columns fit, and give how many cells are left then."""
    texts = [place for place, column in enumerate(report.columns) if not is_number(column)]
    spare = wide - sum(widths) - len(GAP) * (len(widths) - 1)
    while spare < 0 and widths[place := max(texts, key=lambda each: widths[each])] > NARROWEST_TEXT:
        widths[place] -= 1
        spare += 1
    return max(spare, 0)
