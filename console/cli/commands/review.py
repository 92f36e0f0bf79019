"""review: look at an escalation once it is over, and write down what it taught and what is to be done."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from console.cli.acts import form_of
from console.cli.arguments import add_case, moment
from console.cli.call import Call, now
from console.cli.output import columns, document, is_ascii_only, say
from console.domain.errors import RefusalCode, Refused

if TYPE_CHECKING:
    from console.domain.review_actions import Action

DESCRIPTION = """
Review an escalation after its case was resolved. With nothing but the case: its timeline in business time with the
tiers as lanes, the questions, and what the case itself says to each; or the review, once there is one. To file it, say
what happened, why it needed the higher tier, and what the lower tier would need to solve it the next time; that begins
with its kind: article, access, training, nothing or other, as in "article: how to restart the gateway". Each --action
becomes a case of its own for its owner, due at the date: a review with its actions is one act, and undone as one as
long as nobody has begun. The review stands in the history of the case, is found by search, stops the review clock, and
goes back to whoever escalated. Of several escalations the newest that was not reviewed counts.
"""
EXAMPLES = (
    "triage review 4711",
    'triage review 4711 --happened "out of memory" --why "no access" --needs access --action "get rights; ada; +14d"',
    "triage list action:4711",
)
PARTS = 3


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_case(parser)
    parser.add_argument("--happened", metavar="TEXT", help="what happened")
    parser.add_argument("--why", metavar="TEXT", help="why it needed the higher tier")
    parser.add_argument(
        "--needs", metavar="TEXT",
        help="what the lower tier would need next time: article, access, training, nothing or other, then a text",
    )  # fmt: skip
    parser.add_argument(
        "--action", type=action, action="append", default=[], metavar='"WHAT; OWNER; DUE"',
        help="what is to be done, by whom, until when (ISO 8601, or +14d); may be given several times",
    )  # fmt: skip


def run(call: Call) -> int:
    """Show it, or review."""
    from console.cli.kin_page import action_form, actions
    from console.cli.review_page import form, page
    from console.desk.reviewing import actions_of, look, review
    from console.domain.review import review_of
    from console.domain.sentences import sentence

    said = call.options
    if not said.action and said.happened is said.why is said.needs is None:
        found = look(call.desk, call.actor, said.case)
        if call.is_json:
            document(form(found))
        else:
            say(*page(found, now(), columns(), ascii_only=is_ascii_only(sys.stdout)))
        return 0
    if said.is_readonly:
        told = "With --readonly nothing is changed; leave it out to file a review."
        raise Refused(told, RefusalCode.NOT_ALLOWED)
    review_said = review_of(said.happened or "", said.why or "", said.needs or "")
    done = review(call.desk, call.actor, said.case, review_said, said.action)
    asked = actions_of(call.desk, call.actor, said.case)[-len(said.action) :] if said.action else ()
    if call.is_json:
        document(form_of(call, done) | {"actions": [action_form(each) for each in asked]})
    else:
        say(f"Case {done.case.id}: {sentence(done.event)}.", *actions(asked, now()))
    return 0


def action(text: str) -> Action:
    """Read an action: what is to be done, by whom and until when, between semicolons."""
    from console.domain.case import PersonId
    from console.domain.review_actions import Action

    parts = [part.strip() for part in text.rsplit(";", PARTS - 1)]
    if len(parts) != PARTS or not all(parts):
        told = f'\'{text}\' is no action; write "what is to be done; owner; due", such as "write it down; ada; +14d"'
        raise argparse.ArgumentTypeError(told)
    return Action(parts[0], PersonId(parts[1]), moment(parts[2]))
