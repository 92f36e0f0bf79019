"""subject: whom a confidential case is about."""

from __future__ import annotations

import argparse

from console.cli.acts import report
from console.cli.arguments import add_case
from console.cli.call import Call
from console.cli.commands.circle import named

DESCRIPTION = """
Mark a person as a subject of a confidential case. The case no longer exists for them: not in lists, counts, searches or
suggestions, and its escalations go round them. The managers of their teams are taken out of its circle too, unless they
were let in by name. A subject who handled it does so no longer; one who owned it hands that to you.
"""
EXAMPLES = ("triage subject 4711 add bo", "triage subject 4711 remove bo")


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_case(parser)
    parser.add_argument("deed", choices=["add", "remove"], help="mark somebody, or take the mark away")
    parser.add_argument("name", metavar="NAME", help="who")


def run(call: Call) -> int:
    """Mark or clear a person."""
    from console.desk.confiding import clear, mark

    act = mark if call.options.deed == "add" else clear
    return report(call, act(call.desk, call.actor, call.options.case, named(call)))
