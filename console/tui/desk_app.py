"""The app as its screens know it: a desk, who acts at it, and threads in which the desk is asked."""

from __future__ import annotations

import asyncio
import secrets
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any, ClassVar, TypeVar

from textual.screen import Screen
from textual.widgets import Input, TextArea
from textual.worker import Worker

from console.desk.desk import Desk
from console.domain.case import CaseId, PersonId
from console.domain.people import Actor
from console.tui.keys import Keymap
from console.tui.terminal.environment import Terminal
from console.tui.terminal.glyphs import Glyphs
from console.tui.terminal.turns import PATIENCE
from console.tui.together import Together

T = TypeVar("T")
READERS = 2
TURNS, USUAL_TURNS = 0.0005, sys.getswitchinterval()
"""Seconds after which a thread gives way to another, while one works at length and otherwise."""


@dataclass(frozen=True, slots=True)
class Look:
    """How this console looks and what its keys do: what the terminal can show, and a person's choices."""

    terminal: Terminal | None = None
    theme: str = ""
    keymap: Keymap = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Awaited:
    """What brings an answer, whether that is the first for its screen, and since when it is under way."""

    worker: Worker[None]
    is_first: bool
    since: float

    def is_ground_of(self, screen: Screen[Any]) -> bool:
        """Say whether a screen has nothing to show without it."""
        return self.is_first and self.worker.node is screen


class DeskApp(Together):
    """Holds the desk; acts run one after another in a thread of their own, questions in two others.

    Every screen lists its own keys and commands on Ctrl+P; Textual's palette would stand in front of that.
    """

    ENABLE_COMMAND_PALETTE: ClassVar[bool] = False

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual declares it so
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-high")]  # noqa: RUF012 - Textual declares it so

    def __init__(
        self,
        desk: Desk,
        actor: Actor,
        *,
        is_readonly: bool = False,
        look: Look | None = None,
        state: Path | None = None,
    ) -> None:
        """Take the desk and who sits at it, how things shall look, and the folder for crash logs."""
        look = look or Look()
        super().__init__(terminal=look.terminal, state=state, theme=look.theme)
        self._crash_log.note = desk.note
        self.keymap: Keymap = look.keymap
        self.desk = replace(desk, session=secrets.token_hex(8))
        self.actor = actor
        self.is_readonly = is_readonly
        self.recent_people: tuple[PersonId, ...] = ()
        self.forms: dict[object, Callable[[], None]] = {}
        self.unkept: dict[tuple[CaseId, str], Mapping[str, str]] = {}
        self._acting = ThreadPoolExecutor(1, "desk-acts")
        self._at_length = ThreadPoolExecutor(1, "desk-batches")
        self._trying = ThreadPoolExecutor(1, "desk-trials")
        self.working_on = 0
        self._asking = ThreadPoolExecutor(READERS, "desk-questions")
        self._counting = ThreadPoolExecutor(1, "desk-figures")
        self._awaited: list[Awaited] = []
        self._is_ready_to_write = False
        self.get_ready_to_listen()

    @property
    def glyphs(self) -> Glyphs:
        """The symbols this terminal can show."""
        return self.terminal.glyphs

    def await_answer(self, worker: Worker[None], *, is_first: bool = False) -> None:
        """Let the next key wait until this worker has brought what the last one asked for.

        `is_first`: until then the screen that asked has nothing that a key could act on.
        """
        self._awaited.append(Awaited(worker, is_first, monotonic()))

    def is_ready(self) -> bool:
        """Say whether everything asked for is there; text that somebody types never waits, and no key for long."""
        since = monotonic() - PATIENCE
        under_way = [each for each in self._awaited if not each.worker.is_finished]
        self._awaited = [each for each in under_way if each.since > since or each.is_ground_of(self.screen)]
        return not self._awaited or isinstance(self.focused, Input | TextArea)

    def is_bare(self) -> bool:
        """Say whether the screen on top still waits for the first that it asked for."""
        return any(each.is_ground_of(self.screen) for each in self._awaited)

    def get_ready_to_write(self) -> None:
        """Load what acts need, once; a console that only reads goes without it (22 MB)."""
        if not self._is_ready_to_write:
            self._is_ready_to_write = True
            self.run_worker(self.question(self.desk.store.warm_up), group="warm-up")

    def remember_person(self, person: PersonId) -> None:
        """Offer this person first the next time."""
        self.recent_people = (person, *(other for other in self.recent_people if other != person))

    def send(self, text: str) -> None:
        """Send a control sequence of the console's own to the terminal."""
        if self._driver is not None:
            self._driver.write(text)

    def on_hangup(self) -> None:
        """Keep what was typed and is not kept yet; what is kept is not kept again."""
        for keep in tuple(self.forms.values()):
            keep()

    async def act(self, what: Callable[[], T]) -> T:
        """Run one act off the event loop, after those that were asked for before it."""
        return await self._acted(self._acting, what)

    async def act_at_length(self, what: Callable[[], T], size: int) -> T:
        """Run an act on so many cases beside all others, so that drafts and keys do not wait for it.

        Meanwhile threads take turns more often than usual, since a key needs several turns to be drawn.
        """
        self.working_on += size
        sys.setswitchinterval(TURNS)
        try:
            return await self._acted(self._at_length, what)
        finally:
            self.working_on -= size
            sys.setswitchinterval(TURNS if self.working_on else USUAL_TURNS)

    async def _acted(self, where: ThreadPoolExecutor, what: Callable[[], T]) -> T:
        """Run an act; what the feed brings meanwhile waits until it is known what was done here."""
        done: T | None = None
        self.begin_act()
        try:
            done = await asyncio.get_running_loop().run_in_executor(where, what)
            return done
        finally:
            self.end_act(done)

    def act_now(self, what: Callable[[], object]) -> None:
        """Run one act after those that were asked for before it, and wait for it: the console is about to end."""
        self._acting.submit(what).result()

    async def question(self, what: Callable[[], T]) -> T:
        """Run one question to the desk off the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._asking, what)

    async def question_at_length(self, what: Callable[[], T]) -> T:
        """Run a question that takes long beside all others; see `act_at_length`."""
        sys.setswitchinterval(TURNS)
        try:
            return await asyncio.get_running_loop().run_in_executor(self._trying, what)
        finally:
            sys.setswitchinterval(TURNS if self.working_on else USUAL_TURNS)

    async def count(self, what: Callable[[], T]) -> T:
        """Run one question that takes long, in a thread of its own; it is dropped as soon as nobody waits for it."""
        from console.desk.figures import while_awaited

        over = Event()

        def counted() -> T:
            with while_awaited(self.desk, over.is_set):
                return what()

        try:
            return await asyncio.get_running_loop().run_in_executor(self._counting, counted)
        finally:
            over.set()

    def close_desk(self) -> None:
        """Keep what is typed, let what is being asked end, ask nothing more, and say that this console closes."""
        self.on_hangup()
        self._acting.shutdown(wait=True, cancel_futures=False)
        self._at_length.shutdown(wait=True, cancel_futures=False)
        self._trying.shutdown(wait=False, cancel_futures=True)
        self._asking.shutdown(wait=False, cancel_futures=True)
        self._counting.shutdown(wait=False, cancel_futures=True)
        self.listener.stop(is_hung_up=self._is_hung_up)
