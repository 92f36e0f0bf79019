"""merge: close a duplicate."""

from __future__ import annotations

import argparse

from console.cli.acts import report
from console.cli.arguments import add_case, case_id
from console.cli.call import Call

DESCRIPTION = """
Close a case as a duplicate of another. The other one stays as it is and is the one to work on.
"""
EXAMPLES = ("triage merge 4712 4711",)


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_case(parser, "the duplicate")
    parser.add_argument("into", type=case_id, metavar="INTO", help="the case that stays")


def run(call: Call) -> int:
    """Merge the case into the other."""
    from console.desk.closing import merge

    return report(call, merge(call.desk, call.actor, call.options.case, call.options.into))
