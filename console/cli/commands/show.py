"""show: everything about a case."""

from __future__ import annotations

import argparse

from console.cli.arguments import add_case
from console.cli.call import Call, now
from console.cli.output import columns, document, say

DESCRIPTION = """
Show everything about a case: facts, checklist, recommendation, text, attempts, notes, escalations and the brief;
what is like it, with the reason, what solved earlier cases like it, at which tier, and what was merged into it.
Texts that are very long are shown in part; --json gives them whole. --brief gives the brief alone, as it was sent or
else as it is drafted, in the form that `escalate --brief` reads.
"""
EXAMPLES = ("triage show 4711", "triage show 4711 --json", "triage show 4711 --brief > brief.json")


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_case(parser)
    parser.add_argument("--brief", action="store_true", help="only the brief, as JSON")


def run(call: Call) -> int:
    """Show the case."""
    from console.desk.queues import dossier

    found = dossier(call.desk, call.actor, call.options.case)
    if call.options.brief:
        from console.cli.case_forms import briefed
        from console.desk.escalation import draft_brief

        document(briefed(found.brief or draft_brief(call.desk, call.actor, call.options.case)))
        return 0
    from console.desk.likeness import kin

    others = kin(call.desk, call.actor, call.options.case)
    if call.is_json:
        from console.cli.case_forms import shown
        from console.cli.kin_page import kin_form

        document(shown(found, call.policy, now()) | kin_form(others))
    else:
        from console.cli.page import page

        say(*page(found, call.policy, now(), columns(), others))
    return 0
