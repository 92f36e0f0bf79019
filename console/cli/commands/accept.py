"""accept: take an escalated case on."""

from __future__ import annotations

import argparse

from console.cli.acts import report
from console.cli.arguments import add_case, add_seen
from console.cli.call import Call

DESCRIPTION = """
Take an escalated case on, in the tier it was sent to. You become its handler; its owner stays, and is told.
"""
EXAMPLES = ("triage accept 4711",)


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_case(parser)
    add_seen(parser)


def run(call: Call) -> int:
    """Accept the case."""
    from console.desk.escalation import accept

    return report(call, accept(call.desk, call.actor, call.options.case, call.options.seen))
