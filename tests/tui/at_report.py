"""A console at a desk with a past, and its reports."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from console.tui.screens.figure_rows import ordered
from tests.desk.conftest import Clock
from tests.desk.figured import a_past
from tests.tui.at_desk import SMALL, Bench
from tests.tui.at_queue import AtQueue, at_queue

NAMES = [each.name for each in ordered()]


def two_days(at: Bench) -> None:
    """Give the desk a past of two days."""
    clock = Clock()
    a_past(replace(at.desk, now=clock), clock)
    at.clock.now = clock.now


@asynccontextmanager
async def at_report(at: Bench, name: str, size: tuple[int, int] = SMALL) -> AsyncIterator[AtQueue]:
    """Run the console of ada with a report open."""
    async with at_queue(at, size) as console:
        await console.press("F", *("j" for _ in range(NAMES.index(name))), "enter")
        yield console
