"""escalate: send a case up with its brief."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from console.cli.acts import report
from console.cli.arguments import add_case, add_seen, file_text, moment, target
from console.cli.call import Call
from console.domain.errors import RefusalCode, Refused

if TYPE_CHECKING:
    from console.domain.brief import Brief

DESCRIPTION = """
Send a case up to the tier that can do more, with a brief that tells them what they need the first time. It includes
the decision. The target is the one the matrix gives, unless you name one above the case's tier. The brief is the
drafted one unless you give a file; parts that the policy requires and nobody filled are refused by name. Get a draft
to complete with `triage show ID --brief`. The case keeps its owner, and its handler until it is accepted.

With --skip it goes one level further: a case that waits to be accepted goes on above those who have not answered, with
the brief they were sent; any other passes over its next level. Say why with --reason.
"""
EXAMPLES = (
    "triage show 4711 --brief > brief.json   # complete it, then:",
    "triage escalate 4711 --brief brief.json",
    'triage escalate 4711 --to 3@cloudhost --incomplete "nobody to ask at night"',
    'triage escalate 4711 --skip --reason "other: nobody has answered since noon"',
    'triage escalate 4711 --reason "other: the board asked" --told "engineering has it" --promise +1h',
)


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_case(parser)
    parser.add_argument("--to", type=target, metavar="TARGET", help="TIER, TIER/TEAM, or TIER@PARTY for one outside")
    parser.add_argument(
        "--brief", metavar="FILE",
        help="JSON or TOML with issue, consequences, options, help, workaround, decide_by; - reads standard input",
    )  # fmt: skip
    parser.add_argument("--incomplete", default="", metavar="REASON", help="go on though the brief lacks parts")
    parser.add_argument("--skip", action="store_true", help="pass over the next level, or those who have not answered")
    parser.add_argument("--reason", default="", metavar="CODE", help="why, where the recommendation is to handle it")
    parser.add_argument("--told", default="", metavar="TEXT", help="what the requester was told")
    parser.add_argument("--promise", type=moment, metavar="TIME", help="when they were promised to hear next")
    add_seen(parser)


def run(call: Call) -> int:
    """Escalate the case."""
    from console.desk.escalation import Order, escalate
    from console.desk.skipping import skip_level
    from console.desk.triage import Reason

    said = call.options
    order = Order(
        target=said.to, brief=brief_of(said.brief) if said.brief else None, incomplete=said.incomplete,
        reason=Reason(said.reason), told=said.told, promised_at=said.promise,
    )  # fmt: skip
    act = skip_level if said.skip else escalate
    return report(call, act(call.desk, call.actor, said.case, order, said.seen))


def brief_of(name: str) -> Brief:
    """Read a brief from a file of JSON or TOML. Refused: what is neither."""
    import json
    import tomllib

    from console.domain.brief import from_words

    text = file_text(name, "brief")
    try:
        words_said = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except ValueError as error:
        raise Refused(f"The brief {name} is neither JSON nor TOML: {error}.", RefusalCode.BAD_INPUT) from None
    return from_words(words_said)
