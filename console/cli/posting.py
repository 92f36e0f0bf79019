"""Posting: notices are sent and events written back beside the watch, so that a slow server holds up no clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from console.cli.call import Call
from console.cli.output import tell
from console.cli.waking import USUAL, doze
from console.domain.errors import Refused
from console.domain.words import counted
from console.log import Level

if TYPE_CHECKING:
    from console.desk.desk import Desk

Turn = Callable[["Desk"], bool]
"""Sends what is due, and says whether there is more."""


def notices(file: Path) -> Turn:
    """Give what sends notices through the channels that a file names. Refused: what cannot be used."""
    from console.notify.delivery import deliver_due
    from console.notify.setup import channels

    ways = channels(file)
    return lambda desk: deliver_due(desk, ways).is_more


def events(file: Path) -> Turn:
    """Give what tells other systems of events through the hooks that a file names. Refused: what cannot be used.

    The file is read anew each time: a hook that another program knows from it already must not be taken for a gone one.
    """
    from console.notify.hook_setup import outlets
    from console.notify.writing_back import write_back_due

    outlets(file)

    def turn(desk: Desk) -> bool:
        came = write_back_due(desk, outlets(file), str(file))
        if came.dead:
            told = (
                f"{counted(came.dead, 'event')} given up that another system was to be told; `triage hooks` says why."
            )
            tell(told)
            desk.note(Level.WARNING, f"watch: {told}")
        return came.is_more

    return turn


@dataclass
class Post:
    """Sends what is to be sent, in one of the ways above; `desk` gives that of the moment, `what` is its name."""

    call: Call
    desk: Callable[[], Desk]
    bell: Event
    way: Callable[[Path], Turn] = notices
    what: str = "notices"

    def run(self) -> None:
        """Send until the bell rings, where the person may."""
        from console.desk.deliveries import must_may

        try:
            must_may(self.desk(), self.call.actor)
            turn = self.way(self.call.channels_file)
        except Refused as refused:
            tell(f"No {self.what} are sent: {refused.sentence}")
            return
        said = ""
        while not self.bell.is_set():
            is_more, before, said = False, said, ""
            try:
                is_more = turn(self.desk())
            except Refused as refused:
                said = f"{self.what.capitalize()} are not sent: {refused.sentence}"
                tell(*([said] if said != before else []))
            doze(self.desk(), self.bell, 0 if is_more else USUAL)
        self.desk().store.close()
