"""acknowledge: say that one is on an escalated case, without taking it yet."""

from __future__ import annotations

import argparse

from console.cli.acts import report
from console.cli.arguments import add_case, add_seen
from console.cli.call import Call

DESCRIPTION = """
Say that you have seen an escalated case and are on it, without taking it yet. Its ladder then engages nobody further,
as long as there is time to accept it; when that runs out and nobody has accepted, it starts again. Where a step wants
everyone, it goes on until all of them have said so. Only who was asked can: the people of the tier or team it was sent
to, and whom the ladder has engaged since. To take the case on, accept it.
"""
EXAMPLES = ("triage acknowledge 4711", "triage acknowledge 4711 --json | jq .escalations[0].acknowledged")


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_case(parser)
    add_seen(parser)


def run(call: Call) -> int:
    """Acknowledge the escalation."""
    from console.desk.answering import acknowledge

    return report(call, acknowledge(call.desk, call.actor, call.options.case, call.options.seen))
