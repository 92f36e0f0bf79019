"""A report as Markdown: a table in which names stand as code, where nothing of them is markup, a link or a mention."""

from __future__ import annotations

from collections.abc import Iterator

from console.domain.markdown import code, heading, plain
from console.reports.report import Cell, Column, Holds, Report, Row
from console.reports.words import is_number, scope, shown


def lines(report: Report, zone: str) -> Iterator[str]:
    """Give the report line by line."""
    yield f"# {plain(report.title)}"
    yield from ("", plain(report.said), "", plain(scope(report, zone)))
    if report.rows:
        yield ""
        yield _row([plain(column.heading) for column in report.columns])
        yield _row(["---:" if is_number(column) else "---" for column in report.columns])
        yield from (_row(list(map(_cell, report.columns, row.cells))) for row in report.rows)
    ways = [(row, key, drill.query) for row in report.rows for key, drill in row.drills.items() if drill.query]
    if ways:
        yield from heading(2, "Cases")
        yield from (_way(row, key, query) for row, key, query in ways)


def _way(row: Row, key: str, query: str) -> str:
    return f"* {code(row.key)}, {plain(key)}: {code(query)}"


def _cell(column: Column, cell: Cell) -> str:
    """Write a cell; a bar in a name would end it, even in code."""
    said = shown(cell)
    return code(said).replace("|", "\\|") if column.holds is Holds.TEXT else plain(said)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
