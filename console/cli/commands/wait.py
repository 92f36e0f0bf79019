"""wait: let a case wait."""

from __future__ import annotations

import argparse

from console.cli.acts import report
from console.cli.arguments import add_case, moment
from console.cli.call import Call

DESCRIPTION = """
Let a case wait, which pauses its clocks: for the customer, a vendor, or whoever you name, until they answer or until a
time.
"""
EXAMPLES = (
    'triage wait 4711 --for customer --until +2d --told "please send the log"',
    "triage wait 4711 --for vendor --until 2026-12-01T09:00",
)


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_case(parser)
    parser.add_argument("--for", dest="waiting_for", required=True, metavar="WHOM", help="customer, vendor, or a name")
    parser.add_argument("--until", type=moment, metavar="TIME", help="when to go on: ISO 8601, or +2h, +3d")
    parser.add_argument("--told", default="", metavar="TEXT", help="what the requester was told")


def run(call: Call) -> int:
    """Let it wait."""
    from console.desk.triage import wait

    said = call.options
    return report(call, wait(call.desk, call.actor, said.case, said.waiting_for, said.until, said.told))
