"""resolve: say how cases were solved."""

from __future__ import annotations

import argparse

from console.cli.arguments import add_seen, text_of
from console.cli.call import Call
from console.cli.many import add_cases, chosen, reported, seen

DESCRIPTION = """
Resolve a case with a sentence that says how it was solved. Open escalations of it close, and whoever escalated is told
the outcome. Several cases (4711,4712), or all that a query finds, can be resolved with the same sentence.
"""
EXAMPLES = ('triage resolve 4711 "certificate renewed"', "triage resolve 4711 - < how.txt")


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_cases(parser, several_words=False)
    parser.add_argument("resolution", metavar="TEXT", nargs="*", help="how it was solved; - reads standard input")
    parser.add_argument("--text", default="", metavar="TEXT", help="the same, as an option")
    add_seen(parser)


def run(call: Call) -> int:
    """Resolve the cases."""
    from console.desk.bulk import resolve

    said = call.options
    text = text_of(said.resolution or said.text)
    ids = chosen(call, said.cases, "Resolve")
    return reported(call, resolve(call.desk, call.actor, ids, text, seen(ids, said.seen)))
