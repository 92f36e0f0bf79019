"""Keeping watch for ever: what is due is done, what is to be sent is sent, and in between it is slept.

It wakes when something is due, when the database has changed, and every few seconds in any case.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from console.cli.call import Call, now, os_user
from console.cli.output import say, tell
from console.cli.rounds_page import lines
from console.domain.errors import Refused

if TYPE_CHECKING:
    from console.desk.desk import Desk
    from console.desk.watch import Kept
    from console.domain.watch import Held

LOOKS_EVERY = 0.8
"""Seconds between two looks at whether the database has changed."""

TRIES = 5
"""How many failures in a row end the program, so that whoever started it can start it anew."""


@dataclass
class Watcher:
    """One who keeps watch, until the bell rings; `every` are seconds that are slept at most."""

    call: Call
    every: float
    bell: Event = field(default_factory=Event)
    said: str = ""
    failed: int = 0

    def run(self) -> int:
        """Keep watch until told to end; give the exit code."""
        from console.desk import watch

        holder = f"{os_user()}@{os.uname().nodename} {os.getpid()}" if hasattr(os, "uname") else f"watch {os.getpid()}"
        desk = self.call.desk
        while not self.bell.is_set() and self.failed < TRIES:
            desk = self._renewed(desk)
            wait = self._step(desk, holder)
            self._sleep(desk, wait)
        if not self.failed:
            watch.leave(desk, holder)
        return int(self.failed > 0)

    def _step(self, desk: Desk, holder: str) -> float:
        """Do what is due; give how many seconds nothing will be."""
        from console.desk import watch
        from console.tui.terminal.clocks import reading

        try:
            kept = watch.keep(desk, holder, lambda: reading(now()))
            self._tell(kept)
            self._deliver(desk)
        except Refused as refused:
            self.failed += 1
            tell(f"Not done: {refused.sentence}")
            return self.every
        self.failed = 0
        if kept.rounds.is_cut:
            return 0
        until = (kept.next_at - now()) / timedelta(seconds=1) if kept.next_at else self.every
        return max(0.0, min(until, self.every))

    def _tell(self, kept: Kept) -> None:
        """Write one line for each thing done, and one when something changes about the watch itself."""
        say(*lines(kept.rounds.seen_by(self.call.actor), now()))
        sys.stdout.flush()
        words = _standing(kept.other, kept.held)
        if words != self.said:
            tell(words)
            self.said = words

    def _deliver(self, desk: Desk) -> None:
        """Send what is to be sent, where this person may."""
        from console.desk.deliveries import must_may
        from console.notify.delivery import deliver_due
        from console.notify.setup import channels

        must_may(desk, self.call.actor)
        deliver_due(desk, channels(Path(str(self.call.settings.channels.value))))

    def _renewed(self, desk: Desk) -> Desk:
        """Give the desk under the policy as its file has it now; one with faults is told of and not taken."""
        from console.cli.call import read_text

        name = self.call.policy_file[1]
        try:
            text = read_text(Path(name), "policy")[0]
            if text == desk.policy_text:
                return desk
            from console.desk.desk import under

            tell(f"{name} has changed; acts by the clock go by it from now on.")
            return under(desk, text, name)
        except Refused as refused:
            tell(f"The policy stays as it was: {refused.sentence}")
            return replace(desk, policy_text=desk.policy_text)

    def _sleep(self, desk: Desk, seconds: float) -> None:
        """Wait until something is due, the database changes, or the bell rings."""
        end = time.monotonic() + seconds
        seen = desk.store.data_version()
        while not self.bell.wait(max(0.0, min(LOOKS_EVERY, end - time.monotonic()))):
            if time.monotonic() >= end or desk.store.data_version() != seen:
                return


def _standing(other: str, held: Held | None) -> str:
    """Say how the watch stands."""
    if other:
        return f"{other} keeps watch; this one stands by."
    return f"Acts by the clock are held: {held.why}." if held else "Keeping watch."


@contextmanager
def ended_by_signals(bell: Event) -> Iterator[None]:
    """Let SIGTERM and SIGINT ring the bell instead of breaking off what is under way."""
    before = {number: signal.signal(number, lambda *_: bell.set()) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
