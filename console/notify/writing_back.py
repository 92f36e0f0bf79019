"""Writing back: every hook tells what is due in threads of its own, so that none waits for a slow one.

Only the thread that calls goes to the database: it claims a batch for a hook, has one event told at a time, and writes
down what came of it before the next, so that whoever dies leaves at most one event a hook to be told twice.
"""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Thread

from console.desk import write_back
from console.desk.desk import Desk
from console.desk.write_back import Note
from console.domain.delivering import Came, Result, State
from console.notify.hooks import Outlet, tell

MOST = 200
"""How many events one call tells through a hook at most, so that whoever calls can do something else in between."""
SLICE = 20.0
"""For how many seconds one call begins to tell, for the same reason."""


@dataclass(slots=True)
class WrittenBack:
    """What became of what was due: told, to be tried again, given up; `is_more`: more may be due already."""

    told: int = 0
    later: int = 0
    dead: int = 0
    is_more: bool = False


def write_back_due(
    desk: Desk, outlets: Sequence[Outlet], config: str, jitter: Callable[[], float] = random.random
) -> WrittenBack:
    """Tell other systems what is due, at least once each; costs two reads if nothing is.

    Any number may do so at once. One that dies leaves what it had claimed to the next, under the same keys.
    """
    turn = _Turn(desk, jitter)
    turn.came.is_more = write_back.collect(desk, [outlet.hook for outlet in outlets], config)
    at_work = sum(turn.begin(_Line(outlet)) for outlet in outlets)
    while at_work:
        line, result = turn.answers.get()
        turn.settle(line, result)
        at_work -= not turn.begin(line)
    return turn.came


@dataclass(slots=True)
class _Line:
    """What one hook has before it, the next last; `left` is how many events it may still claim."""

    outlet: Outlet
    notes: list[Note] = field(default_factory=list)
    left: int = MOST


class _Turn:
    """One turn of telling what is due."""

    def __init__(self, desk: Desk, jitter: Callable[[], float]) -> None:
        """Begin; nothing is claimed yet."""
        self.desk, self.jitter = desk, jitter
        self.holder, self.end = secrets.token_hex(8), time.monotonic() + SLICE
        self.came = WrittenBack()
        self.answers: SimpleQueue[tuple[_Line, Result]] = SimpleQueue()

    def begin(self, line: _Line) -> bool:
        """Have the next event told; say whether there was one, and time for it."""
        if time.monotonic() >= self.end or (not line.notes and line.left <= 0):
            self.came.is_more = True
            while line.notes:
                write_back.put_back(self.desk, self.holder, line.notes.pop())
            return False
        if not line.notes:
            claimed = write_back.claim(self.desk, line.outlet.hook, self.holder)
            self.came.dead += claimed.dead
            line.notes = claimed.notes[::-1]
            line.left -= len(line.notes)
        if line.notes:
            telling, now = line.notes[-1].telling, self.desk.now()
            act = Thread(target=lambda: self.answers.put((line, tell(line.outlet, telling, now))), daemon=True)
            act.start()
        return bool(line.notes)

    def settle(self, line: _Line, result: Result) -> None:
        """Write down what came of an event; once the other system is out of reach, the rest is put back untried."""
        self._settle(line.notes.pop(), result)
        while result.is_down and line.notes:
            self._settle(line.notes.pop(), Result(Came.UNREACHABLE, result.said))

    def _settle(self, note: Note, result: Result) -> None:
        state = write_back.settle(self.desk, self.holder, note, result, self.jitter())
        self.came.told += state is State.SENT
        self.came.later += state is State.PENDING
        self.came.dead += state is State.DEAD
