"""move: move cases to a tier or team."""

from __future__ import annotations

import argparse

from console.cli.acts import each
from console.cli.arguments import add_seen, case_id, place
from console.cli.call import Call

DESCRIPTION = """
Move cases to a tier or team, sideways or down as well as up, without a brief and without anybody to accept them. To
ask a higher tier for help, escalate instead. With several cases each is an act of its own: those that are refused are
named, and the others stand.
"""
EXAMPLES = ("triage move 4711 2/database", "triage move 4711 4712 desk")


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("cases", nargs="+", type=case_id, metavar="ID", help="the cases' numbers")
    parser.add_argument("to", metavar="PLACE", help="TIER, TIER/TEAM, or a team")
    add_seen(parser)


def run(call: Call) -> int:
    """Move the cases."""
    from console.desk.assignment import move

    said = call.options
    where = place(said.to, call.policy)
    return each(call, said.cases, lambda case: move(call.desk, call.actor, case, where, said.seen))
