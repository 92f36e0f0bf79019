"""Many consoles on one database: what each costs, how soon a change is seen and a key answered."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

import pytest

from console.desk import assignment
from console.desk.desk import Desk, actor, open_desk
from console.domain.case import CaseId
from console.settings import sample_data
from tests.figures import figure
from tests.terminal.conftest import QUICK, ROOT
from tests.terminal.many import Begin, Seat, by_itself, echoes, heard, idle, in_words, read_for, seated, worst_of
from tests.terminal.ptyrun import Terminal

PEOPLE = ("ada", "bo", "claire", "jun", "olga", "kim", "lena", "noor", "priya", "sven", "tom", "dana", "ines", "yusuf")
FIRST = CaseId(1)
"""A case that stands at the top of everybody's list."""
MEGABYTES, SHARE, SEEN, ECHOED = 60.0, 0.0015, 2.0, 0.1
"""What is promised for each; times are noted by the short run and held by the full one, which has the machine alone."""


def consoles(database: Path) -> Begin:
    """Give a way to start consoles, each a process of its own, that is taken by people in turn."""

    def begin(number: int) -> Seat:
        person = PEOPLE[number % len(PEOPLE)]
        command = [sys.executable, "-m", "console", "--db", str(database), "--as", person]
        environ = {"HOME": str(database.parent), **QUICK}
        return by_itself(Terminal(command, environ=environ, size=(100, 30), folder=ROOT, is_shown=False))

    return begin


@contextmanager
def desk_on(database: Path) -> Iterator[Desk]:
    """Give a desk without a console."""
    policy = (sample_data() / "policy.toml").read_text("utf-8")
    desk = open_desk(database, policy, "policy.toml", lambda: datetime.now(UTC))
    yield desk
    desk.store.close()


class Changes:
    """Gives the first case to one and another in turn."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._olga, self._names = desk, actor(desk, "olga"), cycle(("claire", "jun"))
        self.name = ""

    def what_tells(self) -> bytes:
        """Give what a console that shows the last change has written."""
        return self.name.encode()

    def __call__(self) -> None:
        """Give it to the next."""
        self.name = next(self._names)
        assignment.assign(self._desk, self._olga, FIRST, self.name)

    def seen(self, seats: Sequence[Seat], times: int) -> list[float]:
        """Make so many changes, and say how long each console took to show each."""
        took = list[float]()
        for _ in range(times):
            took += heard(seats, self, self.what_tells)
            read_for(seats, random.uniform(0.2, 1.2))
        return took


def many_are_served(database: Path, heads: int, seconds: float, times: int, *, is_full: bool = False) -> None:
    """Seat so many people, and measure them at rest, at a change by somebody else, and at keys while changes come."""
    with seated(consoles(database), heads) as (seats, stood), desk_on(database) as desk:
        for seat in seats:
            seat.terminal.send("9g")
        read_for(seats, 2.0 + heads / 20)
        rest = idle(seats, seconds)
        desk.store.warm_up()
        change = Changes(desk)
        seen = change.seen(seats, times)
        took = echoes(seats, times * 4, every=1.0, act=change)

    figure(22, f"{heads} consoles, each a process", in_words(heads, stood, rest), is_full=is_full)
    told = f"p99 {worst_of(seen):.2f} s of {len(seen)}, a key p99 {worst_of(took) * 1_000:.0f} ms of {len(took)}"
    figure(22, f"{heads} consoles, a change seen", told, is_full=is_full)
    assert rest.megabytes <= MEGABYTES
    assert rest.written == 0
    if is_full:
        assert rest.share <= SHARE
        assert worst_of(seen) <= SEEN
        assert worst_of(took) <= ECHOED


@pytest.mark.timeout(300)
def test_six_consoles_are_small_quiet_and_soon_hear_of_each_other(database: Path) -> None:
    many_are_served(database, 6, 10, 3)


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_two_hundred_consoles_are_small_quiet_and_soon_hear_of_each_other(database: Path) -> None:
    many_are_served(database, 200, 60, 10, is_full=True)
