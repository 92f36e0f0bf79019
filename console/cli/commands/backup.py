"""backup: copy the database while others work, or list what copies there are."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from console.cli.call import Call, now
from console.cli.output import columns, document, say, tell
from console.cli.parser import add_options
from console.domain.errors import RefusalCode, Refused
from console.domain.retention import Rule, rule
from console.domain.words import counted, megabytes

if TYPE_CHECKING:
    from console.desk.backup import Listed

DESCRIPTION = """
Copy the whole database, as it is at one moment and while others go on writing, into the folder of backups. The copy is
checked before it counts: its pages, the hash chain of every case's history, and that each case is what its history
says; one that is not sound is not kept, and the exit code is 1. Attachments go into a folder beside the backups, each
once for all of them, and stay. Older backups are then dropped: all of the last 2 days
stay, then one a day for 14 days, one a week for 8 weeks, one a month for 12 months. `list` shows the backups there are,
and whether each is still what was written.
"""
EXAMPLES = (
    "triage backup",
    "triage backup --to /mnt/other-disk/triage --keep all",
    "triage backup --keep 7,30,12,24",
    "triage backup list",
)


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    deeds = parser.add_subparsers(dest="deed", metavar="list", title="instead of making one")
    listing = deeds.add_parser("list", help="list the backups there are: age, size, whether they are as written")
    for each in (parser, listing):
        each.add_argument("--to", metavar="DIR", default=argparse.SUPPRESS, help="the folder, instead of the usual one")
    add_options(listing)
    parser.add_argument(
        "--keep", type=_rule, default=Rule(), metavar="RULE",
        help="which older ones stay: all, or days,daily,weekly,monthly (2,14,8,12)",
    )  # fmt: skip


def run(call: Call) -> int:
    """Make a backup, or list them."""
    folder = Path.cwd() / call.options.to if "to" in call.options else call.backups
    return _list(call, folder) if call.options.deed == "list" else _make(call, folder)


def _make(call: Call, folder: Path) -> int:
    """Make a backup."""
    from console.desk.backup import backup

    if call.options.is_readonly:
        raise Refused("With --readonly nothing is changed; leave it out.", RefusalCode.NOT_ALLOWED)
    made = backup(call.database, folder, now(), call.options.keep)
    torn = [f"Attachment {name} is damaged and was not copied." for name in made.carried.damaged]
    if call.is_json:
        document({
            "attachments": made.carried.files, "damaged": list(made.carried.damaged),
            "backup": str(made.path), "at": made.at.isoformat(), "size": made.size, "sha256": made.digest,
            "cases": made.cases, "events": made.events, "dropped": [str(each) for each in made.dropped],
        })  # fmt: skip
        return 0
    say(f"{made.path}: {made.cases:,} cases, {made.events:,} events, {megabytes(made.size)}, sound.")
    if made.carried.files:
        say(f"{counted(made.carried.files, 'new attachment')} copied beside it.")
    tell(*(f"Dropped {each.name}." for each in made.dropped), *torn)
    return 0


def _list(call: Call, folder: Path) -> int:
    """List the backups, newest first; one that is not as written gives exit code 1."""
    from console.cli.table import fitted
    from console.desk.backup import listed

    found = listed(call.database, folder)[::-1]
    if call.is_json:
        document([_form(each) for each in found])
    elif not found:
        tell(f"There is no backup of {call.database} in {folder}; `triage backup` makes one.")
    else:
        rows = [
            (str(each.path.name), _age(now(), each.at), megabytes(each.size), _whether(each.is_as_written))
            for each in found
        ]
        say(str(folder), *fitted(("backup", "age", "size", "as written"), rows, columns(), 0))
    return int(any(each.is_as_written is False for each in found))


def _form(each: Listed) -> dict[str, object]:
    return {"backup": str(each.path), "at": each.at.isoformat(), "size": each.size, "as_written": each.is_as_written}


def _whether(is_as_written: bool | None) -> str:  # noqa: FBT001 - it is a finding, not a switch
    return "unknown" if is_as_written is None else "yes" if is_as_written else "NO"


def _age(at: datetime, made: datetime) -> str:
    """Say how long ago something was made."""
    minutes = max(0, int((at - made).total_seconds() // 60))
    hours, days = minutes // 60, minutes // (24 * 60)
    return f"{days} d {hours % 24} h" if days else f"{hours} h {minutes % 60} min" if hours else f"{minutes} min"


def _rule(text: str) -> Rule | None:
    """Read which backups stay."""
    try:
        return rule(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
