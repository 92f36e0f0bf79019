"""Turning a policy on or back, what was turned on when, and a person's draft."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from console.cli.arguments import file_text
from console.cli.call import Call
from console.cli.forms import Form, when
from console.cli.output import columns, document, say, tell
from console.cli.parser import add_options
from console.domain.errors import RefusalCode, Refused

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from console.desk.policies import Draft, Standing, Turned
    from console.domain.turned import Turn

CHANGING = {"use", "back"}


def add_deeds(deeds: argparse._SubParsersAction[ArgumentParser]) -> None:
    """Add the words of these deeds."""
    use = deeds.add_parser("use", help="turn a policy on for everybody; only leads and admins may")
    use.add_argument("file", nargs="?", metavar="FILE", help="its file, - for standard input; without one, your draft")
    use.add_argument("--instead-of", metavar="VERSION", help="only if this version is in force")
    back = deeds.add_parser("back", help="turn on what was in force before")
    for each in (use, back):
        each.add_argument("--why", required=True, metavar="TEXT", help="what it is for; everybody reads it")
    past = deeds.add_parser("history", help="tell who turned what on, when and why, the newest first")
    draft = deeds.add_parser("draft", help="print your draft of a policy, or keep another")
    draft.add_argument("file", nargs="?", metavar="FILE", help="the new draft; - for standard input")
    draft.add_argument("--drop", action="store_true", help="keep it no longer")
    for each in (use, back, past, draft):
        add_options(each)


def run(call: Call) -> int:
    """Turn on or back, tell what was, or see to the draft."""
    said = call.options
    if said.is_readonly and (said.deed in CHANGING or (said.deed == "draft" and (said.file or said.drop))):
        raise Refused("With --readonly nothing is changed; leave it out.", RefusalCode.NOT_ALLOWED)
    match said.deed:
        case "use":
            return _use(call)
        case "back":
            from console.desk import policies

            return _tell(call, policies.turn_back(call.desk, call.actor, said.why), "")
        case "history":
            return _history(call)
        case _:
            return _draft(call)


def _use(call: Call) -> int:
    """Turn a policy on; everything that is wrong in it is told by line."""
    from console.desk import policies

    said, desk = call.options, call.desk
    seen = said.instead_of or policies.in_force(desk).version
    if said.file:
        text, name = file_text(said.file, "policy"), said.file
    else:
        own = kept(call)
        text, name, seen = own.text, "draft", said.instead_of or own.base
    try:
        turned = policies.turn_on(desk, call.actor, text, said.why, seen)
    except policies.Faulty as faulty:
        if not call.is_json:
            tell(
                *(f"{name}:{each.line}: {f'{each.key}: ' if each.key else ''}{each.sentence}" for each in faulty.faults)
            )
        raise
    return _tell(call, turned, "; `triage policy back` takes it back")


def _tell(call: Call, turned: Turned, way: str) -> int:
    """Tell what is in force now, and what it changes."""
    if call.is_json:
        document(
            {"in_force": standing_form(turned.now), "changes": [*turned.changes], "counts_anew": turned.counts_anew}
        )
        return 0
    say(*turned.changes)
    tell(f"Version {turned.now.version} is in force now, for everybody{way}.")
    if turned.counts_anew:
        tell("It counts earlier cases in another way; they are counted anew by and by.")
    return 0


def _history(call: Call) -> int:
    """Print every time that a policy was turned on."""
    from console.cli.table import fitted
    from console.desk import policies
    from console.domain.spans import on_day

    now, turns = policies.in_force(call.desk), policies.history(call.desk)
    if call.is_json:
        document([_turn_form(turn, is_in_force=turn.id == now.turn) for turn in turns])
        return 0
    rows = [
        (
            "*" if turn.id == now.turn else "", on_day(turn.at, call.desk.now()), turn.who, turn.version,
            "back" if turn.takes_back else "on", turn.why,
        )
        for turn in turns
    ]  # fmt: skip
    if not now.by:
        rows.insert(0, ("*", "", "", now.version, "file", "what the policy's file says"))
    say(*fitted(("", "at", "by", "version", "turned", "why"), rows, columns(), 5))
    return 0


def _draft(call: Call) -> int:
    """Print, keep or drop the person's draft."""
    from console.desk import policies

    said, desk = call.options, call.desk
    if said.drop:
        policies.drop_draft(desk, call.actor)
        tell("You have no draft any more.")
        return 0
    if said.file:
        text = file_text(said.file, "policy")
        own = policies.keep_draft(desk, call.actor, text, policies.in_force(desk).version)
        tell(
            "Your draft is kept; `triage policy backtest --draft` tries it, `triage policy use --why TEXT` turns it on."
        )
    else:
        own = kept(call)
    if call.is_json:
        document({"text": own.text, "base": own.base, "at": when(own.at)})
    elif not said.file:
        hand_out(own.text)
    return 0


def kept(call: Call) -> Draft:
    """Give the person's draft. Refused: none."""
    from console.desk import policies

    found = policies.draft(call.desk, call.actor)
    if found is None:
        raise Refused("You have no draft; `triage policy draft FILE` keeps one.", RefusalCode.NOT_FOUND)
    return found


def hand_out(text: str) -> None:
    """Print a policy as it is, to be read again; made safe where a terminal shows it."""
    if sys.stdout.isatty():
        say(*text.splitlines())
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode() if text.endswith("\n") else f"{text}\n".encode())
    sys.stdout.buffer.flush()


def standing_form(standing: Standing) -> Form:
    """Give what is in force as JSON; by, at and why are None where the policy's file is."""
    return {
        "version": standing.version, "by": standing.by or None, "on_behalf_of": standing.on_behalf_of or None,
        "at": when(standing.at), "why": standing.why or None,
        "file": standing.filed,
    }  # fmt: skip


def _turn_form(turn: Turn, *, is_in_force: bool) -> Form:
    return {
        "id": turn.id, "version": turn.version, "name": turn.name, "at": when(turn.at), "by": turn.by,
        "on_behalf_of": turn.on_behalf_of or None, "why": turn.why, "before": turn.before,
        "instead_of_file": turn.instead_of, "takes_back": turn.takes_back, "is_in_force": is_in_force,
    }  # fmt: skip
