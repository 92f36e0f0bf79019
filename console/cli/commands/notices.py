"""notices: where every notice stands on its way out, and why."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from console.cli.call import Call
from console.cli.forms import Form, when
from console.cli.output import columns, document, say, tell
from console.cli.table import fitted
from console.domain.delivering import State
from console.domain.errors import RefusalCode, Refused
from console.domain.words import counted

if TYPE_CHECKING:
    from console.desk.ledger import Item

DESCRIPTION = """
Say where notices stand on their way out of the console, and why: those that wait (--pending), that were held back for
quiet hours, for the budget of the day or for a digest (--held), that were sent (--sent), that an answer or a look at
the inbox has made needless (--cancelled), and those that were given up (--dead). Without an option: those that wait,
are held back or dead. Admins put dead ones back on their way, or drop what is not to be sent.
"""
EXAMPLES = (
    "triage notices",
    "triage notices --dead",
    "triage notices --held --json",
    "triage notices --retry 4711.12.bo.mail",
    "triage notices --retry all",
    "triage notices --drop 4711.12.bo.mail",
)
HEADS = ("notice", "state", "tries", "next", "why")
WHY = HEADS.index("why")
USUAL = (State.PENDING, State.SENDING, State.HELD, State.DEAD)
LOOKS = {
    State.PENDING: "those that wait to be sent, or to be tried again",
    State.HELD: "those that were held back",
    State.SENT: "those that were sent",
    State.CANCELLED: "those that became needless, or were dropped",
    State.DEAD: "those that were given up",
}


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    for state, told in LOOKS.items():
        parser.add_argument(f"--{state}", dest="states", action="append_const", const=state, help=told)
    parser.add_argument("--retry", metavar="NOTICE", help="put one that is dead, or `all`, back on its way")
    parser.add_argument("--drop", metavar="NOTICE", help="cancel one that has not left, or `all` that are dead")
    parser.add_argument("--limit", type=int, default=200, metavar="N", help="at most so many (default 200)")


def run(call: Call) -> int:
    """List, retry or drop."""
    from console.desk import ledger

    said = call.options
    if (said.retry or said.drop) and said.is_readonly:
        raise Refused("With --readonly nothing is changed; leave it out.", RefusalCode.NOT_ALLOWED)
    if said.retry and said.drop:
        raise Refused("Say --retry or --drop, not both.", RefusalCode.BAD_INPUT)
    if said.limit < 1:
        raise Refused("--limit must be 1 or more.", RefusalCode.BAD_INPUT)
    if said.retry or said.drop:
        act, done = (ledger.retry, "back on its way") if said.retry else (ledger.drop, "dropped")
        return _changed(call, act(call.desk, call.actor, said.retry or said.drop), done)
    found = ledger.items(call.desk, call.actor, said.states or USUAL, said.limit)
    if call.is_json:
        document([_form(item) for item in found])
    elif found:
        say(*fitted(HEADS, [_row(item) for item in found], columns(), WHY))
    else:
        tell("There is no such notice.")
    return 0


def _changed(call: Call, items: tuple[Item, ...], done: str) -> int:
    """Say what was put back or dropped."""
    if call.is_json:
        document([_form(item) for item in items])
    else:
        say(*(f"{item.name}: {done}" for item in items) if items else (f"{counted(0, 'notice')} {done}",))
    return 0


def _row(item: Item) -> tuple[str, ...]:
    from console.cli.call import now
    from console.tui.widgets.moments import moment

    delivery = item.delivery
    coming = delivery.next_try if delivery.state in {State.PENDING, State.HELD} else delivery.sent_at
    return (
        item.name, delivery.state.value, str(delivery.tries), moment(coming, now()) if coming else "-",
        delivery.reason or "-",
    )  # fmt: skip


def _form(item: Item) -> Form:
    """Give one delivery as JSON."""
    delivery = item.delivery
    return {
        "notice": item.name, "case": delivery.case, "version": delivery.version, "person": delivery.person,
        "outside": delivery.outside or None, "channel": delivery.channel, "state": delivery.state.value,
        "urgent": delivery.is_urgent, "tries": delivery.tries, "at": when(delivery.at),
        "next_try": when(delivery.next_try), "sent_at": when(delivery.sent_at), "reason": delivery.reason,
        "title": item.case.title if item.case else None,
    }  # fmt: skip
