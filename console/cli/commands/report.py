"""report: what happened, on paper."""

from __future__ import annotations

import argparse
from datetime import timedelta

from console.cli.arguments import ago
from console.cli.call import Call, now
from console.cli.handover_page import as_markdown, as_text, form
from console.cli.output import columns, document, say

DESCRIPTION = """
Print a report. `handover` tells what was handed over from shift to shift: per case what is open, promised and asked,
and who took it on.
"""
EXAMPLES = (
    "triage report handover",
    "triage report handover --since 8h --format markdown > handover.md",
    "triage report handover --json",
)
REPORTS = ("handover",)
SHIFT = timedelta(hours=12)


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("report", choices=REPORTS, metavar="NAME", help="handover")
    parser.add_argument("--since", type=ago, metavar="TIME", help="from when on: ISO 8601, or 8h, 2d; usually 12h")
    parser.add_argument("--format", choices=("text", "markdown"), default="text", help="how it is written")


def run(call: Call) -> int:
    """Print the report."""
    from console.desk.handover import since

    said = call.options
    rows = since(call.desk, call.actor, said.since or now() - SHIFT)
    if call.is_json:
        document([form(row) for row in rows])
    elif said.format == "markdown":
        say(*as_markdown(rows, now()))
    else:
        say(*as_text(rows, now(), columns()))
    return 0
