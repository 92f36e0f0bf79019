"""wait: let cases wait."""

from __future__ import annotations

import argparse

from console.cli.arguments import moment, with_query
from console.cli.call import Call
from console.cli.many import add_cases, chosen, reported

DESCRIPTION = """
Let cases wait, which pauses their clocks: for the customer, a vendor, or whoever you name, until they answer or until a
time. Several cases, or all that a query finds, are one batch.
"""
EXAMPLES = (
    'triage wait 4711 --for customer --until +2d --told "please send the log"',
    "triage wait 4711 4712 --for vendor --until 2026-12-01T09:00",
)

prepared = with_query


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_cases(parser)
    parser.add_argument("--for", dest="waiting_for", required=True, metavar="WHOM", help="customer, vendor, or a name")
    parser.add_argument("--until", type=moment, metavar="TIME", help="when to go on: ISO 8601, or +2h, +3d")
    parser.add_argument("--told", default="", metavar="TEXT", help="what the requester was told")


def run(call: Call) -> int:
    """Let them wait."""
    from console.desk.bulk import wait

    said = call.options
    ids = chosen(call, said.cases, f"Let wait for {said.waiting_for}:")
    return reported(call, wait(call.desk, call.actor, ids, said.waiting_for, said.until, said.told))
