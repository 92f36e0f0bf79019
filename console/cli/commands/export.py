"""export: cases as JSON Lines, as a table, as a log of events, as Markdown."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from console.cli.arguments import with_query
from console.cli.call import Call
from console.cli.files import put_whole
from console.cli.output import tell
from console.domain.errors import RefusalCode, Refused
from console.domain.words import counted
from console.visit import current

if TYPE_CHECKING:
    from console.domain.case import CaseId

DESCRIPTION = """
Write cases out, oldest first; without a query, all that you may see. `jsonl` is the native form, one case a line:
`triage intake` of the file into a new database makes the same cases with all that happened to them, and an export of
that is the same to the byte; their history then says that it was brought so, and by whom. A line that was changed on
the way is refused; --no-history leaves the history out, and the seal that tells. `csv` holds the native columns; no
cell in it is one that a spreadsheet runs, and intake reads the text back as it was. `events-csv` is what happened, one
event a row: moves, waits, who had it, notes; intake into another database reads it as a log of events. `markdown` is to
be read: a case with everything about it, or with --brief its brief alone; text from outside stands in code, where
nothing of it is a link, a picture, a mention or markup. A file of --to is written whole or stays as it was. For
everything, see `triage backup`.
"""
EXAMPLES = (
    "triage export > cases.jsonl",
    "triage export 'live:yes tier:2' --to tier2.jsonl",
    "triage export live:yes --format csv --bom --to open.csv",
    "triage export --format events-csv --to log.csv",
    "triage export id:4711 --format markdown",
    "triage export id:4711 --format markdown --brief",
)

prepared = with_query


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("query", nargs="*", metavar="QUERY", help="which cases; see `triage list --help`")
    parser.add_argument(
        "--format",
        choices=["jsonl", "csv", "events-csv", "markdown"],
        default="jsonl",
        help="jsonl unless said otherwise",
    )
    parser.add_argument("--to", metavar="FILE", help="write to this file instead of standard output")
    parser.add_argument("--attachments", metavar="DIR", help="copy what came with the cases there, each by its SHA-256")
    parser.add_argument(
        "--bom", action="store_true", help="with csv and events-csv: begin with the mark Excel knows UTF-8 by"
    )
    parser.add_argument("--no-history", action="store_true", help="with jsonl: the cases with their notes alone")
    parser.add_argument("--brief", action="store_true", help="with markdown: only the brief, as sent or as drafted")


def run(call: Call) -> int:
    """Export the cases, oldest first."""
    from console.desk.queues import every

    _must_fit(call)
    ids = tuple(every(call.desk, call.actor, " ".join(call.options.query).strip()))
    pieces = _pieces(call, iter(ids))
    if not call.options.to:
        _print(call, pieces)
        _copy_attachments(call, ids)
        return 0
    first = next(pieces, "")  # whoever may not is refused before a file is touched
    try:
        put_whole(call.options.to, (piece.encode("utf-8", "replace") for piece in chain([first], pieces)))
    except OSError as error:
        told = f"The cases cannot be written to {call.options.to} ({error.strerror}); name another file."
        raise Refused(told, RefusalCode.BAD_INPUT) from None
    tell(f"Wrote {len(ids):,} cases to {call.options.to}.")
    _copy_attachments(call, ids)
    return 0


def _pieces(call: Call, ids: Iterator[CaseId]) -> Iterator[str]:
    """Give the export in the form that was asked for."""
    from console.cli.exporting import FORMS

    return FORMS[call.options.format](call, ids)


def _copy_attachments(call: Call, ids: tuple[CaseId, ...]) -> None:
    """Copy the attachments of the cases, where a folder is named."""
    from console.desk.attachments import copied

    named = call.options.attachments
    if not named:
        return
    try:
        carried = copied(call.desk, call.actor, ids, call.database, Path(named))
    except OSError as error:
        told = f"The attachments cannot be copied to {named} ({error.strerror}); name another folder."
        raise Refused(told, RefusalCode.BAD_INPUT) from None
    tell(f"Copied {counted(carried.files, 'attachment')} to {named}.")
    tell(*(f"Attachment {name} is damaged and was not copied." for name in carried.damaged))


def _must_fit(call: Call) -> None:
    """Refuse what only another form has."""
    said = call.options
    if said.attachments and current() is not None:
        told = "On a shared server attachments are handed out one by one; see `triage attachment`."
        raise Refused(told, RefusalCode.NOT_ALLOWED)
    for name, form in (("bom", "csv"), ("brief", "markdown"), ("no_history", "jsonl")):
        if getattr(said, name) and said.format not in {form, f"events-{form}"}:
            raise Refused(f"--{name.replace('_', '-')} goes with --format {form}; say both.", RefusalCode.BAD_INPUT)


def _print(call: Call, pieces: Iterator[str]) -> None:
    """Write to standard output, in UTF-8 whatever the terminal speaks; JSON is ASCII anyway."""
    plain = getattr(sys.stdout, "buffer", None)
    for piece in pieces:
        if plain is None or call.options.format == "jsonl":
            sys.stdout.write(piece)
        else:
            sys.stdout.flush()
            plain.write(piece.encode("utf-8", "replace"))
