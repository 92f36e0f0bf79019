"""Posting: notices are sent beside the watch, so that a slow server holds up no clock."""

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

if TYPE_CHECKING:
    from console.desk.desk import Desk


@dataclass
class Post:
    """Sends what is to be sent, through the channels of the installation; `desk` gives that of the moment."""

    call: Call
    desk: Callable[[], Desk]
    bell: Event

    def run(self) -> None:
        """Send until the bell rings, where the person may."""
        from console.desk.deliveries import must_may
        from console.notify.delivery import deliver_due
        from console.notify.setup import channels

        try:
            must_may(self.desk(), self.call.actor)
            ways = channels(Path(str(self.call.settings.channels.value)))
        except Refused as refused:
            tell(f"No notices are sent: {refused.sentence}")
            return
        while not self.bell.is_set():
            is_more = False
            try:
                is_more = deliver_due(self.desk(), ways).is_more
            except Refused as refused:
                tell(f"Notices are not sent: {refused.sentence}")
            doze(self.desk(), self.bell, 0 if is_more else USUAL)
        self.desk().store.close()
