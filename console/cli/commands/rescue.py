"""rescue: make room on a full disk, from a reserve that was laid by."""

from __future__ import annotations

import argparse

from console.cli.call import Call
from console.cli.output import document, say
from console.domain.errors import RefusalCode, Refused
from console.domain.words import megabytes

DESCRIPTION = """
Make room where the disk is so full that the database cannot even be opened. While there is room, --lay sets 64 MB aside
in a file beside the database, triage.db-ballast; on a full disk, a rescue frees them, writes the journal back into the
database, and says how much room there is now. Then make room, and lay the reserve again.
"""
EXAMPLES = ("triage rescue --lay", "triage rescue")
MOST = 100_000_000
MEGABYTE = 1024 * 1024


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("--lay", action="store_true", help="lay the reserve, while there is room")
    parser.add_argument("--size", type=_megabytes, default=64, metavar="MB", help="how much to lay by (64)")


def run(call: Call) -> int:
    """Lay the reserve, or free it."""
    if call.options.is_readonly:
        raise Refused("With --readonly nothing is changed; leave it out.", RefusalCode.NOT_ALLOWED)
    return _lay(call) if call.options.lay else _rescue(call)


def _lay(call: Call) -> int:
    """Lay the reserve."""
    from console.desk.rescue import lay

    size = call.options.size
    if not lay(call.database, size * MEGABYTE):
        told = (
            f"There is no room to lay {size} MB by: as much again must stay free. Make room, or name a smaller --size."
        )
        raise Refused(told, RefusalCode.STORAGE)
    if call.is_json:
        document({"laid": size * MEGABYTE})
    else:
        say(f"{size} MB are laid by for {call.database}; on a full disk, `triage rescue` frees them.")
    return 0


def _rescue(call: Call) -> int:
    """Free the reserve where the disk is full; where the database cannot be used even so, the exit code is 1."""
    from console.desk.rescue import rescue

    found = rescue(call.database)
    if call.is_json:
        document({
            "full": found.was_full, "freed": found.freed, "journal": found.journal,
            "free": found.room.free, "total": found.room.total, "trouble": found.trouble,
        })  # fmt: skip
        return int(bool(found.trouble))
    if not found.was_full:
        say("The disk is not full; the reserve stays where it is.")
    elif found.freed:
        say(f"Freed the reserve of {megabytes(found.freed)}. Make room, then lay it again with `triage rescue --lay`.")
    say(f"There are {megabytes(found.room.free)} free of {megabytes(found.room.total)}.")
    if found.trouble:
        say(found.trouble)
    return int(bool(found.trouble))


def _megabytes(text: str) -> int:
    """Read a number of megabytes."""
    if not text.isascii() or not text.isdecimal() or not 0 < int(text[:9]) <= MOST:
        told = f"'{text}' is not a number of megabytes, such as 64"
        raise argparse.ArgumentTypeError(told)
    return int(text)
