"""Every form a report is written in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from console.reports import as_data, as_html, as_markdown, as_table
from console.reports.report import Report


@dataclass(frozen=True, slots=True)
class Paper:
    """What a report is written on: so many columns, times in this zone, and perhaps nothing but ASCII."""

    wide: int = 80
    zone: str = "UTC"
    ascii_only: bool = False


FORMS: Mapping[str, Callable[[Report, Paper], Iterator[str]]] = {
    "table": lambda report, paper: _ended(as_table.lines(report, paper.wide, paper.zone, ascii_only=paper.ascii_only)),
    "csv": lambda report, _: as_data.csv_lines(report),
    "json": lambda report, _: iter([as_data.json_document(report)]),
    "markdown": lambda report, paper: _ended(as_markdown.lines(report, paper.zone)),
    "html": lambda report, paper: _ended(as_html.lines(report, paper.zone)),
}
"""Each form by its name: the pieces it is written in, one after another."""


def _ended(lines: Iterator[str]) -> Iterator[str]:
    return (f"{line}\n" for line in lines)
