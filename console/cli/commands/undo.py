"""undo: take your newest act back."""

from __future__ import annotations

import argparse

from console.cli.arguments import case_id
from console.cli.call import Call
from console.cli.many import reported

DESCRIPTION = """
Take your newest act back, on a case where you name one; an act on several cases is taken back on all of them, unless
you name one. An undo is an event of its own: nothing is deleted. What somebody else has changed since is refused with
exit code 3.
"""
EXAMPLES = ("triage undo", "triage undo 4711")


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("case", nargs="?", type=case_id, metavar="ID", help="the case; without one, your newest act")


def run(call: Call) -> int:
    """Undo it."""
    from console.desk.undo import undo

    return reported(call, undo(call.desk, call.actor, call.options.case), with_advice=True)
