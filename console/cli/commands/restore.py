"""restore: put a backup in the place of the database."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from console.cli.call import Call, now
from console.cli.output import document, say
from console.domain.errors import RefusalCode, Refused
from console.domain.words import counted

if TYPE_CHECKING:
    from console.desk.restore import Examined, Restored

DESCRIPTION = """
Put a backup in the place of the database. It is checked first, as `backup` checks it, and brought up to date where it
is of an older Triage. The database that was there stays beside it, as `triage.db.before-TIME`. Consoles and watches
that have it open write nothing from then on, say so, and are to be started again. Where the database has events that
the backup has not, it says how many and of when, and does nothing without --yes.
"""
EXAMPLES = (
    "triage backup list",
    "triage restore --check ~/.local/share/triage/backups/triage-20261129T160000Z.db",
    "triage restore ~/.local/share/triage/backups/triage-20261129T160000Z.db --yes",
)


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("file", metavar="FILE", help="the backup")
    parser.add_argument("--check", action="store_true", help="only check whether it could be restored")
    parser.add_argument("--yes", action="store_true", help="restore it even where newer events are put aside")


def run(call: Call) -> int:
    """Restore a backup, or only check it."""
    from console.desk.restore import examine, restore

    source = Path.cwd() / call.options.file
    if call.options.check:
        examined = examine(call.database, source)
        if call.is_json:
            document(_form(examined))
        else:
            say(f"{source} is sound: {_content(examined)}.")
        return 0
    if call.options.is_readonly:
        raise Refused("With --readonly nothing is changed; leave it out.", RefusalCode.NOT_ALLOWED)
    restored = restore(call.database, source, now(), is_sure=call.options.yes)
    if call.is_json:
        document(_form(restored.examined) | _aside_form(restored))
        return 0
    say(f"{call.database} is now what {source} holds: {_content(restored.examined)}.")
    if restored.carried.files:
        say(f"{counted(restored.carried.files, 'lost attachment')} came back with it.")
    if restored.aside:
        say(f"What was there is kept as {restored.aside}; {_only_there(restored)}.")
    return 0


def _content(examined: Examined) -> str:
    """Say what is in a backup."""
    told = f"{examined.cases:,} cases and {examined.events:,} events"
    return f"{told}, the newest of {examined.newest:%Y-%m-%d %H:%M} UTC" if examined.newest else told


def _only_there(restored: Restored) -> str:
    """Say what only the database has that was replaced."""
    from console.desk.restore import turns_told

    beyond = restored.beyond
    if beyond is None:
        return "it is too damaged to tell what only it has"
    turned = turns_told(beyond)
    if not beyond.events:
        return f"it has {turned or 'no event'} that the backup has not"
    span = f", of {beyond.first:%Y-%m-%d %H:%M} to {beyond.last:%Y-%m-%d %H:%M} UTC" if beyond.first else ""
    verb = "is" if beyond.events == 1 else "are"
    return f"{counted(beyond.events, 'event')} {verb} in it alone{span}{f', and {turned}' if turned else ''}"


def _form(examined: Examined) -> dict[str, object]:
    newest = examined.newest.isoformat() if examined.newest else None
    told = {"backup": str(examined.source), "cases": examined.cases, "events": examined.events}
    return told | {"newest": newest}


def _aside_form(restored: Restored) -> dict[str, object]:
    beyond = restored.beyond
    return {
        "aside": str(restored.aside) if restored.aside else None,
        "only_aside": None if beyond is None else beyond.events,
        "policies_only_aside": None if beyond is None else beyond.turns,
        "first": beyond.first.isoformat() if beyond and beyond.first else None,
        "last": beyond.last.isoformat() if beyond and beyond.last else None,
    }
