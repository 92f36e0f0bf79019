"""claim: take a case to work on."""

from __future__ import annotations

import argparse

from console.cli.acts import report
from console.cli.arguments import add_case, add_seen
from console.cli.call import Call

DESCRIPTION = """
Take a case to work on: you become its handler, and its owner where it has none. Somebody else's case is refused with
exit code 3, naming them.
"""
EXAMPLES = ("triage claim 4711", "triage --as bo claim 4711 --json")


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_case(parser)
    add_seen(parser)


def run(call: Call) -> int:
    """Claim the case."""
    from console.desk.triage import claim

    return report(call, claim(call.desk, call.actor, call.options.case, call.options.seen))
