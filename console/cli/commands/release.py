"""release: give a case back to the queue."""

from __future__ import annotations

import argparse

from console.cli.acts import report
from console.cli.arguments import add_case, add_seen
from console.cli.call import Call

DESCRIPTION = """
Give a case back to the queue: it has no handler then, and its owner stays. Somebody else's case may be released by a
lead only.
"""
EXAMPLES = ("triage release 4711",)


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_case(parser)
    add_seen(parser)


def run(call: Call) -> int:
    """Release the case."""
    from console.desk.triage import release

    return report(call, release(call.desk, call.actor, call.options.case, call.options.seen))
