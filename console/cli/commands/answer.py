"""answer: answer the questions of the checklist."""

from __future__ import annotations

import argparse

from console.cli.acts import report
from console.cli.arguments import add_case, add_seen, assignment
from console.cli.call import Call
from console.domain.checklist import FACTORS, WORST, Factor

DESCRIPTION = """
Answer questions of the checklist, each from 0 (nothing) to 3 (the worst): scope, how widely it reaches; impact, what it
costs; attempts, what was tried to no avail; expectations, whether somebody would expect to hear of it. An answer of
yours replaces what the facts say; `-` or `?` takes it back.
"""
EXAMPLES = ("triage answer 4711 scope=2 impact=3 attempts=1 expectations=2", "triage answer 4711 scope=-")
TAKEN_BACK = {"-", "?", ""}


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_case(parser)
    parser.add_argument(
        "answers", nargs="+", type=answer_of, metavar="FACTOR=0..3", help=f"FACTOR is {', '.join(FACTORS)}"
    )
    add_seen(parser)


def answer_of(text: str) -> tuple[Factor, int | None]:
    """Read one answer."""
    name, value = assignment(text)
    if name not in tuple(Factor):
        told = f"'{name}' is no factor; those are {', '.join(FACTORS)}"
        raise argparse.ArgumentTypeError(told)
    if value in TAKEN_BACK:
        return Factor(name), None
    if value not in map(str, range(WORST + 1)):
        told = f"an answer to {name} is 0, 1, 2 or 3, or - to take it back, not '{value}'"
        raise argparse.ArgumentTypeError(told)
    return Factor(name), int(value)


def run(call: Call) -> int:
    """Answer."""
    from console.desk.triage import answer

    given = dict(call.options.answers)
    return report(call, answer(call.desk, call.actor, call.options.case, given, call.options.seen), with_advice=True)
