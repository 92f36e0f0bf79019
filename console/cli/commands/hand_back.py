"""return: hand an escalated case back."""

from __future__ import annotations

import argparse

from console.cli.acts import report
from console.cli.arguments import add_case, add_seen, text_of
from console.cli.call import Call
from console.domain.escalation import ReturnReason

DESCRIPTION = """
Hand an escalated case back to whoever sent it, with a coded reason. They work on it again; with the same facts it is
not recommended to come up again at once.
"""
EXAMPLES = (
    "triage return 4711 --reason incomplete-brief",
    'triage return 4711 --reason solvable-below --note "see article KB0042"',
)


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_case(parser)
    codes = [reason.value for reason in ReturnReason]
    parser.add_argument("--reason", required=True, choices=codes, help="why it comes back")
    parser.add_argument("--note", default="", metavar="TEXT", help="what they should know; - reads standard input")
    add_seen(parser)


def run(call: Call) -> int:
    """Return the case."""
    from console.desk.escalation import hand_back

    said = call.options
    done = hand_back(call.desk, call.actor, said.case, ReturnReason(said.reason), text_of(said.note), said.seen)
    return report(call, done)
