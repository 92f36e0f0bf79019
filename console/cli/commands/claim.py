"""claim: take a case to work on."""

from __future__ import annotations

import argparse

from console.cli.acts import report
from console.cli.arguments import add_seen, case_id
from console.cli.call import Call
from console.domain.case import CaseId
from console.domain.errors import RefusalCode, Refused

DESCRIPTION = """
Take a case to work on: you become its handler, and its owner where it has none. Somebody else's case is refused with
exit code 3, naming them. With --take-over and a reason it becomes yours: a lead may, and so may who is of the same tier
or team while its handler is absent. `claim next` takes the free case that is next for you: by tier, team, urgency and
skill, as long as you have room.
"""
EXAMPLES = (
    "triage claim 4711",
    "triage claim next",
    "triage --as bo claim 4711 --json",
    'triage claim 4711 --take-over --reason "bo is ill"',
)


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("case", type=case_or_next, metavar="ID|next", help="the case's number, or the word next")
    parser.add_argument("--take-over", action="store_true", help="take it out of somebody else's hands")
    parser.add_argument("--reason", default="", metavar="TEXT", help="why, with --take-over")
    add_seen(parser)


def case_or_next(text: str) -> CaseId | None:
    """Read a case's number, or None for whichever is next."""
    return None if text == "next" else case_id(text)


def run(call: Call) -> int:
    """Claim the case or the next one, or take it over."""
    from console.desk.assignment import take_over
    from console.desk.triage import claim, take_next

    said = call.options
    if said.reason and not said.take_over:
        raise Refused("A claim needs no reason; with --take-over it does.", RefusalCode.BAD_INPUT)
    if said.case is None:
        return report(call, take_next(call.desk, call.actor))
    if said.take_over:
        return report(call, take_over(call.desk, call.actor, said.case, said.reason, said.seen))
    return report(call, claim(call.desk, call.actor, said.case, said.seen))
