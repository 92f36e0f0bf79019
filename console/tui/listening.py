"""Listening: the thread of a console that hears of others, says what it shows, and keeps what was taken at it.

It looks a little more often than once a second, so that a change is heard within one. A look at a database that nobody
has changed is one number; after a change only what happened is read, never a view. What it writes itself does not wake
it, and wakes the others for one short read, so it writes only when what the console shows has changed, and a beat.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Event as Bell
from threading import Thread
from time import monotonic

from console.desk import feed, leases, people, policies, presence, queues, strait, watch
from console.desk.desk import Desk, reread
from console.desk.feed import Changes
from console.desk.policies import Turned
from console.domain.case import CaseId
from console.domain.people import Actor
from console.domain.presence import Doing, Here
from console.domain.roster import Roster
from console.domain.strait import Strait
from console.domain.watch import Reading

LOOKS_EVERY = 0.82
SPREAD = 0.12
"""How much longer or shorter a wait may be, so that many consoles do not look at the same moment."""

Shown = tuple[CaseId | None, Doing]
"""The case that a console shows, and what is done with it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What happened since the last look, and who is here; each is None where there is nothing new.

    `is_unclear`: more, or else than can be told; whatever is shown must be read again. `alarm` says what is wrong with
    the clock side, empty where all is well again, and `strait` what keeps the desk from keeping what is done. `turned`
    is what is in force instead of the policy that this console went by.
    """

    changes: Changes | None = None
    here: tuple[Here, ...] | None = None
    is_unclear: bool = False
    alarm: str | None = None
    strait: Strait | None = None
    turned: Turned | None = None


class Listener:
    """Looks until it is stopped; what it has heard it tells from its thread."""

    def __init__(self, desk: Desk, actor: Actor, shown: Callable[[], Shown], tell: Callable[[Heard], object]) -> None:
        """Take the desk at this console, and how to learn what the console shows."""
        self._desk, self._actor = desk, actor
        self._shown, self._tell = shown, tell
        self.roster = Roster()
        self.is_mute = False
        self.is_frozen: Callable[[], bool] = lambda: False
        self.clock: Callable[[], Reading] | None = None
        self._alarm = ""
        self._strait = Strait()
        self._leaving = Bell()
        self._thread: Thread | None = None
        self._seq: int | None = None
        self._version: int | None = None
        self._here: tuple[Here, ...] = ()
        self._said: Shown | None = None
        self._policy = desk.policy.version, desk.policy_text
        self._beats_at = 0.0

    def start(self, since: int | None = None) -> None:
        """Begin to listen, to what happens from an event on; from now on where none is named."""
        self._seq = since
        self._thread = Thread(target=self._run, daemon=True, name="desk-listener")
        self._thread.start()

    def stop(self, *, is_hung_up: bool) -> None:
        """Listen no more, and say so; whoever was cut off gets their claims back by coming back soon."""
        self._leaving.set()
        if self._thread is not None:
            self._thread.join(LOOKS_EVERY)
        if not self.is_mute:
            with suppress(Exception):
                presence.leave(self._desk, self._desk.session)
                if not is_hung_up:
                    leases.end(self._desk, self._desk.session)

    def beat_soon(self) -> None:
        """Do at the next look what is otherwise done twice a minute."""
        self._beats_at = 0.0

    def look(self) -> None:
        """Hear what has changed and say what is due; what cannot be done now is done at another look.

        What is wrong with the database is said at once. A console whose terminal takes nothing any more
        hears and says nothing, so that what is claimed there goes back in time; it only goes on minding the time.
        """
        is_due = monotonic() >= self._beats_at
        refused = None if self.is_frozen() else self._heard_and_said(is_due=is_due)
        with suppress(Exception):
            if is_due:
                self._mind_the_time()
        if is_due or refused is not None or self._strait.mark not in {"", strait.UNSAVED}:
            self._mind_the_storage(refused)
        if is_due:
            self._beats_at = monotonic() + leases.BEAT.total_seconds() * random.uniform(0.8, 1)  # noqa: S311

    def _run(self) -> None:
        self.look()
        while not self._leaving.wait(LOOKS_EVERY * random.uniform(1 - SPREAD, 1 + SPREAD)):  # noqa: S311 - no secret
            self.look()
        self._desk.store.close()

    def _heard_and_said(self, *, is_due: bool) -> BaseException | None:
        """Hear what has changed and say what is due; give what kept it from being said, or from being heard."""
        deaf: BaseException | None = None
        try:
            if is_due:
                reread(self._desk)
                self._read_roster()
            self._hear(is_due=is_due)
            self._hear_of_policy()
        except Exception as error:  # noqa: BLE001 - it is tried again at another look
            deaf = error
        return self._tried_to_say(is_due=is_due) or deaf

    def _hear(self, *, is_due: bool) -> None:
        """Read what happened where anything was written, and who is here then too: some fall silent unheard."""
        version = self._desk.store.data_version()
        if version == self._version and not is_due:
            return
        if self._seq is None:
            self._seq = queues.newest_event(self._desk)
        changes = feed.changes_since(self._desk, self._actor, self._seq)
        here = presence.others(self._desk, self._actor)
        is_unclear = changes.has_more or changes.is_partial
        self._seq = queues.newest_event(self._desk) if changes.has_more else changes.newest
        self._version = version
        heard = Heard(changes if changes.events else None, None if here == self._here else here, is_unclear)
        self._here = here
        if heard != Heard():
            self._tell(heard)

    def _hear_of_policy(self) -> None:
        """Tell that another policy is in force: the desk goes by it since it looked last."""
        (version, text), desk = self._policy, self._desk
        if desk.policy.version != version:
            turned = policies.news(desk, text)
            self._policy = turned.now.version, turned.now.text
            self._tell(Heard(turned=turned, is_unclear=True))

    def _tried_to_say(self, *, is_due: bool) -> BaseException | None:
        """Say what is due, and give what kept it from being said."""
        try:
            self._say(is_due=is_due)
        except Exception as error:  # noqa: BLE001 - it is tried again at another look
            return error
        return None

    def _say(self, *, is_due: bool) -> None:
        """Say what this console shows, that it lives, and which consoles have died."""
        shown = self._shown()
        if self.is_mute or (shown == self._said and not is_due):
            return
        presence.see(self._desk, self._actor, self._desk.session, *shown)
        self._said = shown
        if is_due:
            leases.beat(self._desk, self._actor, self._desk.session)
            leases.expire(self._desk)

    def _mind_the_time(self) -> None:
        """Do what is due where nobody keeps watch, and hear whether the clock side is behind, or held."""
        if self._desk.pace != 1:  # a played day has its own clock side
            return
        if self.clock is not None and not self.is_mute:
            watch.stand_in(self._desk, f"{self._actor.id}, at a console {self._desk.session[:4]}", self.clock())
        found = watch.alarm(self._desk, self._actor)
        alarm = " ".join(found.sentences(self._desk.now())) if found else ""
        if alarm != self._alarm:
            self._alarm = alarm
            self._tell(Heard(alarm=alarm))

    def _mind_the_storage(self, refused: BaseException | None) -> None:
        """Tell what keeps the desk from keeping what is done, when that has changed."""
        with suppress(Exception):
            found = strait.strait(self._desk, refused)
            if found != self._strait:
                self._strait = found
                self._tell(Heard(strait=found))

    def _read_roster(self) -> None:
        self.roster = Roster(people.everybody(self._desk), self._desk.now())
