"""why: the recommendation explained."""

from __future__ import annotations

import argparse

from console.cli.arguments import add_case
from console.cli.call import Call, now
from console.cli.output import document, say

DESCRIPTION = """
Explain the recommendation for a case: the four answers with where each comes from, why it says so, why not the other,
and what would change it.
"""
EXAMPLES = ("triage why 4711",)


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_case(parser)


def run(call: Call) -> int:
    """Explain the recommendation."""
    from console.desk.queues import dossier

    found = dossier(call.desk, call.actor, call.options.case)
    if call.is_json:
        from console.cli.forms import checklist, explained

        answers = checklist(found.case, call.policy, found.history, now())
        document(explained(found.explanation) | {"id": found.case.id, "checklist": answers})
    else:
        from console.cli.page import advice
        from console.cli.page import checklist as answered

        say(f"{found.case.id}  {found.case.title}", "", *answered(found.case, call.policy, now()), "")
        say(*advice(found.explanation, call.policy))
    return 0
