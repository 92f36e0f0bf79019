"""resolve: say how a case was solved."""

from __future__ import annotations

import argparse

from console.cli.acts import report
from console.cli.arguments import add_case, add_seen, text_of
from console.cli.call import Call

DESCRIPTION = """
Resolve a case with a sentence that says how it was solved. Open escalations of it close, and whoever escalated is told
the outcome.
"""
EXAMPLES = ('triage resolve 4711 "certificate renewed"', "triage resolve 4711 - < how.txt")


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_case(parser)
    parser.add_argument("resolution", metavar="TEXT", nargs="*", help="how it was solved; - reads standard input")
    parser.add_argument("--text", default="", metavar="TEXT", help="the same, as an option")
    add_seen(parser)


def run(call: Call) -> int:
    """Resolve the case."""
    from console.desk.closing import resolve

    said = call.options
    text = text_of(said.resolution or said.text)
    return report(call, resolve(call.desk, call.actor, said.case, text, said.seen))
