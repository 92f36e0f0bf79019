"""Many sessions at once: what each holds in memory and uses while idle, how soon it hears of others and answers a key.

How a session is started is handed in, so that consoles of their own and those of a host are measured by the same means.
"""

from __future__ import annotations

import random
import re
import selectors
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.terminal.ptyrun import LIMIT, Effort, Terminal, effort

STANDS = b"quit"
"""What the last line of a console that stands says."""
PATIENCE = 300.0


@dataclass(frozen=True, slots=True)
class Seat:
    """One person's terminal, and how to learn which processes run for nobody but them."""

    terminal: Terminal
    processes: Callable[[], Iterable[int]]


Begin = Callable[[int], Seat]
"""Starts the session of a number, and waits for nothing."""


def by_itself(terminal: Terminal) -> Seat:
    """Give the seat of a program that is one process, started in the terminal itself."""
    return Seat(terminal, lambda: (terminal.process.pid,))


@dataclass(frozen=True, slots=True)
class Idle:
    """What sessions hold and use while nothing happens, for each: megabytes, share of a core, wake-ups a second."""

    megabytes: float
    share: float
    wakes: float
    written: int


@contextmanager
def seated(begin: Begin, heads: int) -> Iterator[tuple[Sequence[Seat], float]]:
    """Start so many sessions at once; give them when all stand, and after how many seconds they did."""
    with ExitStack() as stack:
        begun = time.monotonic()
        seats = [begin(number) for number in range(heads)]
        for seat in seats:
            stack.enter_context(seat.terminal)
        heard(seats, lambda: None, lambda: STANDS)
        took = time.monotonic() - begun
        read_for(seats, 1.0)
        yield seats, took


def heard(seats: Sequence[Seat], act: Callable[[], object], shown: Callable[[], bytes]) -> list[float]:
    """Do something, and give after how many seconds each session wrote what tells of it."""
    since, begun = {seat.terminal: len(seat.terminal.raw) for seat in seats}, time.monotonic()
    act()
    wanted = shown()
    open_seats, took = {seat.terminal for seat in seats}, []
    with _reading(open_seats) as selector:
        while open_seats:
            left = begun + PATIENCE - time.monotonic()
            assert left > 0, f"{len(open_seats)} of {len(seats)} sessions never wrote {wanted!r}"
            for terminal in _ready(selector, left):
                if terminal in open_seats and wanted in terminal.raw[since[terminal] :]:
                    open_seats.discard(terminal)
                    took.append(time.monotonic() - begun)
    return took


def read_for(seats: Sequence[Seat], seconds: float) -> int:
    """Read from all for so many seconds, and give how many bytes they wrote."""
    until, before = time.monotonic() + seconds, sum(len(seat.terminal.raw) for seat in seats)
    with _reading(seat.terminal for seat in seats) as selector:
        while (left := until - time.monotonic()) > 0:
            _ready(selector, left)
    return sum(len(seat.terminal.raw) for seat in seats) - before


def idle(seats: Sequence[Seat], seconds: float) -> Idle:
    """Watch sessions in which nothing happens."""
    processes = [pid for seat in seats for pid in seat.processes()]
    before = [effort(pid) for pid in processes]
    written = read_for(seats, seconds)
    used = [effort(pid).since(was) for pid, was in zip(processes, before, strict=True)]
    return Idle(
        megabytes=sum(map(memory, processes)) / len(seats),
        share=_sum(used).seconds / seconds / len(seats),
        wakes=_sum(used).wakes / seconds / len(seats),
        written=written,
    )


def echoes(
    seats: Sequence[Seat], keys: int, every: float = 0.0, act: Callable[[], object] | None = None
) -> list[float]:
    """Press keys at one session or another, and give after how many seconds each was answered.

    Between two keys the others are read, for `every` seconds, and before each something may be done.
    """
    chance, took, pressed = random.Random(keys), list[float](), Counter[int]()
    for _ in range(keys):
        if act is not None:
            act()
        read_for(seats, every)
        place = chance.randrange(len(seats))
        took.append(_echo(seats[place].terminal, "jk"[pressed[place] % 2]))
        pressed[place] += 1
    return took


def _echo(terminal: Terminal, key: str) -> float:
    before, begun = len(terminal.raw), time.monotonic()
    terminal.send(key)
    terminal.wait_for(lambda seen: len(seen.raw) > before, limit=LIMIT)
    return time.monotonic() - begun


def memory(process: int) -> float:
    """Look up how many megabytes a process holds by itself, with its share of what it shares."""
    told = Path(f"/proc/{process}/smaps_rollup").read_text()
    found = re.search(r"^Pss:\s+(\d+) kB", told, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def worst_of(took: Sequence[float], percent: int = 99) -> float:
    """Give the time within which so many percent were done; the worst where there are few."""
    ordered = sorted(took)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def in_words(heads: int, stood: float, rest: Idle) -> str:
    """Say what many sessions cost."""
    return (
        f"{heads} up in {stood:.1f} s, {rest.megabytes:.0f} MB each, idle {rest.share:.2%} of a core and"
        f" {rest.wakes:.1f} wake-ups a second each"
    )


def _sum(used: Iterable[Effort]) -> Effort:
    each = list(used)
    return Effort(sum(one.seconds for one in each), sum(one.wakes for one in each))


@contextmanager
def _reading(terminals: Iterable[Terminal]) -> Iterator[selectors.BaseSelector]:
    with selectors.DefaultSelector() as selector:
        for terminal in terminals:
            selector.register(terminal, selectors.EVENT_READ)
        yield selector


def _ready(selector: selectors.BaseSelector, seconds: float) -> list[Terminal]:
    """Read from whoever writes within so many seconds; one whose program has ended is read no more."""
    found = []
    for key, _ in selector.select(seconds):
        terminal = key.fileobj
        assert isinstance(terminal, Terminal)
        if not terminal.read(0):
            selector.unregister(terminal)
        found.append(terminal)
    return found
