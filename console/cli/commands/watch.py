"""watch: keep watch for ever, and do what is due by the clock."""

from __future__ import annotations

import argparse

from console.cli.arguments import seconds
from console.cli.call import Call
from console.cli.waking import USUAL
from console.domain.errors import RefusalCode, Refused

DESCRIPTION = """
Keep watch for ever: do what is due by the clock, as `tick` does, and send the notices that are due, as `deliver` does.
One watches at a time; a second one stands by, and takes over within a minute when the first falls silent. Where nobody
watches, the consoles that are open do it instead. It looks through the whole file for damage when it starts and once a
night. A change of the policy's file counts at once. It writes one line for
each thing it does, and ends cleanly on SIGTERM or SIGINT. Run it as a service that is started again when it ends.
"""
EXAMPLES = ("triage watch", "triage watch --every 5", "systemctl --user start triage-watch")
SHORTEST, LONGEST = 1.0, 20.0


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "--every", type=seconds(SHORTEST, LONGEST), default=USUAL, metavar="SECONDS",
        help=f"how long to sleep at most where nothing is due, {SHORTEST:.0f} to {LONGEST:.0f} ({USUAL:.0f})",
    )  # fmt: skip


def run(call: Call) -> int:
    """Keep watch until told to end."""
    from console.cli.waking import ended_by_signals
    from console.cli.watching import Watcher
    from console.desk.storage import check

    if found := check(call.database, call.backups):
        raise Refused(found, RefusalCode.STORAGE)
    watcher = Watcher(call, call.options.every)
    with ended_by_signals(watcher.bell):
        return watcher.run()
