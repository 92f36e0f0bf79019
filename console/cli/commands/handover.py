"""handover: pass cases from one shift to the next."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from console.cli.arguments import moment
from console.cli.call import Call
from console.cli.handover_page import form, table
from console.cli.many import chosen, reported, which
from console.cli.output import columns, document, say, tell
from console.cli.parser import add_options
from console.domain.errors import RefusalCode, Refused

if TYPE_CHECKING:
    from console.domain.case import CaseId
    from console.domain.handover import Words

DESCRIPTION = """
Pass cases from one shift to the next. The outgoing shift writes for each case what is open, what was promised until
when, and what it asks; without words the case says it itself. The incoming shift lists that and accepts it row by row,
and so becomes handler. Both are signed in the history of each case. `report handover` prints it all.
"""
EXAMPLES = (
    "triage handover write",
    'triage handover write 4711 --open "refund is outstanding" --promised +2h --asks "call Kim at ten" --to bo',
    "triage handover list",
    "triage handover accept 4711 4712",
    "triage handover accept --all",
)
CHANGING = {"write", "accept"}


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    deeds = parser.add_subparsers(dest="deed", metavar="write|list|accept", title="what to do")
    write = deeds.add_parser("write", help="hand cases over; without cases all that you handle")
    write.add_argument("cases", nargs="*", type=which, metavar="ID", help="the cases' numbers")
    write.add_argument("--open", dest="standing", default="", metavar="TEXT", help="what is open")
    write.add_argument("--promised", type=moment, metavar="TIME", help="when the requester was promised to hear next")
    write.add_argument("--asks", default="", metavar="TEXT", help="what the next shift is asked to do")
    write.add_argument("--to", default="", metavar="PERSON", help="whom it is meant for; without, whoever comes")
    accept = deeds.add_parser("accept", help="take cases on that are handed over")
    accept.add_argument("cases", nargs="*", type=which, metavar="ID", help="the cases' numbers")
    accept.add_argument("--all", action="store_true", help="everything that is handed over to you or to whoever comes")
    for deed in (write, accept, deeds.add_parser("list", help="list what is handed over (also without a word)")):
        deed.add_argument("--yes", action="store_true", help=argparse.SUPPRESS)
        add_options(deed)


def run(call: Call) -> int:
    """Write, list or accept."""
    if call.options.deed in CHANGING and call.options.is_readonly:
        raise Refused("With --readonly nothing is changed; leave it out.", RefusalCode.NOT_ALLOWED)
    match call.options.deed:
        case "write":
            return _write(call)
        case "accept":
            return _accept(call)
        case _:
            return _list(call)


def _write(call: Call) -> int:
    """Hand over the cases named, or all of one's own."""
    from console.desk.handover import draft, write

    drafted = draft(call.desk, call.actor)
    ids = chosen(call, call.options.cases, "Hand over") if call.options.cases else list(drafted)
    if not ids:
        raise Refused("You handle no case, so there is nothing to hand over.", RefusalCode.NOT_FOUND)
    rows = {case: _words(call, drafted.get(case)) for case in ids}
    return reported(call, write(call.desk, call.actor, rows))


def _words(call: Call, drafted: Words | None) -> Words:
    """Give what was typed about a case; what was not typed it says itself."""
    from console.domain.handover import Words

    said = call.options
    own = drafted or Words()
    return Words(said.standing or own.standing, said.promised or own.promised, said.asks, said.to)


def _accept(call: Call) -> int:
    """Take on the cases named, or everything."""
    from console.desk.handover import accept, pending

    ids: list[CaseId] = chosen(call, call.options.cases, "Take on") if call.options.cases else []
    if call.options.all:
        ids = [row.case.id for row in pending(call.desk, call.actor)]
        if not ids:
            raise Refused("Nothing is handed over to you.", RefusalCode.NOT_FOUND)
    if not ids:
        raise Refused("Name the cases you take on, or say --all.", RefusalCode.BAD_INPUT)
    return reported(call, accept(call.desk, call.actor, ids))


def _list(call: Call) -> int:
    """List what waits to be taken on."""
    from console.desk.handover import pending

    rows = pending(call.desk, call.actor)
    if call.is_json:
        document([form(row) for row in rows])
    elif rows:
        say(*table(rows, columns()))
    else:
        tell("Nothing is handed over to you.")
    return 0
