"""why: a case explained: the recommendation, its clocks, what fired, what did not, and what comes next."""

from __future__ import annotations

import argparse
from datetime import UTC

from console.cli.arguments import add_case, moment
from console.cli.call import Call
from console.cli.output import columns, document, say

DESCRIPTION = """
Explain a case. The recommendation: the four answers with where each comes from, why it says so, why not the other, and
what would change it. Its clocks: how each stands, which line of the policy gave its target, and every interval that
counted or did not. What rules and ladders have done, and for each rule that has not fired the first condition that was
false. And what happens next, and when, if nobody acts. Times are local; --utc gives them in UTC. --at explains the case
as it stood then, or as it will stand if nobody acts; people and absences are those of now.
"""
EXAMPLES = (
    "triage why 4711",
    "triage why 4711 --utc",
    "triage why 4711 --at 2026-11-23T09:00",
    "triage why 4711 --at +2h",
    "triage why 4711 --json",
)


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_case(parser)
    parser.add_argument("--at", type=moment, metavar="TIME", help="explain it as of this time instead of now")
    parser.add_argument("--utc", action="store_true", help="times in UTC instead of local ones")


def run(call: Call) -> int:
    """Explain the case."""
    from console.desk.why import why

    options = call.options
    found = why(call.desk, call.actor, options.case, options.at)
    then = found.why.at
    if call.is_json:
        from console.cli.forms import checklist, explained, when
        from console.cli.why_forms import reasons

        answers = checklist(found.case, call.policy, found.history, then)
        about = {"id": found.case.id, "at": when(then), "checklist": answers}
        document(explained(found.explanation) | about | reasons(found.why, call.policy))
        return 0
    from console.cli.page import advice
    from console.cli.page import checklist as answered
    from console.cli.why_page import Page, why_lines

    page = Page(call.policy, then, UTC if options.utc else None, columns())
    say(f"{found.case.id}  {found.case.title}", *page.folded("", page.heading()), "")
    say(*answered(found.case, call.policy, then), "", *advice(found.explanation, call.policy))
    say(*why_lines(found.why, page))
    return 0
