"""remind: send a gentle reminder to whoever was asked to accept a case."""

from __future__ import annotations

import argparse

from console.cli.acts import report
from console.cli.arguments import add_case, add_seen, text_of
from console.cli.call import Call

DESCRIPTION = """
Send a gentle reminder to whoever was asked to accept a case and has not answered: the manager of the team it was sent
to, or its people, or the party outside. It changes nothing of the case, and stands in its history. If they do not
answer either, go on above them with `triage escalate ID --skip`.
"""
EXAMPLES = ("triage remind 4711", 'triage remind 4711 "the bank closes at five"')


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_case(parser)
    parser.add_argument("text", metavar="TEXT", nargs="*", help="what you want to add; - reads standard input")
    add_seen(parser)


def run(call: Call) -> int:
    """Send the reminder."""
    from console.desk.answering import remind

    said = call.options
    text = text_of(said.text) if said.text else ""
    return report(call, remind(call.desk, call.actor, said.case, text, said.seen))
