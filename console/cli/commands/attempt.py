"""attempt: log one thing that was tried."""

from __future__ import annotations

import argparse

from console.cli.acts import report
from console.cli.arguments import add_case, text_of
from console.cli.call import Call
from console.cli.output import tell
from console.domain.toml_table import nearest

DESCRIPTION = """
Log one thing that was tried. What did not work counts for the checklist, and goes into the brief, so that nobody above
tries it again. An article that the policy has is spelt as it is there; `triage articles ID` lists those for the case.
"""
EXAMPLES = (
    'triage attempt 4711 "restart of the payment service" --result "no effect"',
    'triage attempt 4711 "cleared the cache" --article KB0042 --worked',
)


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_case(parser)
    parser.add_argument("what", metavar="WHAT", nargs="+", help="what was tried; - reads it from standard input")
    parser.add_argument("--result", default="", metavar="TEXT", help="what came of it")
    parser.add_argument("--error", default="", metavar="TEXT", help="the error text that was seen")
    parser.add_argument("--article", default="", metavar="NAME", help="the knowledge-base article that was followed")
    parser.add_argument("--worked", action="store_true", help="it worked")


def run(call: Call) -> int:
    """Log the attempt."""
    from console.desk.triage import Tried, attempt

    said = call.options
    tried = Tried(text_of(said.what), said.result, said.error, said.article, said.worked)
    code = report(call, attempt(call.desk, call.actor, said.case, tried), with_advice=True)
    known = [each.id for each in call.policy.articles]
    if said.article and known and call.policy.article(said.article) is None:
        hint = nearest(said.article, known)
        tell(f"The policy has no article '{said.article}', so it is kept as it is written; {hint}")
    return code
