"""reply: answer what was asked back."""

from __future__ import annotations

import argparse

from console.cli.acts import report
from console.cli.arguments import add_case, text_of
from console.cli.call import Call

DESCRIPTION = """
Answer what the tier above asked back about a case you escalated.
"""
EXAMPLES = ('triage reply 4711 "all of Europe, since nine o\'clock"',)


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_case(parser)
    parser.add_argument("text", metavar="TEXT", nargs="+", help="the answer; - reads it from standard input")


def run(call: Call) -> int:
    """Reply."""
    from console.desk.escalation import reply

    return report(call, reply(call.desk, call.actor, call.options.case, text_of(call.options.text)))
