"""tick: do once what is due by the clock."""

from __future__ import annotations

import argparse
import os
from datetime import datetime

from console.cli.arguments import moment
from console.cli.call import Call
from console.cli.output import document, say, tell
from console.cli.rounds_page import form, held_form, lines
from console.domain.errors import RefusalCode, Refused

DESCRIPTION = """
Do once what is due by the clock: warnings and breaches, reminders, the steps of ladders, what automatic rules do, waits
that end. Each thing is done once, however many do this at a time; of a case that is far behind one level at a time,
marked late. `watch` does it for ever; where that runs, this does nothing. For cron, or by hand.

Where the machine's clock has jumped back, or ahead (by more than two seconds against the clock that only runs), acts by
the clock are held, and every console says so: a correction of up to five minutes is waited for as long as it was, a
longer jump until the clock is right again, or until a lead or admin says --go.

With --at TIME it rehearses: on a copy of the database it plays what would happen until then if nobody acted, at each
moment something is due, and prints it; nothing is done. With --readonly it does that as well, and nothing else.
"""
EXAMPLES = (
    "triage tick",
    "triage tick --at +8h",
    "triage tick --at 2026-12-24T18:00 --json",
    "triage tick --go",
    "* * * * * triage tick    (in a crontab)",
)


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("--at", type=moment, metavar="TIME", help="rehearse until a time: ISO 8601, or +8h, +3d")
    parser.add_argument("--go", action="store_true", help="the clock is right: let acts that are held go on")


def run(call: Call) -> int:
    """Do what is due, or rehearse it."""
    said = call.options
    if said.at and said.go:
        raise Refused("--at only rehearses; say --go without it.", RefusalCode.BAD_INPUT)
    if said.at:
        return _rehearse(call, said.at)
    if said.is_readonly:
        told = "With --readonly nothing is done; rehearse with `triage tick --at TIME`, or leave it out."
        raise Refused(told, RefusalCode.NOT_ALLOWED)
    return _tick(call, may_go=said.go)


def _tick(call: Call, *, may_go: bool) -> int:
    """Do what is due, unless somebody else keeps watch or acts are held."""
    from console.desk import watch
    from console.tui.terminal.clocks import reading

    now = call.desk.now

    if may_go:
        held = watch.go(call.desk, call.actor, reading(now()))
        tell("Acts by the clock go on." if held else "Acts by the clock were not held.")
    holder = f"tick {os.getpid()}"
    try:
        kept = watch.keep(call.desk, holder, lambda: reading(now()))
    finally:
        watch.leave(call.desk, holder)
    rounds = kept.rounds.seen_by(call.actor)
    if call.is_json:
        document({"watcher": kept.other, "held": held_form(kept.held), **form(rounds)})
    elif kept.held is not None:
        tell(f"Nothing is done: {kept.held.why}. Put it right, or say `triage tick --go` if it is.")
    elif kept.other:
        tell(f"Nothing to do: {kept.other} keeps watch.")
    else:
        say(*lines(rounds, now()))
        tell(*([] if rounds.done or rounds.left else ["Nothing is due."]))
    return int(kept.held is not None or bool(rounds.left))


def _rehearse(call: Call, until: datetime) -> int:
    """Tell what would happen until a time."""
    from console.desk.rehearsal import rehearse

    moments = ((at, made.seen_by(call.actor)) for at, made in rehearse(call.desk, until))
    if call.is_json:
        from console.cli.forms import when

        document([{"at": when(at), **form(made)} for at, made in moments if made.done or made.left])
        return 0
    is_empty, now = True, call.desk.now()
    for at, made in moments:
        for line in lines(made, now, at):
            is_empty = False
            say(line)
    tell("Nothing would happen until then." if is_empty else "That is what would happen; nothing was done.")
    return 0
