"""The app as one of many: it tells its screens what others do, and knows what was done at this console itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from typing import Protocol, runtime_checkable

from textual.message import Message

from console.desk.batch import Batch
from console.desk.desk import Desk
from console.desk.policies import Turned, sentence
from console.desk.record import Done
from console.domain.case import CaseId
from console.domain.events import Event
from console.domain.people import Actor
from console.domain.presence import Doing, Here
from console.domain.roster import Roster
from console.domain.strait import Strait
from console.tui.listening import Heard, Listener, Shown
from console.tui.messages import AlarmChanged, CasesTouched, OthersActed, PeopleMoved, PolicyTurned
from console.tui.shell import Shell
from console.tui.widgets.status_line import Tone
from console.tui.widgets.strait import show_strait

ALARMING = (Tone.DONE, Tone.FAILED)
REMEMBERED = 1_000
"""How many of its own acts a console knows again when the feed brings them."""


@runtime_checkable
class ShowsCase(Protocol):
    """A screen that is about one case."""

    case_id: CaseId
    doing: Doing


class Together(Shell):
    """Hears others by a `Listener`; own acts come back with what others did, and are not told twice."""

    desk: Desk
    actor: Actor
    is_readonly: bool
    here: tuple[Here, ...] = ()
    alarm: str = ""
    strait: Strait = Strait()
    since: int | None = None
    listener: Listener

    def begin_listening(self) -> None:
        """Begin to hear what happens elsewhere, from the event `since` on."""
        self.listener.start(self.since)

    def get_ready_to_listen(self) -> None:
        """Prepare to listen; a console that only reads says nothing of itself."""
        self._done_here: deque[tuple[CaseId, int]] = deque(maxlen=REMEMBERED)
        self._turned_here: set[int] = set()
        self._under_way = 0
        self._unheard: list[Heard] = []
        self.listener = Listener(self.desk, self.actor, lambda: self.shown, partial(self.call_later, self.hear))
        self.listener.is_mute = self.is_readonly
        self.listener.is_frozen = lambda: self.is_frozen

    @property
    def roster(self) -> Roster:
        """Who there is and who is away, as of the last half minute."""
        return self.listener.roster

    @property
    def shown(self) -> Shown:
        """What others are told that this console shows: the case of the topmost screen that is about one."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, ShowsCase):
                return screen.case_id, screen.doing
        return None, Doing.LOOKING

    def hear(self, heard: Heard) -> None:
        """Tell every open screen what is new; while an act of this console is under way, wait for what came of it."""
        if self._under_way:
            self._unheard.append(heard)
            return
        if heard.here is not None:
            self.here = heard.here
            self._tell(PeopleMoved)
        if heard.alarm is not None:
            self.alarm = heard.alarm
            self.say(heard.alarm or "What the clock does is done in time again.", ALARMING[bool(heard.alarm)])
            self._tell(AlarmChanged)
        if heard.strait is not None:
            self._show_strait(heard.strait)
        if heard.turned is not None:
            self._show_policy(heard.turned)
        theirs = self._theirs(heard.changes.events if heard.changes else ())
        if heard.is_unclear:
            self.tell_screens()
        elif heard.changes and theirs:
            self._tell(partial(OthersActed, theirs, heard.changes.cases))

    def _show_strait(self, strait: Strait) -> None:
        """Say what keeps the desk from keeping what is done, or that it is over; it stays shown until then."""
        self.strait = strait
        for screen in self.screen_stack:
            show_strait(screen, strait)
        self.say(strait.sentence or "What is done here can be saved again.", ALARMING[bool(strait.mark)])

    def _show_policy(self, turned: Turned) -> None:
        """Say who turned another policy on, unless that was here, and have everything shown by it."""
        if turned.now.turn not in self._turned_here:
            self.say(f"{sentence(turned)}. B shows it.")
        self._tell(PolicyTurned)

    def begin_act(self) -> None:
        """Hear nothing until this act is done: the feed may bring it before it is known to be one's own."""
        self._under_way += 1

    def end_act(self, what: object) -> None:
        """Remember what was done here, and go on hearing."""
        if isinstance(what, Turned):
            self._turned_here.add(what.now.turn)
        done = what.done if isinstance(what, Batch) else (what,)
        self._done_here.extend((each.case.id, each.event.version) for each in done if isinstance(each, Done))
        self._under_way -= 1
        if not self._under_way:
            waiting, self._unheard = self._unheard, []
            for heard in waiting:
                self.call_later(self.hear, heard)

    def tell_screens(self) -> None:
        """Tell every open screen that cases have been touched."""
        self._tell(CasesTouched)

    def _tell(self, fact: Callable[[], Message]) -> None:
        for screen in self.screen_stack:
            screen.post_message(fact())

    def _theirs(self, events: Iterable[Event]) -> tuple[Event, ...]:
        """Give the events that are not of this console."""
        return tuple(each for each in events if (each.case, each.version) not in self._done_here)
