"""reopen: take a case up again."""

from __future__ import annotations

import argparse

from console.cli.acts import report
from console.cli.arguments import add_case, add_seen
from console.cli.call import Call

DESCRIPTION = """
Take a resolved or closed case up again. Reopening is counted, and the count speaks for escalating.
"""
EXAMPLES = ('triage reopen 4711 --reason "it came back this morning"',)


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_case(parser)
    parser.add_argument("--reason", default="", metavar="TEXT", help="why")
    add_seen(parser)


def run(call: Call) -> int:
    """Reopen the case."""
    from console.desk.closing import reopen

    said = call.options
    return report(call, reopen(call.desk, call.actor, said.case, said.reason, said.seen), with_advice=True)
