"""A console at a real desk on a temporary database, and waiting for what it does in the background."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from textual.pilot import Pilot
from textual.screen import Screen

from console.desk import people, queues, taking
from console.desk.desk import Desk, actor
from console.domain.arrival import Arrival
from console.domain.case import Case, CaseId, PersonId
from console.domain.events import Event
from console.domain.people import Actor
from console.domain.policy import Policy
from console.store.engine import Store
from console.tui import desk_app
from tests.builders import MORNING, a_policy
from tests.template import a_copy
from tests.tui.golden import shown

SMALL, LARGE = (80, 24), (120, 40)
LETTER = """Since nine o'clock nobody can pay. We lose about 4,000 EUR a minute.

Please call me back; I am in the office until five.
"""


@dataclass(slots=True)
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = MORNING + timedelta(minutes=30)

    def __call__(self) -> datetime:
        """Give the time."""
        return self.now

    def forward(self, *, minutes: float = 0) -> None:
        """Move on."""
        self.now += timedelta(minutes=minutes)


@dataclass(slots=True)
class Bench:
    """A desk, its clock, and two people who act at it."""

    desk: Desk
    clock: Clock = field(default_factory=Clock)

    @property
    def ada(self) -> Actor:
        """The person at the console."""
        return actor(self.desk, "ada")

    @property
    def bo(self) -> Actor:
        """Somebody else."""
        return actor(self.desk, "bo")

    def take_in(self, **facts: Any) -> CaseId:  # noqa: ANN401 - any field of an arrival
        """Bring a case in, half an hour before the clock's start, and give its id."""
        given: dict[str, Any] = {
            "title": "Checkout returns 502 for all EU customers", "body": LETTER, "requester": "Kim Weber",
            "organisation": "ACME GmbH", "channel": "mail", "category": "checkout", "source": "mail", "ref": "a1",
            "created": MORNING, "due": MORNING + timedelta(minutes=18),
        }  # fmt: skip
        return taking.open_case(self.desk, self.ada, Arrival(**(given | facts)))

    def away(self, name: str, deputy: str | None) -> None:
        """Let somebody be away."""
        stands_in = PersonId(deputy) if deputy else None
        people.absent(self.desk, self.ada, name, people.Absence(deputy=stands_in))

    def can_carry(self, name: str, capacity: int) -> None:
        """Say how many cases somebody can have."""
        person = next(each for each in people.everybody(self.desk) if each.id == name)
        people.put(self.desk, self.ada, replace(person, capacity=capacity))

    def history(self, case_id: CaseId) -> tuple[Event, ...]:
        """Give what happened to a case."""
        return queues.dossier(self.desk, self.ada, case_id).history

    def case(self, case_id: CaseId) -> Case:
        """Give a case as it stands."""
        return queues.dossier(self.desk, self.ada, case_id).case


@contextmanager
def bench(folder: Path, policy: Policy | None = None) -> Iterator[Bench]:
    """Give a bench on a fresh database, with local time in Berlin."""
    clock = Clock()
    store = Store(a_copy(folder / "triage.db"))
    zone, os.environ["TZ"] = os.environ.get("TZ"), "Europe/Berlin"
    time.tzset()
    try:
        yield Bench(Desk(store, policy or a_policy(), "the policy's text", clock), clock)
    finally:
        os.environ.pop("TZ") if zone is None else os.environ.__setitem__("TZ", zone)
        time.tzset()
        store.close()


class Seat(desk_app.DeskApp):
    """The console without its queue."""

    CSS_PATH: ClassVar[Path] = Path(desk_app.__file__).parent / "app.tcss"


class Session:
    """A running console: keys go in, and what is asked of the desk is awaited."""

    def __init__(self, app: desk_app.DeskApp, pilot: Pilot[None]) -> None:
        """Take what runs."""
        self.app = app
        self._pilot = pilot
        self._ear = ThreadPoolExecutor(1)

    @property
    def text(self) -> str:
        """What the screen on top shows."""
        return shown(self.app)

    @property
    def said(self) -> str:
        """The last thing the console said."""
        return self.app.sayings[-1].text if self.app.sayings else ""

    async def open(self, screen: Screen[Any]) -> None:
        """Open a screen and wait until it has read what it shows."""
        await self.app.push_screen(screen)
        await self.settle()

    async def press(self, *keys: str) -> None:
        """Press keys, each after what the one before has led to."""
        for key in keys:
            await self._pilot.press(key)
            await self.settle()

    async def press_meanwhile(self, *keys: str) -> None:
        """Press keys while something runs in the background that is not waited for."""
        for key in keys:
            await self._pilot.press(key)
            await self._pilot.pause(0.05)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Let the console work until something holds, whatever else is still under way."""
        async with asyncio.timeout(30):
            while not holds():
                await self._pilot.pause(0.01)

    async def resize(self, width: int, height: int) -> None:
        """Change the size of the terminal."""
        await self._pilot.resize_terminal(width, height)
        await self.settle()

    async def write(self, text: str) -> None:
        """Type a text into what has the focus."""
        await self._pilot.press(*("space" if sign == " " else sign for sign in text))
        await self.settle()

    async def hear(self) -> None:
        """Let the console look once whether others have acted, and say what it shows."""
        await asyncio.get_running_loop().run_in_executor(self._ear, self.app.listener.look)
        await self.settle()

    async def settle(self) -> None:
        """Wait until nothing runs in the background."""
        await self._pilot.pause()
        while running := [worker for worker in self.app.workers if not worker.is_finished]:
            await asyncio.gather(*(worker.wait() for worker in running), return_exceptions=True)
            await self._pilot.pause()
        await self._pilot.pause()


@asynccontextmanager
async def session(at: Bench, size: tuple[int, int] = SMALL, *, is_readonly: bool = False) -> AsyncIterator[Session]:
    """Run a console of ada at the bench."""
    app = Seat(at.desk, at.ada, is_readonly=is_readonly)
    async with app.run_test(size=size) as pilot:
        yield Session(app, pilot)
    app.close_desk()
