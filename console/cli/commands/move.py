"""move: move cases to a tier or team."""

from __future__ import annotations

import argparse

from console.cli.arguments import add_seen, place, with_query
from console.cli.call import Call
from console.cli.many import add_cases, chosen, reported, seen

DESCRIPTION = """
Move cases to a tier or team, sideways or down as well as up, without a brief and without anybody to accept them. To
ask a higher tier for help, escalate instead. Several cases, or all that a query finds, are one batch: those that are
refused are named, the others stand, and one `undo` takes all of them back.
"""
EXAMPLES = ("triage move 4711 2/database", "triage move 4711 4712 desk", "triage move 'tag:vpn tier:1' network --yes")

prepared = with_query


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_cases(parser)
    parser.add_argument("to", metavar="PLACE", help="TIER, TIER/TEAM, or a team")
    add_seen(parser)


def run(call: Call) -> int:
    """Move the cases."""
    from console.desk.bulk import move

    said = call.options
    where = place(said.to, call.policy)
    ids = chosen(call, said.cases, f"Move to {said.to}:")
    return reported(call, move(call.desk, call.actor, ids, where, seen(ids, said.seen)))
