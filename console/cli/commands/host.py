"""host: serve Triage to everybody on this machine."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from console.cli.call import Call
from console.cli.output import say
from console.domain.errors import RefusalCode, Refused

DESCRIPTION = """
Serve Triage to every account of this machine, from one that owns the database. `triage` of anybody else finds the
server by its socket and runs in a session of it, on their own terminal, as the person the system says they are; nobody
but the service can open the database. It also keeps watch (see `triage watch`). It ends cleanly on SIGTERM: every
session keeps what was typed. Only accounts that `triage people` knows come in.
"""
EXAMPLES = ("triage host", "triage host --socket /run/triage/host.sock --sessions 200", "triage host --no-watch")
MOST = 2_000


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("--socket", metavar="PATH", type=Path, help="where to listen (/run/triage/host.sock)")
    parser.add_argument("--sessions", metavar="N", type=_number, default=400, help="how many there may be in all (400)")
    parser.add_argument("--each", metavar="N", type=_number, default=20, help="how many one account may have (20)")
    parser.add_argument("--no-watch", action="store_true", help="keep no watch: something else does")


def run(call: Call) -> int:
    """Serve until told to end."""
    if os.name != "posix" or not hasattr(os, "fork"):
        raise Refused("A host needs Linux; on other systems each person opens a database.", RefusalCode.BAD_INPUT)
    from console.cli.hosting import host
    from console.host.server import Places

    said = call.options
    path = said.socket.absolute() if said.socket else Path(str(call.settings.socket.value))
    served = host(call, path, Places(said.sessions, said.each), keeps_watch=not said.no_watch)

    def ready() -> None:
        say(f"Listening at {path}, for {call.database}.")
        sys.stdout.flush()  # before anything is forked, which would say it again

    return served.serve(ready)


def _number(text: str) -> int:
    """Read how many."""
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= MOST:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number from 1 to {MOST:,}")
    return int(text)
