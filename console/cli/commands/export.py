"""export: cases as JSON Lines."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from itertools import chain

from console.cli.arguments import with_query
from console.cli.call import Call
from console.cli.output import tell
from console.domain.errors import RefusalCode, Refused
from console.visit import WRITING, opened

DESCRIPTION = """
Write cases as JSON Lines, one a line, in the native form: `triage intake` of the file into a new database makes the
same cases with their notes, and an export of that is the same to the byte. Without a query, all cases. The key
`triage` holds what only this program knows of a case. What is not in it is the rest of the history: attempts,
decisions, escalations, who changed what. For everything, see `triage backup`.
"""
EXAMPLES = ("triage export > cases.jsonl", "triage export 'live:yes tier:2' --to tier2.jsonl")

prepared = with_query


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("query", nargs="*", metavar="QUERY", help="which cases; see `triage list --help`")
    parser.add_argument("--format", choices=["jsonl"], default="jsonl", help="the form")
    parser.add_argument("--to", metavar="FILE", help="write to this file instead of standard output")


def run(call: Call) -> int:
    """Export the cases, oldest first."""
    if not call.options.to:
        sys.stdout.writelines(_lines(call))
        return 0
    number, lines = 0, _lines(call)
    first = next(lines, "")  # whoever may not is refused before a file is emptied
    try:
        with opened(call.options.to, WRITING) as file:
            for line in chain([first] if first else [], lines):
                file.write(line.encode("ascii"))
                number += 1
    except OSError as error:
        told = f"The cases cannot be written to {call.options.to} ({error.strerror}); name another file."
        raise Refused(told, RefusalCode.BAD_INPUT) from None
    tell(f"Wrote {number:,} cases to {call.options.to}.")
    return 0


def _lines(call: Call) -> Iterator[str]:
    """Give the lines of the export."""
    from console.cli.forms import native
    from console.desk.queues import chronicle, every

    for case_id in every(call.desk, call.actor, " ".join(call.options.query).strip()):
        case, text, history = chronicle(call.desk, call.actor, case_id)
        yield json.dumps(native(case, text.body, history), separators=(",", ":")) + "\n"
