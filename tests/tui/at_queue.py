"""The console itself at a desk: a session that begins on the queue, and does not wait for a cursor to rest."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import cast

from console.desk import people
from console.domain.case import CaseId
from console.domain.people import Role
from console.tui import app as tui_app
from console.tui.app import TriageApp
from console.tui.desk_app import Look
from console.tui.screens import queue_find, queue_following, queue_reading
from console.tui.screens.queue import QueueScreen
from console.tui.widgets.status_line import Tone
from tests.builders import MORNING, a_person
from tests.tui.at_desk import SMALL, Bench, Session

TITLES = (
    ("Payroll export wrong for 3 sites", "S2", 100),
    ("Printer on floor 2 offline", "S3", 600),
    ("Reset token mail delayed", "S3", 2_000),
    ("Change of signature", "S4", 5_000),
)


def a_small_queue(at: Bench) -> list[CaseId]:
    """Bring five cases in, the most urgent first, one of them late."""
    first = at.take_in(severity="S1", affected=12_000)
    rest = [
        at.take_in(title=title, severity=severity, ref=title, due=MORNING + timedelta(minutes=due), body="")
        for title, severity, due in TITLES
    ]
    return [first, *rest]


def some_people(at: Bench) -> None:
    """Make ada, who may do everything, bo and jun of tier 1 and kim of tier 2 known."""
    people.put(at.desk, at.ada, a_person("ada", Role.ADMIN, tier=1))
    for name, tier, teams in (("bo", 1, ()), ("jun", 1, ()), ("kim", 2, ("database",))):
        people.put(at.desk, at.ada, a_person(name, tier=tier, teams=teams))


class AtQueue(Session):
    """A session that knows the queue."""

    @property
    def queue(self) -> QueueScreen:
        """The queue, whatever lies over it."""
        return cast("QueueScreen", self.app.screen_stack[0])

    @property
    def cursor(self) -> CaseId | None:
        """The case under the cursor."""
        case = self.queue.table.case
        return case.id if case else None

    @property
    def shown_ids(self) -> list[CaseId]:
        """The cases of the window, from the top."""
        return [line.case.id for line in self.queue.table.window.lines]

    async def rest(self) -> None:
        """Let the cursor rest, so that the preview follows it, and what was typed be looked for."""
        self.queue.preview_now()
        await self.settle()


@asynccontextmanager
async def at_queue(
    at: Bench, size: tuple[int, int] = SMALL, *, is_readonly: bool = False, look: Look | None = None
) -> AsyncIterator[AtQueue]:
    """Run the console of ada; timers that wait for a person to rest are due at once; it listens when told to."""
    kept = queue_reading.PREVIEW_AFTER, queue_find.FIND_AFTER, queue_following.READ_AFTER, tui_app.SETTLES_AFTER
    queue_reading.PREVIEW_AFTER = queue_find.FIND_AFTER = queue_following.READ_AFTER = 0.001
    tui_app.SETTLES_AFTER = 3_600
    app = TriageApp(at.desk, at.ada, is_readonly=is_readonly, look=look)
    try:
        async with app.run_test(size=size) as pilot:
            console = AtQueue(app, pilot)
            await console.settle()
            yield console
        assert not [saying.text for saying in app.sayings if saying.tone is Tone.FAILED]
    finally:
        app.close_desk()
        queue_reading.PREVIEW_AFTER, queue_find.FIND_AFTER, queue_following.READ_AFTER, tui_app.SETTLES_AFTER = kept
