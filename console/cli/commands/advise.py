"""advise: what is recommended."""

from __future__ import annotations

import argparse

from console.cli.arguments import add_case
from console.cli.call import Call
from console.cli.output import document, say

DESCRIPTION = """
Say in one line what is recommended for a case: ESCALATE and to whom, HANDLE, or ASK and which question decides it.
`triage why` explains it.
"""
EXAMPLES = ("triage advise 4711", "triage advise 4711 --json")


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_case(parser)


def run(call: Call) -> int:
    """Say the recommendation."""
    from console.desk.queues import dossier
    from console.domain.explanation import headline, score_line

    found = dossier(call.desk, call.actor, call.options.case).explanation
    if call.is_json:
        from console.cli.forms import explained

        document(explained(found))
    else:
        say(headline(found.advice, call.policy), score_line(found.advice))
    return 0
