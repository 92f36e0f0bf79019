"""export: cases as JSON Lines."""

from __future__ import annotations

import argparse
import json
import sys

from console.cli.arguments import with_query
from console.cli.call import Call

DESCRIPTION = """
Write cases as JSON Lines, one a line, in the native form: `triage intake` of the file into another database makes the
same cases with their notes. Without a query, all cases. The key `triage` holds what only this program knows of a case.
"""
EXAMPLES = ("triage export > cases.jsonl", "triage export 'live:yes tier:2' > tier2.jsonl")

prepared = with_query


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("query", nargs="*", metavar="QUERY", help="which cases; see `triage list --help`")
    parser.add_argument("--format", choices=["jsonl"], default="jsonl", help="the form")


def run(call: Call) -> int:
    """Export the cases, oldest first."""
    from console.cli.forms import native
    from console.desk.queues import chronicle, every

    for case_id in every(call.desk, call.actor, " ".join(call.options.query).strip()):
        case, text, history = chronicle(call.desk, call.actor, case_id)
        sys.stdout.write(json.dumps(native(case, text.body, history), separators=(",", ":")) + "\n")
    return 0
