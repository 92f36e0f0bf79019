"""Reports on the command line: which there are, one of them in a form, and the cases behind one of its figures."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from shlex import quote
from typing import TYPE_CHECKING

from console.cli.call import Call, now
from console.cli.output import columns, document, documents, is_ascii_only, say, tell
from console.domain.errors import RefusalCode, Refused
from console.domain.words import listed

if TYPE_CHECKING:
    from console.domain.case import CaseId
    from console.domain.views import Line
    from console.reports.report import Drill, Report

PAGE = 1_000


def catalogue(call: Call) -> int:
    """List the reports."""
    from console.cli.table import fitted
    from console.reports.catalogue import REPORTS

    if call.is_json:
        document([{"report": each.name, "title": each.title, "says": each.says} for each in REPORTS.values()])
        return 0
    rows = [(each.name, each.says) for each in REPORTS.values()]
    say(
        *fitted(
            ("name", "what it tells"), [*rows, ("handover", "what was handed over from shift to shift")], columns(), 1
        )
    )
    return 0


def report(call: Call) -> int:
    """Print a report in the form that was asked for."""
    from console.reports.forms import FORMS, Paper

    said = call.options
    form = "json" if call.is_json else {"text": "table"}.get(said.format, said.format)
    made = _made(call)
    timing = call.policy.timing
    is_screen = form == "table"
    paper = Paper(columns(), timing.calendar_of("").zone, ascii_only=is_screen and is_ascii_only(sys.stdout))
    pieces = FORMS[form](made, paper)
    if is_screen:
        say(*(piece.removesuffix("\n") for piece in pieces))
        if made.rows:
            tell(f"--cases ROW lists the cases behind a row, such as {quote(made.rows[0].key)}.")
    else:
        _write(pieces)
    return 0


def cases(call: Call) -> int:
    """List the cases behind a figure."""
    from console.cli.forms import listed as form
    from console.reports.drilling import cases_behind

    made = _made(call)
    drill = _drill(call, made)
    ids = cases_behind(call.desk, call.actor, made.asked.query, drill)
    pages = (_page(call, ids[start : start + PAGE]) for start in range(0, len(ids), PAGE))
    if call.is_json or call.options.format == "json":
        documents(form(line.case, line.advice, now()) for page in pages for line in page)
        return 0
    _print(pages)
    if not ids:
        tell("No case is behind this figure.")
    elif drill.query:
        tell(f"The same: triage list '{drill.query}'")
    return 0


def _made(call: Call) -> Report:
    """Make the report. Refused: a period that ends before it begins, an unknown view."""
    from console.reports.catalogue import made
    from console.reports.wish import Wish

    said = call.options
    wish = Wish(since=said.since, until=said.until, view=said.view or "")
    return made(call.desk, call.actor, said.report, wish)


def _drill(call: Call, made: Report) -> Drill:
    """Give the way to the cases behind the figure that is named. Refused: a row or column that is not there."""
    said = call.options
    row = next((each for each in made.rows if each.key == said.cases), None)
    if row is None:
        known = listed([each.key for each in made.rows], "or") or "none this time"
        raise Refused(f"The report has no row '{said.cases}'; it has {known}.", RefusalCode.NOT_FOUND)
    column = said.of or next(iter(row.drills))
    if column not in row.drills:
        told = f"No cases stand behind the column '{column}'; name one of {listed(row.drills, 'or')}."
        raise Refused(told, RefusalCode.NOT_FOUND)
    return row.drills[column]


def _page(call: Call, ids: tuple[CaseId, ...]) -> tuple[Line, ...]:
    from console.desk.figures import listed as lines_of

    return lines_of(call.desk, call.actor, ids)


def _print(pages: Iterator[tuple[Line, ...]]) -> None:
    """Print the table page by page, each fitted to its own cases."""
    from console.cli.table import CASE_HEADS, WHAT, fitted, rows_of

    for place, page in enumerate(pages):
        table = fitted(CASE_HEADS, rows_of(page, now()), columns(), WHAT)
        say(*(table[1:] if place else table))


def _write(pieces: Iterator[str]) -> None:
    """Write to standard output, in UTF-8 whatever the terminal speaks."""
    plain = getattr(sys.stdout, "buffer", None)
    for piece in pieces:
        if plain is None:
            sys.stdout.write(piece)
        else:
            sys.stdout.flush()
            plain.write(piece.encode("utf-8", "replace"))
