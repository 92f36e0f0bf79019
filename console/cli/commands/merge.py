"""merge: close duplicates."""

from __future__ import annotations

import argparse

from console.cli.acts import report
from console.cli.arguments import case_id
from console.cli.call import Call
from console.cli.many import add_cases, chosen, reported

DESCRIPTION = """
Close cases as duplicates of another. The other one stays as it is and is the one to work on: what was written and
tried on the duplicates is shown with it, and later replies go there. One that was merged itself stands for the case it
went into. `triage undo` takes a merge back, that of several cases at once.
"""
EXAMPLES = ("triage merge 4712 4711", "triage merge 4712,4713 4711")


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_cases(parser, several_words=False)
    parser.add_argument("into", type=case_id, metavar="INTO", help="the case that stays")


def run(call: Call) -> int:
    """Merge the cases into the other."""
    from console.desk import bulk
    from console.desk.closing import merge

    ids, into = chosen(call, call.options.cases, f"merge into case {call.options.into}"), call.options.into
    if len(ids) == 1:
        return report(call, merge(call.desk, call.actor, ids[0], into))
    return reported(call, bulk.merge(call.desk, call.actor, ids, into))
