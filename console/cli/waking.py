"""Waking: how a command that runs for ever sleeps, and how it is told to end."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING

from console.domain.errors import Refused

if TYPE_CHECKING:
    from console.desk.desk import Desk

USUAL = 15.0
"""How many seconds it sleeps at most where nobody says otherwise."""

LOOKS_EVERY = 0.8
"""Seconds between two looks at whether the database has changed."""


def doze(desk: Desk, bell: Event, seconds: float) -> None:
    """Wait until something is due, the database changes or cannot be looked at, or the bell rings."""
    end = time.monotonic() + seconds
    seen = _version(desk)
    while not bell.wait(max(0.0, min(LOOKS_EVERY, end - time.monotonic()))):
        if time.monotonic() >= end or seen is None or _version(desk) != seen:
            return


def _version(desk: Desk) -> int | None:
    """Look whether others have written; None where that cannot be told, which the next act says why."""
    try:
        return desk.store.data_version()
    except Refused:
        return None


@contextmanager
def ended_by_signals(bell: Event) -> Iterator[None]:
    """Let SIGTERM and SIGINT ring the bell instead of breaking off what is under way."""
    before = {number: signal.signal(number, lambda *_: bell.set()) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
