"""report: figures of the desk, and what was handed over from shift to shift."""

from __future__ import annotations

import argparse
from datetime import timedelta

from console.cli.arguments import ago
from console.cli.call import Call, now
from console.cli.handover_page import as_markdown, as_text, form
from console.cli.output import columns, document, say
from console.domain.errors import RefusalCode, Refused

DESCRIPTION = """
Print a report; without a name, the list of them. A report counts what you may see: all of it, or the cases of a view.
It tells of the last four weeks unless --since and --until say otherwise; `backlog` tells how it is now. As a table its
bars are drawn with characters; csv and json hold lengths of time in seconds; html is one file that loads and runs
nothing. --cases ROW lists the cases behind a row, by the word that csv and json give it. `handover` tells what was
handed over from shift to shift in the last 12 hours: per case what is open, promised and asked, and who took it on.
"""
EXAMPLES = (
    "triage report",
    "triage report backlog",
    "triage report flow --since 2026-01-01 --until 2026-07-01 --format html > flow.html",
    "triage report late --view mine --format csv",
    "triage report returns --cases solvable-below",
    "triage report handover --since 8h --format markdown > handover.md",
)
HANDOVER = "handover"
REPORTS = (
    "backlog", "flow", "sla", "response", "solved", "tiers", "late", "escalations", "returns", "pingpong", "reopened",
    "exhausted", "withheld", "unnecessary", "items", "closure", "workload", "reviews", "actions",
    "gaps", "calibration", "factors", "agreement", "agreement-tiers", "agreement-people", "overrides", HANDOVER,
)  # fmt: skip
"""The names that may be asked for; reading them loads no report."""

FORMATS = ("table", "text", "csv", "json", "markdown", "html")
SHIFT = timedelta(hours=12)


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("report", choices=REPORTS, nargs="?", metavar="NAME", help=", ".join(REPORTS))
    parser.add_argument("--since", type=ago, metavar="TIME", help="from when on: ISO 8601, or 8h, 2d; usually 4 weeks")
    parser.add_argument("--until", type=ago, metavar="TIME", help="up to when; usually now")
    parser.add_argument("--view", metavar="NAME|KEY", help="only the cases of a view")
    parser.add_argument("--format", choices=FORMATS, default="table", help="how it is written; a table unless said")
    parser.add_argument("--cases", metavar="ROW", help="list the cases behind a row instead")
    parser.add_argument(
        "--of", metavar="COLUMN", help="with --cases: behind which of its figures, where it has several"
    )


def run(call: Call) -> int:
    """Print the report."""
    if call.options.report == HANDOVER:
        return _handover(call)
    from console.cli import reporting

    if call.options.report is None:
        return reporting.catalogue(call)
    return reporting.cases(call) if call.options.cases is not None else reporting.report(call)


def _handover(call: Call) -> int:
    """Print what was handed over."""
    from console.desk.handover import since

    said = call.options
    if said.format in {"csv", "html"} or said.until or said.view or said.cases:
        told = "The handover is a table, markdown or json, of all cases since a time; leave the rest out."
        raise Refused(told, RefusalCode.BAD_INPUT)
    rows = since(call.desk, call.actor, said.since or now() - SHIFT)
    if call.is_json or said.format == "json":
        document([form(row) for row in rows])
    elif said.format == "markdown":
        say(*as_markdown(rows, now()))
    else:
        say(*as_text(rows, now(), columns()))
    return 0
