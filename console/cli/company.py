"""The company of a console on a played day: a process that plays everybody else, and ends when the console does.

It holds one end of a pipe; the other goes with the console, even where that is killed.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from console.cli.day import Played, play
from console.cli.output import tell
from console.desk.desk import open_desk
from console.desk.rounds import make_rounds
from console.settings import sample_data

PATIENCE = 3.0
"""How many seconds are waited for it at the end."""

LOOKS_EVERY = 20.0
"""Every how many seconds it does what is due, once the day is over."""


@contextmanager
def company(database: Path, user: str, clock: Played) -> Iterator[None]:
    """Let everybody but the user be played meanwhile; say at the end where that has failed."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=be_the_others, args=(database, user, clock, there), daemon=True)
    process.start()
    there.close()
    failed = ""
    try:
        yield
    finally:
        if here.poll():
            failed = _read(here)
        here.close()
        process.join(PATIENCE)
        if process.is_alive():
            process.terminate()
            process.join()
    if failed:
        tell(f"The day was not played to its end: {failed}")


def be_the_others(database: Path, user: str, clock: Played, console: Connection) -> None:
    """Play the others in a process of one's own, then keep the clock side, as long as the console is there."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        _play_on(database, user, clock, console)
    except Exception as error:  # noqa: BLE001 - the screen belongs to the console, which says so when it ends
        console.send(type(error).__name__)


def _play_on(database: Path, user: str, clock: Played, console: Connection) -> None:
    policy = (sample_data() / "policy.toml").read_text(encoding="utf-8")
    desk = replace(open_desk(database, policy, "policy.toml", clock), pace=clock.speed)

    def wait(at: datetime) -> bool:
        left = max((at - clock()) / clock.speed, timedelta(0))
        return not console.poll(left.total_seconds())

    play(desk, user, clock.start, wait)
    while not console.poll(LOOKS_EVERY):
        make_rounds(desk)


def _read(pipe: Connection) -> str:
    """Give what was said; nothing where there is nobody any more."""
    try:
        return str(pipe.recv())
    except EOFError:
        return "its process was ended"
