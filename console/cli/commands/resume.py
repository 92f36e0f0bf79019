"""resume: go on with a waiting case."""

from __future__ import annotations

import argparse

from console.cli.acts import report
from console.cli.arguments import add_case
from console.cli.call import Call

DESCRIPTION = """
Go on with a case that waits; its clocks run again.
"""
EXAMPLES = ("triage resume 4711",)


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_case(parser)


def run(call: Call) -> int:
    """Resume the case."""
    from console.desk.triage import resume

    return report(call, resume(call.desk, call.actor, call.options.case), with_advice=True)
