"""redo: do again what was undone."""

from __future__ import annotations

import argparse

from console.cli.arguments import case_id
from console.cli.call import Call
from console.cli.many import reported

DESCRIPTION = """
Do again what you undid last, on a case where you name one.
"""
EXAMPLES = ("triage redo", "triage redo 4711")


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("case", nargs="?", type=case_id, metavar="ID", help="the case; without one, your newest act")


def run(call: Call) -> int:
    """Redo it."""
    from console.desk.undo import redo

    return reported(call, redo(call.desk, call.actor, call.options.case), with_advice=True)
