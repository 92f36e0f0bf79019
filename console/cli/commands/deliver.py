"""deliver: send the notices that are due."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from console.cli.call import Call
from console.cli.output import document, say, tell
from console.domain.words import counted

DESCRIPTION = """
Send the notices that are due, through the channels in the config file ([channel.NAME]: smtp, webhook, command,
apprise), by the routes in the policy ([notify]). Everything is sent at least once and carries a key (Message-ID,
Idempotency-Key) by which a second copy is known. What fails is tried again with growing pauses, for about a day, and
then kept in `triage notices --dead`. `triage watch` does the same all the time; this is for cron, or by hand. Several
may run at once. It is for admins and for the owner of the database.
"""
EXAMPLES = (
    "triage deliver",
    "triage deliver --json",
    "* * * * * triage deliver    (in a crontab)",
)


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("--once", action="store_true", help="send what is due and end (as without it)")


def run(call: Call) -> int:
    """Send what is due, and say what came of it."""
    from console.desk.deliveries import must_may
    from console.notify.delivery import Delivered, deliver_due
    from console.notify.setup import channels, exposed

    must_may(call.desk, call.actor)
    file = Path(str(call.settings.channels.value))
    ways = channels(file)
    if said := exposed(file):
        tell(said)
    if not ways and call.policy.notify.routes:
        tell(f"{file} names no channel; add one, such as [channel.mail], and see the README.")
    total = Delivered(is_more=True)
    while total.is_more:
        came = deliver_due(call.desk, ways)
        for name in ("sent", "later", "dead", "held", "cancelled"):
            setattr(total, name, getattr(total, name) + getattr(came, name))
        total.is_more = came.is_more
    if call.is_json:
        told = asdict(total)
        del told["is_more"]
        document(told)
    else:
        say(
            f"{counted(total.sent, 'message')} sent, {total.later:,} to be tried again, {total.dead:,} given up,"
            f" {total.held:,} held back, {total.cancelled:,} cancelled."
        )
    return int(total.dead > 0)
