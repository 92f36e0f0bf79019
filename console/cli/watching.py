"""Keeping watch for ever: what is due is done, what is to be sent is sent, and in between it is slept.

It wakes when something is due, when the database has changed, and every few seconds in any case.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event, Thread
from typing import TYPE_CHECKING

from console.cli.call import Call, os_user
from console.cli.output import say, tell
from console.cli.posting import Post, events, notices
from console.cli.rounds_page import lines
from console.cli.waking import doze
from console.domain.errors import Refused
from console.log import Level

if TYPE_CHECKING:
    from console.desk.desk import Desk
    from console.domain.watch import Held

LEAVES_IN = 5.0
"""How many seconds what is being sent is waited for at the end; what is not done by then is sent again by another."""

CHECKED_AT = 3
"""The hour, in UTC, after which the file is looked through each night."""

TRIES = 5
"""How many failures in a row end the program, so that whoever started it can start it anew."""


@dataclass
class Watcher:
    """One who keeps watch, until the bell rings; `every` are seconds that are slept at most."""

    call: Call
    every: float
    bell: Event = field(default_factory=Event)
    said: str = ""
    bad: str = ""
    failed: int = 0

    def __post_init__(self) -> None:
        """Begin under the policy of the start."""
        self.desk, self.text = self.call.desk, self.call.policy_file[0]
        self.goes_by = self.desk.policy_text
        self.checked = self.desk.now()

    def run(self) -> int:
        """Keep watch until told to end; give the exit code."""
        from console.desk import watch

        holder = _name()
        if self.desk.turn is None:
            tell(f"Acts by the clock go by {self.call.policy_file[1]} whatever is turned on: --policy names it.")
        posts = [
            Thread(target=Post(self.call, lambda: self.desk, self.bell, way, what).run, name="post", daemon=True)
            for way, what in ((notices, "notices"), (events, "events"))
        ]
        for post in posts:
            post.start()
        while not self.bell.is_set() and self.failed < TRIES:
            self.desk = self._renewed(self.desk)
            self._tell_of_policy()
            doze(self.desk, self.bell, self._step(self.desk, holder))
            self._check_by_night()
        if not self.failed:
            watch.leave(self.desk, holder)
        self.bell.set()
        for post in posts:
            post.join(LEAVES_IN / len(posts))
        return int(self.failed > 0)

    def _step(self, desk: Desk, holder: str) -> float:
        """Do what is due; give for how many seconds nothing will be."""
        from console.desk import watch
        from console.desk.storage import trouble
        from console.tui.terminal.clocks import reading

        try:
            kept = watch.keep(desk, holder, lambda: reading(desk.now()))
        except Refused as refused:
            self.failed = TRIES if trouble(desk) else self.failed + 1
            tell(f"Not done: {refused.sentence}")
            self.call.log.note(Level.WARNING, f"watch: not done: {refused.sentence}")
            return self.every
        self.failed = 0
        say(*lines(kept.rounds.seen_by(self.call.actor), desk.now()))
        sys.stdout.flush()
        self._tell_once(_standing(kept.other, kept.held))
        until = (kept.next_at - desk.now()) / timedelta(seconds=1) if kept.next_at else self.every
        return 0 if kept.rounds.is_cut or kept.is_counting else min(max(until, 0), self.every)

    def _check_by_night(self) -> None:
        """Look through the file for damage once a night; what is found ends the watch: nothing is written then."""
        from console.desk.storage import check

        now = self.desk.now()
        if now.date() > self.checked.date() and now.hour >= CHECKED_AT:
            self.checked = now
            if found := check(self.call.database, self.call.backups):
                self.failed = TRIES
                tell(found)

    def _renewed(self, desk: Desk) -> Desk:
        """Give the desk under the policy as its file has it now; one with faults is told of and not taken."""
        from console.desk.desk import under

        name, text = self.call.policy_file[1], ""
        try:
            text, _ = self.call.read_policy()
            if text in {self.text, self.bad}:
                return desk
            fresh = under(desk, text, name)
        except Refused as refused:
            self.bad = text
            self._tell_once(f"The policy stays as it was: {refused.sentence}")
            return desk
        self.text = text
        tell(f"{name} has changed; acts by the clock go by it from now on.")
        return fresh

    def _tell_of_policy(self) -> None:
        """Tell that somebody has turned another policy on since it was looked at last."""
        from console.desk.policies import news, sentence

        if self.desk.turn is not None and self.desk.policy_text != self.goes_by:
            turned = news(self.desk, self.goes_by)
            self.goes_by = turned.now.text
            if turned.now.by and turned.changes:
                tell(f"{sentence(turned)}; acts by the clock go by it from now on.")

    def _tell_once(self, words: str) -> None:
        """Tell how things stand when that has changed."""
        if words != self.said:
            tell(words)
            self.call.log.note(Level.INFO, f"watch: {words}")
            self.said = words


def _name() -> str:
    """Name whoever keeps watch, for others to read."""
    import platform

    return f"{os_user()} on {platform.node() or 'this machine'} (process {os.getpid()})"


def _standing(other: str, held: Held | None) -> str:
    """Say how the watch stands."""
    if other:
        return f"{other} keeps watch; this one stands by."
    return f"Acts by the clock are held: {held.why}." if held else "Keeping watch."
