"""assign: give cases to a person."""

from __future__ import annotations

import argparse

from console.cli.acts import each
from console.cli.arguments import add_seen, case_id
from console.cli.call import Call

DESCRIPTION = """
Give cases to a person, who becomes their handler; `me` is yourself. With several cases each is an act of its own: those
that are refused are named, and the others stand.
"""
EXAMPLES = ("triage assign 4711 bo", "triage assign 4711 4712 4713 me")


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("cases", nargs="+", type=case_id, metavar="ID", help="the cases' numbers")
    parser.add_argument("to", metavar="PERSON", help="who is to handle them")
    add_seen(parser)


def run(call: Call) -> int:
    """Assign the cases."""
    from console.desk.assignment import assign

    said = call.options
    who = call.actor.id if said.to == "me" else said.to
    return each(call, said.cases, lambda case: assign(call.desk, call.actor, case, who, said.seen))
