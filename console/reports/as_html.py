"""A report as one HTML file: its table, its bars as inline SVG, and nothing that runs or is loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from console.domain.safe import safe_line
from console.reports.report import Column, Report, Row
from console.reports.words import is_number, number, scope, shown

WIDE, HIGH = 240, 14
STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:64rem;padding:0 1rem;"
    "color-scheme:light dark}"
    "table{border-collapse:collapse}th,td{padding:.3rem .8rem .3rem 0;text-align:left;"
    "border-bottom:1px solid #8884;vertical-align:top}"
    ".n{text-align:right;font-variant-numeric:tabular-nums}svg{vertical-align:middle}rect{fill:#3572b0}"
    "code{font-size:.85em;overflow-wrap:anywhere}.s{color:GrayText}"
)


def lines(report: Report, zone: str) -> Iterator[str]:
    """Give the file line by line."""
    yield "<!doctype html>"
    yield '<html lang="en"><head><meta charset="utf-8">'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{_text(report.title)}</title><style>{STYLE}</style></head><body>"
    yield f"<h1>{_text(report.title)}</h1>"
    yield f"<p>{_text(report.said)}</p>"
    yield f'<p class="s">{_text(scope(report, zone))}</p>'
    if report.rows:
        yield from _table(report)
    yield "</body></html>"


def _table(report: Report) -> Iterator[str]:
    has_ways = any(drill.query for row in report.rows for drill in row.drills.values())
    drawn = [(place, column) for place, column in enumerate(report.columns) if column.key in report.plots]
    most = max(number(row.cells[place]) for row in report.rows for place, _ in drawn) if drawn else 0
    bars = "".join(f"<th>{_text(column.heading)}</th>" for _, column in drawn)
    ways = "<th>cases</th>" if has_ways else ""
    yield f"<table><thead><tr>{''.join(map(_head, report.columns))}{bars}{ways}</tr></thead><tbody>"
    for row in report.rows:
        cells = "".join(
            f"<td{_side(column)}>{_text(shown(cell))}</td>"
            for column, cell in zip(report.columns, row.cells, strict=True)
        )
        plots = "".join(f"<td>{_bar(number(row.cells[place]), most)}</td>" for place, _ in drawn)
        yield f"<tr>{cells}{plots}{_ways(report, row) if has_ways else ''}</tr>"
    yield "</tbody></table>"


def _ways(report: Report, row: Row) -> str:
    """Give the query behind what is drawn; the others are in the JSON."""
    queries = [row.drills[key].query for key in report.plots if key in row.drills and row.drills[key].query]
    return f"<td>{'<br>'.join(f'<code>{_text(each)}</code>' for each in queries)}</td>"


def _bar(value: float, most: float) -> str:
    long = max(round(WIDE * value / most), 1) if value > 0 and most > 0 else 0
    return (
        f'<svg width="{WIDE}" height="{HIGH}" role="img" aria-label="{value:g}">'
        f'<rect width="{long}" height="{HIGH}"/></svg>'
    )


def _head(column: Column) -> str:
    return f"<th{_side(column)}>{_text(column.heading)}</th>"


def _side(column: Column) -> str:
    return ' class="n"' if is_number(column) else ""


def _text(text: str) -> str:
    """Give text with nothing in it that HTML would take for its own, or that acts or hides."""
    return escape(safe_line(text))
