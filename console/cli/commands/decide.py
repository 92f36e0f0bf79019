"""decide: record the decision."""

from __future__ import annotations

import argparse

from console.cli.acts import report
from console.cli.arguments import add_case, add_seen
from console.cli.call import Call
from console.domain.case import Choice

DESCRIPTION = """
Record what you do with the recommendation. Agreeing needs no reason. Going against it needs one of the policy's codes
(`triage policy show` lists them), or words of your own as "other: text". Deciding to escalate does not send the case
up yet: `triage escalate` does, and includes the decision.
"""
EXAMPLES = ("triage decide 4711 handle", 'triage decide 4711 handle --reason "other: the fix is on its way"')


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_case(parser)
    parser.add_argument("choice", choices=[choice.value for choice in Choice], help="what you do")
    parser.add_argument("--reason", default="", metavar="CODE", help='the code of your reason, or "other: text"')
    add_seen(parser)


def run(call: Call) -> int:
    """Decide."""
    from console.desk.triage import Reason, decide

    chosen = call.options
    done = decide(call.desk, call.actor, chosen.case, Choice(chosen.choice), Reason(chosen.reason), chosen.seen)
    return report(call, done)
