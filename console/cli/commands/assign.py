"""assign: give cases to a person."""

from __future__ import annotations

import argparse

from console.cli.arguments import add_seen, with_query
from console.cli.call import Call
from console.cli.many import add_cases, chosen, reported, seen

DESCRIPTION = """
Give cases to a person, who becomes their handler; `me` is yourself. Several cases, or all that a query finds, are one
batch: those that are refused are named, the others stand, and one `undo` takes all of them back.
"""
EXAMPLES = ("triage assign 4711 bo", "triage assign 4711 4712 4713 me", "triage assign 'tier:2 late:yes' bo --yes")

prepared = with_query


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_cases(parser)
    parser.add_argument("to", metavar="PERSON", help="who is to handle them")
    add_seen(parser)


def run(call: Call) -> int:
    """Assign the cases."""
    from console.desk.bulk import assign

    said = call.options
    who = call.actor.id if said.to == "me" else said.to
    ids = chosen(call, said.cases, f"Assign to {who}:")
    return reported(call, assign(call.desk, call.actor, ids, who, seen(ids, said.seen)))
