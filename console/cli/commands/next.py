"""next: what happens to a case, and when, if nobody acts."""

from __future__ import annotations

import argparse
from datetime import UTC

from console.cli.arguments import add_case, moment
from console.cli.call import Call
from console.cli.output import columns, document, say

DESCRIPTION = """
Tell what happens to a case, and when, if nobody acts: clocks that run out, reminders, the steps of its ladder, what
automatic rules do, each with whom it reaches and why. It asks the same plan that `tick` and `watch` carry out, so what
it says is what they do. Without --until it looks thirty days ahead and tells the first twelve things; where nothing
will happen it says why. Times are local; --utc gives them in UTC.
"""
EXAMPLES = (
    "triage next 4711",
    "triage next 4711 --until +8h",
    "triage next 4711 --until 2026-12-24T18:00 --utc",
    "triage next 4711 --json",
)
MOST = 1_000
"""So much is told where somebody says until when."""


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_case(parser)
    parser.add_argument("--until", type=moment, metavar="TIME", help="how far to look: a time, or +8h, +3d")
    parser.add_argument("--utc", action="store_true", help="times in UTC instead of local ones")


def run(call: Call) -> int:
    """Tell what comes."""
    from console.desk.why import ahead
    from console.domain.why_ahead import MOST as FEW

    options = call.options
    found = ahead(call.desk, call.actor, options.case, options.until, MOST if options.until else FEW)
    if call.is_json:
        from console.cli.forms import when
        from console.cli.why_forms import ahead as form
        from console.cli.why_forms import clock

        clocks = [clock(each) for each in found.clocks]
        about = {"id": found.case.id, "at": when(found.at), "clocks": clocks}
        document(about | form(found.ahead, call.policy))
        return 0
    from console.cli.why_page import Page, ahead_lines, standings

    page = Page(call.policy, found.at, UTC if options.utc else None, columns())
    say(f"{found.case.id}  {found.case.title}", *page.folded("", page.heading()))
    if stand := [*standings(found.clocks, page)]:
        say("", *stand)
    say("", *ahead_lines(found.ahead, page))
    return 0
