"""Cases on their way out: as JSON Lines, a table, a log of events, Markdown; a piece for each, however many."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from console.cli.call import Call, now
from console.cli.native import NATIVE_TEXTS, native, whole
from console.domain.cells import harmless

if TYPE_CHECKING:
    from console.domain.case import CaseId

MARK = "\ufeff"
"""What spreadsheets know UTF-8 by, where it stands in front."""


def json_lines(call: Call, ids: Iterator[CaseId]) -> Iterator[str]:
    """Give each case as a line of JSON, in the native form, with its history unless it is left out."""
    from console.desk.queues import chronicle

    write = native if call.options.no_history else whole
    for case_id in ids:
        case, text, history = chronicle(call.desk, call.actor, case_id)
        yield json.dumps(write(case, text.body, history), separators=(",", ":")) + "\n"


def table(call: Call, ids: Iterator[CaseId]) -> Iterator[str]:
    """Give a heading, then each case as a row of the native columns and its number."""
    from console.desk.queues import chronicle

    yield (MARK if call.options.bom else "") + _row([*NATIVE_TEXTS, "triage"])
    for case_id in ids:
        case, text, history = chronicle(call.desk, call.actor, case_id)
        form = native(case, text.body, history)
        yield _row([*(_cell(form.get(name)) for name in NATIVE_TEXTS), str(form["triage"]["id"])])


def events(call: Call, ids: Iterator[CaseId]) -> Iterator[str]:
    """Give a heading, then the rows of what happened to each case."""
    from console.cli.event_rows import COLUMNS, NOBODY, Names, event_rows
    from console.desk.queues import chronicle

    yield (MARK if call.options.bom else "") + _row([*COLUMNS])
    names = Names()
    for case_id in ids:
        case, text, history = chronicle(call.desk, call.actor, case_id)
        rows = event_rows(case, text.body, history, names.of(case))
        yield "".join(
            _row([said if (said := row.get(name)) == NOBODY else _cell(said) for name in COLUMNS]) for row in rows
        )


def markdown(call: Call, ids: Iterator[CaseId]) -> Iterator[str]:
    """Give each case as Markdown, or its brief alone."""
    from console.cli.markdown_page import brief_page, case_page
    from console.desk.escalation import draft_brief
    from console.desk.queues import dossier
    from console.desk.reviewing import actions_of

    for place, case_id in enumerate(ids):
        found = dossier(call.desk, call.actor, case_id)
        if call.options.brief:
            brief = found.brief or draft_brief(call.desk, call.actor, case_id)
            lines = brief_page(found.case, brief, now())
        else:
            lines = case_page(found, call.policy, now(), actions_of(call.desk, call.actor, case_id))
        yield "".join(f"{line}\n" for line in ([""] if place else [])) + "".join(f"{line}\n" for line in lines)


FORMS: Mapping[str, Callable[[Call, Iterator[CaseId]], Iterator[str]]] = {
    "jsonl": json_lines,
    "csv": table,
    "events-csv": events,
    "markdown": markdown,
}
"""Every form of an export by its name."""


def _cell(value: object) -> str:
    """Give a value as a cell: controls made visible, and nothing in it for a spreadsheet to run."""
    from console.intake.text import cleaned

    said = ";".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    return harmless(cleaned(said))


def _row(cells: list[str]) -> str:
    """Give a row as RFC 4180 has it."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(cells)
    return written.getvalue()
