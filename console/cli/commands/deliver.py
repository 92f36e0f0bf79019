"""deliver: send the notices that are due, and tell other systems what happened."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import TYPE_CHECKING

from console.cli.call import Call
from console.cli.output import document, say, tell
from console.domain.words import counted

if TYPE_CHECKING:
    from console.notify.channels import Setup
    from console.notify.delivery import Delivered
    from console.notify.writing_back import WrittenBack

DESCRIPTION = """
Send the notices that are due, through the channels in the config file ([channel.NAME]: smtp, webhook, command,
apprise), by the routes in the policy ([notify]); and tell other systems what happened, through the hooks in the same
file ([hook.NAME]). Everything is sent at least once and carries a key (Message-ID, Idempotency-Key) by which a second
copy is known. What fails is tried again with growing pauses, for about a day, and then kept: `triage notices --dead`,
`triage hooks`. `triage watch` does the same all the time; this is for cron, or by hand. Several may run at once. It is
for admins and for the owner of the database.
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
    from console.notify.hook_setup import outlets
    from console.notify.setup import channels, exposed

    must_may(call.desk, call.actor)
    file = call.channels_file
    ways, has_hooks = channels(file), bool(outlets(file))
    if said := exposed(file):
        tell(said)
    if not ways and call.policy.notify.routes:
        tell(f"{file} names no channel, so no notice is sent; add one, such as [channel.mail], and see the README.")
    total, back = _all_sent(call, ways)
    if call.is_json:
        told = asdict(total) | {"written_back": asdict(back)}
        del told["is_more"], told["written_back"]["is_more"]
        document(told)
        return int(total.dead + back.dead > 0)
    say(
        f"{counted(total.sent, 'message')} sent, {total.later:,} to be tried again, {total.dead:,} given up,"
        f" {total.held:,} held back, {total.cancelled:,} cancelled."
    )
    if has_hooks:
        given_up = f"{back.later:,} to be tried again, {back.dead:,} given up"
        say(f"{counted(back.told, 'event')} written back, {given_up}.")
    return int(total.dead + back.dead > 0)


def _all_sent(call: Call, ways: Mapping[str, Setup]) -> tuple[Delivered, WrittenBack]:
    """Send until nothing is due any more, notices and what is written back by turns; give what came of all."""
    from console.notify.delivery import Delivered, deliver_due
    from console.notify.hook_setup import outlets
    from console.notify.writing_back import WrittenBack, write_back_due

    total, back = Delivered(is_more=True), WrittenBack(is_more=True)
    while total.is_more or back.is_more:
        _add(total, deliver_due(call.desk, ways))
        _add(back, write_back_due(call.desk, outlets(call.channels_file), str(call.channels_file)))
    return total, back


def _add(total: Delivered | WrittenBack, came: Delivered | WrittenBack) -> None:
    """Count what came of one turn."""
    for each in fields(total):
        value = getattr(came, each.name)
        setattr(total, each.name, value if each.name == "is_more" else getattr(total, each.name) + value)
