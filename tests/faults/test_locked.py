"""Somebody else keeps the database locked: the console lives, keys work, and what was typed can be sent again."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from console.desk import queues
from console.store import engine, sqlite_driver
from console.tui.screens.case import CaseScreen
from tests.figures import figure
from tests.tui.at_desk import Bench, Session, bench, session
from tests.tui.test_writing import typed

HOLDER = """
import sys
from console.store.sqlite_driver import driver
held = driver().connect(sys.argv[1], isolation_level=None)
held.execute(sys.argv[2])
print("held", flush=True)
sys.stdin.readline()
"""
WAYS = ("BEGIN IMMEDIATE", "BEGIN EXCLUSIVE")
BEAT = 0.005


@contextmanager
def held(path: Path, how: str) -> Iterator[int]:
    """Let another process hold the lock; give its number."""
    command = [sys.executable, "-c", HOLDER, str(path), how]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdin
        assert process.stdout.readline() == "held\n"
        yield process.pid
        process.stdin.close()


async def longest_gap(stop: asyncio.Event) -> float:
    """Give for how long the console's loop did nothing at most, in seconds."""
    longest, last = 0.0, time.perf_counter()
    while not stop.is_set():
        await asyncio.sleep(BEAT)
        now = time.perf_counter()
        longest, last = max(longest, now - last - BEAT), now
    return longest


async def refused(console: Session, process: int, seconds: float) -> float:
    """Send a note while the lock is held, go on typing, and read who holds it; give the longest gap."""
    begun, stop = time.perf_counter(), asyncio.Event()
    beat = asyncio.create_task(longest_gap(stop))
    while time.perf_counter() < begun + seconds or not console.app.sayings:
        if not console.app.sayings:
            await console.press_meanwhile("f2", "h", "m")
        await console.press_meanwhile("left", "right")
    stop.set()
    said = console.app.sayings[-1].text
    assert "kept busy by python" in said
    assert f"process {process}, account " in said
    return await beat


async def usual(console: Session, seconds: float) -> float:
    """Give the longest gap while somebody types and nothing is locked, on this machine as busy as it is."""
    begun, stop = time.perf_counter(), asyncio.Event()
    beat = asyncio.create_task(longest_gap(stop))
    while time.perf_counter() < begun + seconds:
        await console.press_meanwhile("left", "right")
    stop.set()
    return await beat


async def tried(at: Bench, how: str, seconds: float) -> str:
    """Hold the lock so long under a console that sends a note; see that it can be sent afterwards. Give the gaps."""
    case_id = at.take_in()
    async with session(at) as console:
        await console.open(CaseScreen(case_id))
        await console.press("i")
        await console.write("seen it")
        otherwise = await usual(console, seconds)
        with held(at.desk.store.path, how) as process:
            gap = await refused(console, process, seconds)
            assert typed(console)["text"].startswith("seen it")
        console.app.sayings.clear()
        await console.settle()
        await console.press("f2")
        (note,) = queues.dossier(at.desk, at.ada, case_id).notes
        assert note.text.startswith("seen it")
    return f"longest gap {gap * 1000:.0f} ms ({otherwise * 1000:.0f} ms without a lock), text kept, sent again"


@pytest.mark.parametrize("how", WAYS)
async def test_a_locked_database_leaves_the_console_alive(
    how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "TRIES", 2)
    monkeypatch.setattr(sqlite_driver, "BUSY_MS", 150)
    with bench(tmp_path) as at:
        told = await tried(at, how, 0.5)

    figure(30, f"lock held by {how} for half a second", told)


@pytest.mark.full
@pytest.mark.timeout(300)
@pytest.mark.parametrize("how", WAYS)
async def test_a_database_locked_for_half_a_minute_leaves_the_console_alive(how: str, tmp_path: Path) -> None:
    with bench(tmp_path) as at:
        told = await tried(at, how, 30)

    figure(30, f"lock held by {how} for 30 s", told, is_full=True)
