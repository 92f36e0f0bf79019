"""close: close a resolved case for good."""

from __future__ import annotations

import argparse

from console.cli.acts import report
from console.cli.arguments import add_case
from console.cli.call import Call

DESCRIPTION = """
Close a resolved case for good. It can still be reopened.
"""
EXAMPLES = ("triage close 4711",)


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_case(parser)


def run(call: Call) -> int:
    """Close the case."""
    from console.desk.closing import close

    return report(call, close(call.desk, call.actor, call.options.case))
