"""hooks: what other systems were told, and what still waits or was given up."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from console.cli.arguments import case_id
from console.cli.call import Call, now
from console.cli.forms import when
from console.cli.output import columns, document, say, tell
from console.cli.parser import add_options
from console.cli.table import fitted
from console.domain.delivering import State
from console.domain.errors import RefusalCode, Refused
from console.domain.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from console.desk.hook_standing import Standing
    from console.notify.hooks import Outlet

DESCRIPTION = """
Say where the hooks of the config file ([hook.NAME]) stand: since when each listens, how many events it was told, how
many wait, and what was given up and why. `show` lists the events of one. `try` prints what a hook would send about the
newest event of a case that it hears, and sends nothing. `retry` puts what was given up back on its way, `skip` cancels
what waits or was given up. `triage deliver` tells what is due, `triage watch` all the time. It is for admins and for
the owner of the database.
"""
EXAMPLES = (
    "triage hooks",
    "triage hooks show jira --json",
    "triage hooks try jira 4711",
    "triage hooks retry jira",
    "triage hooks skip jira",
)
HEADS, EVENT_HEADS = ("hook", "since", "told", "wait", "dead", "last", "what went wrong"), (
    "event", "state", "tries", "next", "why",
)  # fmt: skip
EVERY = (State.PENDING, State.SENDING, State.DEAD, State.SENT, State.CANCELLED)


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    deeds = parser.add_subparsers(dest="deed", metavar="list|show|try|retry|skip", title="what to do")
    lists = deeds.add_parser("list", help="list the hooks (also without a word)")
    shows = deeds.add_parser("show", help="list the events of a hook, the newest first")
    tries = deeds.add_parser("try", help="print what a hook would send about a case, and send nothing")
    retries = deeds.add_parser("retry", help="put what was given up back on its way")
    skips = deeds.add_parser("skip", help="cancel what waits or was given up")
    for deed in (shows, tries, retries, skips):
        deed.add_argument("hook", metavar="NAME", help="the name of the hook")
    tries.add_argument("case", type=case_id, metavar="CASE", help="the number of a case")
    shows.add_argument("--limit", type=int, default=200, metavar="N", help="at most so many (default 200)")
    for deed in (lists, shows, tries, retries, skips):
        add_options(deed)


def run(call: Call) -> int:
    """List, show, try, retry or skip."""
    said = call.options
    if said.deed in {"retry", "skip"} and said.is_readonly:
        raise Refused("With --readonly nothing is changed; leave it out.", RefusalCode.NOT_ALLOWED)
    match said.deed:
        case "show":
            _show(call)
        case "try":
            _try(call)
        case "retry" | "skip":
            _change(call)
        case _:
            _list(call)
    return 0


def _outlets(call: Call) -> dict[str, Outlet]:
    """Give the hooks of the config file by name. Refused: what cannot be used."""
    from console.notify.hook_setup import outlets

    return {outlet.hook.name: outlet for outlet in outlets(call.channels_file)}


def _standings(call: Call, known: Iterable[str]) -> tuple[Standing, ...]:
    """Give where these hooks stand, and all others that the database knows."""
    from console.desk.hook_standing import standings

    return standings(call.desk, call.actor, known)


def _list(call: Call) -> None:
    known = _outlets(call)
    found = _standings(call, known)
    if call.is_json:
        forms = [asdict(each) | {"since": when(each.since), "last": when(each.last)} for each in found]
        document([form | {"configured": form["hook"] in known} for form in forms])
    elif found:
        rows = [
            (each.hook, _at(each.since) if each.since else "not yet", f"{each.sent:,}", f"{each.waiting:,}",
             f"{each.dead:,}", _at(each.last), each.reason or "-")
            for each in found
        ]  # fmt: skip
        say(*fitted(HEADS, rows, columns(), HEADS.index("what went wrong")))
    else:
        tell(f"{call.channels_file} names no hook; add one, such as [hook.jira], and see the README.")


def _show(call: Call) -> None:
    from console.desk.hook_standing import rows

    if call.options.limit < 1:
        raise Refused("--limit must be 1 or more.", RefusalCode.BAD_INPUT)
    found = rows(call.desk, call.actor, _named(call), EVERY, call.options.limit)
    if call.is_json:
        document([
            asdict(row) | {name: when(getattr(row, name)) for name in ("at", "next_try", "sent_at")} for row in found
        ])  # fmt: skip
    elif found:
        cells = [
            (f"{row.case}.{row.version}", row.state.value, str(row.tries), _at(row.next_try or row.sent_at),
             row.reason or "-")
            for row in found
        ]  # fmt: skip
        say(*fitted(EVENT_HEADS, cells, columns(), EVENT_HEADS.index("why")))
    else:
        tell("It has told nothing, and has nothing to tell.")


def _try(call: Call) -> None:
    """Print a request or the input of a program, without a secret."""
    from console.desk.write_back import rehearsed
    from console.notify.hooks import Caller, draft

    outlet = _outlets(call)[_named(call)]
    telling = rehearsed(call.desk, call.actor, outlet.hook, call.options.case)
    if telling is None:
        told = f"Hook {outlet.hook.name} hears of nothing that happened to case {call.options.case}"
        raise Refused(f"{told}: see its on, source, query, ref and echo.", RefusalCode.NOT_FOUND)
    written, way = draft(outlet, telling), outlet.way
    body = json.loads(written.body)
    if isinstance(way, Caller) and written.url is None:
        raise Refused(f"The facts of case {telling.case.id} make no address: {way.url}", RefusalCode.BAD_INPUT)
    line = f"{way.method} {written.url}" if isinstance(way, Caller) else " ".join(way.argv)
    if call.is_json:
        document({"hook": outlet.hook.name, "to": line, "body": body})
    else:
        say(line, *json.dumps(body, indent=2).splitlines())


def _change(call: Call) -> None:
    from console.desk import hook_standing as standing

    act, done = (standing.retry, "put back") if call.options.deed == "retry" else (standing.skip, "skipped")
    name = _named(call)
    number = act(call.desk, call.actor, name)
    if call.is_json:
        document({"hook": name, "events": number})
    else:
        say(f"{name}: {counted(number, 'event')} {done}")


def _named(call: Call) -> str:
    """Give the hook that was named. Refused: one that is not there."""
    known = _outlets(call)
    names = [*known] if call.options.deed == "try" else [each.hook for each in _standings(call, known)]
    if call.options.hook not in names:
        told = f"There is no hook '{call.options.hook}'; there are {listed(names) or 'none'}."
        raise Refused(told, RefusalCode.NOT_FOUND)
    return str(call.options.hook)


def _at(at: datetime | None) -> str:
    from console.tui.widgets.moments import moment

    return moment(at, now()) if at else "-"
