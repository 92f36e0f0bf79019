"""add: open one case by hand."""

from __future__ import annotations

import argparse

from console.cli.arguments import moment, text_of
from console.cli.call import Call, now
from console.cli.output import document, say
from console.domain.arrival import Arrival
from console.domain.case import Severity

DESCRIPTION = """
Open one case by hand, for example from a phone call. What you do not say follows from the text where the policy's words
let it (category, how many are affected), and is marked as derived.
"""
EXAMPLES = (
    'triage add "Checkout returns 502" --requester kim@acme.example --impact 1 --urgency 1',
    'triage add "Payroll export wrong" --body - --affected 40 < mail.txt',
)
TEXTS = {
    "requester": "who reports it",
    "organisation": "for which customer or part of the house",
    "category": "the kind of issue, as the policy calls it",
    "item": "the product or configuration item that it is about",
    "channel": "how it came in: phone, walk-in …",
    "team": "the team it goes to",
    "owner": "who answers to the requester",
    "handler": "who works on it",
    "source": "where it comes from, with --ref",
    "ref": "its reference there",
}


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("title", nargs="+", metavar="TITLE", help="what it is about, in one line")
    parser.add_argument("--body", default="", metavar="TEXT", help="the whole story; - reads it from standard input")
    for name, told in TEXTS.items():
        parser.add_argument(f"--{name}", default="", metavar=name.upper(), help=told)
    for name in ("impact", "urgency"):
        parser.add_argument(f"--{name}", type=int, choices=range(1, 5), help="1 (highest) to 4")
    parser.add_argument(
        "--severity", default="", choices=[each.name for each in Severity], help="stated, not worked out"
    )
    parser.add_argument("--affected", type=int, metavar="N", help="how many people or sites")
    parser.add_argument("--tier", type=int, metavar="N", help="the tier it goes to; the lowest without one")
    parser.add_argument("--due", type=moment, metavar="TIME", help="ISO 8601, or +2h, +3d")
    parser.add_argument("--confidential", action="store_true", help="for you and those you let in only; see circle")
    parser.add_argument("--tags", default="", metavar="TAGS", help="separated by semicolons")


def run(call: Call) -> int:
    """Open the case."""
    from console.cli.kin_page import named
    from console.cli.rules import rules_of
    from console.desk.likeness import similar
    from console.desk.queues import dossier
    from console.desk.taking import open_case
    from console.domain.explanation import headline, score_line
    from console.intake import derive

    stated = arrival_of(call.options)
    case_id = open_case(call.desk, call.actor, derive(stated, rules_of(call.policy)))
    found = dossier(call.desk, call.actor, case_id)
    if call.is_json:
        from console.cli.case_forms import shown
        from console.cli.forms import told

        document(shown(found, call.policy, now()) | {"event": told(found.history[0])})
        return 0
    say(f"Case {case_id} is open: {found.case.title}")
    advice = found.explanation.advice
    say(f"{headline(advice, call.policy)} ({score_line(advice)})")
    for like in similar(call.desk, call.actor, case_id, most=1):
        sure = "It looks like" if like.is_likely else "See also"
        say(f"{sure} case {like.case.id}, {named(like.case)}: {like.likeness.reason}")
    return 0


def arrival_of(said: argparse.Namespace) -> Arrival:
    """Give what was typed as an arrival."""
    return Arrival(
        title=" ".join(said.title), body=text_of(said.body), impact=said.impact, urgency=said.urgency,
        severity=said.severity, confidential=said.confidential, affected=said.affected, tier=said.tier, due=said.due,
        tags=tuple(word.strip() for word in said.tags.split(";") if word.strip()),
        **{name: getattr(said, name) for name in TEXTS},
    )  # fmt: skip
