"""ask: ask back what the brief leaves open."""

from __future__ import annotations

import argparse

from console.cli.acts import report
from console.cli.arguments import add_case, text_of
from console.cli.call import Call

DESCRIPTION = """
Ask whoever escalated a case what the brief leaves open, before you accept or return it.
"""
EXAMPLES = ('triage ask 4711 "which region?"',)


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_case(parser)
    parser.add_argument("question", metavar="QUESTION", nargs="+", help="what you need to know; - reads standard input")


def run(call: Call) -> int:
    """Ask back."""
    from console.desk.escalation import ask_back

    return report(call, ask_back(call.desk, call.actor, call.options.case, text_of(call.options.question)))
