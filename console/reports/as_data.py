"""A report as data: CSV that no spreadsheet runs anything of, and one JSON document. Lengths of time are in seconds."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import datetime, timedelta

from console.domain.cells import harmless
from console.domain.safe import safe_line
from console.reports.report import Cell, Drill, Holds, Report, Row


def csv_lines(report: Report) -> Iterator[str]:
    """Give a heading and the rows as RFC 4180 has it, each with the word it is asked for by."""
    keys = [f"{each.key}_seconds" if each.holds is Holds.SPAN else each.key for each in report.columns]
    yield _row(["row", *keys])
    for row in report.rows:
        yield _row([_cell(row.key), *map(_cell, row.cells)])


def json_document(report: Report) -> str:
    """Give the report as one JSON document, in ASCII."""
    asked = report.asked
    period = {} if report.is_of_now else {"since": _when(asked.since), "until": _when(asked.until)}
    told = {
        "report": report.name, "title": report.title, "said": report.said, "at": _when(asked.now), **period,
        "view": asked.view or None,
        "columns": [
            {"key": each.key, "heading": each.heading, "holds": each.holds.name.lower()} for each in report.columns
        ],
        "rows": [_told(report, row) for row in report.rows],
    }  # fmt: skip
    return json.dumps(told, indent=2) + "\n"


def _told(report: Report, row: Row) -> dict[str, object]:
    """Give a row by the keys of its columns, and how its cases are found."""
    cells = {column.key: _plain(cell) for column, cell in zip(report.columns, row.cells, strict=True)}
    return {"row": row.key, **cells, "cases_of": {key: _way(drill) for key, drill in row.drills.items()}}


def _way(drill: Drill) -> str | None:
    """Give the query that finds the same cases, where there is one."""
    return drill.query or None


def _plain(cell: Cell) -> str | float | None:
    if isinstance(cell, timedelta):
        return round(cell.total_seconds())
    return round(cell, 4) if isinstance(cell, float) else cell


def _cell(cell: Cell) -> str:
    """Give a cell of the table: numbers as they are, text with nothing in it for a spreadsheet to run."""
    plain = _plain(cell)
    if plain is None:
        return ""
    return harmless(safe_line(plain)) if isinstance(plain, str) else str(plain)


def _row(cells: list[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(cells)
    return written.getvalue()


def _when(at: datetime) -> str:
    return at.isoformat()
