"""A report as one HTML file: its plot as inline SVG, its table, and nothing that runs or is loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from console.domain.safe import safe_line
from console.reports import as_svg
from console.reports.report import Column, Report, Row
from console.reports.words import is_number, scope, shown

STYLE = (
    ":root{color-scheme:light dark;--ink:#1c2733;--soft:#5d6b7a;--line:#d9dfe5;--page:#fff;"
    "--b0:#2f6fad;--b1:#e08a1e;--b2:#8c9bab}"
    "@media (prefers-color-scheme:dark){:root{--ink:#e3e8ee;--soft:#9aa7b5;--line:#333d48;--page:#151b22;"
    "--b0:#6ba6de;--b1:#f0a94a;--b2:#7d8b99}}"
    "body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--page);margin:2rem auto;"
    "max-width:56rem;padding:0 1.5rem}"
    "h1{font-size:1.6rem;margin:0 0 .4rem}h2{font-size:1.1rem;margin:2rem 0 .4rem}p{margin:.2rem 0}"
    ".said{font-size:1.15rem}.soft{color:var(--soft)}svg{display:block;width:100%;margin:1.2rem 0;overflow:visible}"
    "svg text{font-size:13px;fill:var(--ink)}svg .tick,svg .value{fill:var(--soft);font-size:12px}"
    ".grid{stroke:var(--line)}.axis{stroke:var(--soft)}"
    ".b0{fill:var(--b0)}.b1{fill:var(--b1)}.b2{fill:var(--b2)}"
    ".key{margin:1rem 0 -.6rem}.key svg{display:inline-block;width:12px;height:12px;margin:0 .4rem 0 0;"
    "vertical-align:-1px}.key span{margin-right:1.4rem}"
    "table{border-collapse:collapse;margin-top:1rem}"
    "th,td{padding:.25rem 0 .25rem 1.6rem;text-align:left;border-bottom:1px solid var(--line);vertical-align:top}"
    "th{font-weight:600;color:var(--soft);border-bottom-color:var(--soft)}th:first-child,td:first-child{padding-left:0}"
    ".n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}"
    ".ways{font-size:.85rem;line-height:1.7;padding:0;list-style:none}code{overflow-wrap:anywhere}"
    "@media print{:root{--ink:#000;--soft:#444;--line:#bbb;--page:#fff;--b0:#2f6fad;--b1:#e08a1e;--b2:#8c9bab}"
    "body{margin:0;max-width:none;padding:0;font-size:11pt}svg,.key{print-color-adjust:exact;"
    "-webkit-print-color-adjust:exact}tr,li{break-inside:avoid}thead{display:table-header-group}}"
)


def lines(report: Report, zone: str) -> Iterator[str]:
    """Give the file line by line."""
    yield "<!doctype html>"
    yield '<html lang="en"><head><meta charset="utf-8">'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{_text(report.title)}</title><style>{STYLE}</style></head><body>"
    yield f"<h1>{_text(report.title)}</h1>"
    yield f'<p class="said">{_text(report.said)}</p>'
    yield f'<p class="soft">{_text(scope(report, zone))}</p>'
    yield from _key(report)
    yield from as_svg.lines(report)
    if report.rows:
        yield from _table(report)
    yield from _ways(report)
    yield "</body></html>"


def _key(report: Report) -> Iterator[str]:
    """Say what is drawn: by its colour where it is more than one thing."""
    drawn = [column for column in report.columns if column.key in report.plots]
    if not drawn or not report.rows:
        return
    swatches = [f'<svg viewBox="0 0 12 12"><rect class="b{turn % as_svg.COLOURS}" width="12" height="12"/></svg>'
                for turn in range(len(drawn))]  # fmt: skip
    told = "".join(
        f"<span>{swatch if len(drawn) > 1 else ''}{_text(column.heading)}</span>"
        for swatch, column in zip(swatches, drawn, strict=True)
    )
    yield f'<p class="key soft">{told}</p>'


def _table(report: Report) -> Iterator[str]:
    yield f"<table><thead><tr>{''.join(map(_head, report.columns))}</tr></thead><tbody>"
    for row in report.rows:
        cells = "".join(
            f"<td{_side(column)}>{_text(shown(cell))}</td>"
            for column, cell in zip(report.columns, row.cells, strict=True)
        )
        yield f"<tr>{cells}</tr>"
    yield "</tbody></table>"


def _ways(report: Report) -> Iterator[str]:
    """Give the queries that find the cases behind what is drawn; the others are in the JSON."""
    found = [(row, key) for row in report.rows for key in report.plots if key in row.drills and row.drills[key].query]
    if not found:
        return
    yield '<h2>Find these cases</h2><p class="soft">In the console by /, or on the command line by triage list.</p>'
    yield '<ul class="ways">'
    for row, key in found:
        yield f"<li>{_text(_called(report, row, key))}: <code>{_text(row.drills[key].query)}</code></li>"
    yield "</ul>"


def _called(report: Report, row: Row, key: str) -> str:
    """Name a figure: its row, and its column where several are drawn."""
    heading = next(column.heading for column in report.columns if column.key == key)
    return f"{as_svg.name(report, row)}, {heading}" if len(report.plots) > 1 else as_svg.name(report, row)


def _head(column: Column) -> str:
    return f"<th{_side(column)}>{_text(column.heading)}</th>"


def _side(column: Column) -> str:
    return ' class="n"' if is_number(column) else ""


def _text(text: str) -> str:
    """Give text with nothing in it that HTML would take for its own, or that acts or hides."""
    return escape(safe_line(text))
