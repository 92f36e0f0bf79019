"""review: write down what a closed escalation taught."""

from __future__ import annotations

import argparse

from console.cli.acts import report
from console.cli.arguments import add_case
from console.cli.call import Call

DESCRIPTION = """
Review an escalation after its case was resolved: what happened, why it needed the higher tier, and what the lower tier
would need to solve it the next time. Say first what kind that is: article, access, training, nothing or other, as in
"article: how to restart the gateway". It stands in the history of the case, is found by search, stops the review
clock, and goes back to whoever escalated. Of several escalations the newest that was not reviewed counts.
"""
EXAMPLES = (
    'triage review 4711 --happened "gateway out of memory" --why "no access to it" --needs "access: restart rights"',
)


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_case(parser)
    parser.add_argument("--happened", required=True, metavar="TEXT", help="what happened")
    parser.add_argument("--why", required=True, metavar="TEXT", help="why it needed the higher tier")
    parser.add_argument(
        "--needs", required=True, metavar="TEXT",
        help="what the lower tier would need next time: article, access, training, nothing or other, then a text",
    )  # fmt: skip


def run(call: Call) -> int:
    """Review."""
    from console.desk.reviewing import review
    from console.domain.review import review_of

    said = call.options
    return report(call, review(call.desk, call.actor, said.case, review_of(said.happened, said.why, said.needs)))
