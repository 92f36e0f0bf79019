"""A client that is frozen, or sits idle, or claims to have any size: nobody else waits for it, and it costs little."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import TimeoutExpired

import pytest

from console.desk import leases, taking, triage
from console.desk.desk import Desk, actor, open_desk
from console.desk.holding import HELD
from console.domain.arrival import Arrival
from console.domain.case import CaseId
from console.settings import sample_data
from console.tui.terminal.driver import FROZEN_AFTER
from tests.figures import figure
from tests.terminal.conftest import console
from tests.terminal.ptyrun import Terminal

CASE = CaseId(1)
EVENTS, BATCH = 5_000, 250
MOST_WAL = 16 * 1024 * 1024
MOST_MEMORY = 150.0
MOST_BYTES = 20_000_000
LATER = HELD + leases.GRACE + timedelta(seconds=30)
"""After this a claim without a beat has run out."""
STORM = ((1, 1), (0, 0), (5_000, 5_000), (3, 10), (1_000, 1_000), (1, 2), (80, 24), (200, 500), (30, 5), (120, 40))


@contextmanager
def desk_on(database: Path, later: timedelta = timedelta(0)) -> Iterator[Desk]:
    """Give a desk without a console, whose clock may be ahead."""
    policy = (sample_data() / "policy.toml").read_text("utf-8")
    desk = open_desk(database, policy, "policy.toml", lambda: datetime.now(UTC) + later)
    yield desk
    desk.store.close()


def claimed(ada: Terminal) -> None:
    """Let ada claim the case from her console."""
    ada.send("9/checkout 502\r")
    ada.wait_for("1 of 1 ")
    ada.send("c")
    ada.wait_for("claimed it")
    ada.settle()


def another_writes_on(desk: Desk) -> float:
    """Take in thousands of cases while somebody is frozen, and give how large the WAL became, in megabytes."""
    largest, wal = 0, desk.store.path.with_name(f"{desk.store.path.name}-wal")
    root = actor(desk, "root")
    for start in range(0, EVENTS, BATCH):
        batch = [Arrival(f"Case {number}", "frozen", str(number)) for number in range(start, start + BATCH)]
        taken = taking.take_in(desk, root, batch)
        assert len(taken) == BATCH
        largest = max(largest, wal.stat().st_size if wal.exists() else 0)
    assert largest <= MOST_WAL
    return largest / 1024 / 1024


def freezes(ada: Terminal) -> None:
    """Read no more, and let the console write until its terminal takes nothing; resizing asks for much."""
    for width in range(400, 500):
        ada.resize(width, 200)
        with pytest.raises(TimeoutExpired):
            ada.process.wait(0.02)


def lease_until(desk: Desk) -> int:
    """Give until when the claim on the case holds, in microseconds."""
    with desk.store.read() as tx:
        return int(tx.rows("SELECT until FROM lease WHERE case_id = :id", {"id": CASE})[0][0])


@pytest.mark.timeout(300)
def test_nobody_waits_for_a_console_that_is_stopped(database: Path) -> None:
    with console(database, "ada") as ada:
        claimed(ada)
        ada.signal(signal.SIGSTOP)

        with desk_on(database, LATER) as desk:
            megabytes = another_writes_on(desk)
            assert triage.claim(desk, actor(desk, "bo"), CASE).case.handler == "bo"
        ada.signal(signal.SIGCONT)
        ada.wait_for(lambda terminal: any(" bo " in line for line in terminal.lines))
    told = (
        f"{EVENTS:,} events written meanwhile, WAL at most {megabytes:.1f} MB, its claim run out and taken by another"
    )
    figure(20, "a console stopped by SIGSTOP", told)


@pytest.mark.timeout(300)
def test_nobody_waits_for_a_terminal_that_reads_no_more(database: Path) -> None:
    with console(database, "ada") as ada:
        claimed(ada)
        freezes(ada)

        with desk_on(database) as desk:
            megabytes = another_writes_on(desk)
        assert ada.process.poll() is None
        ada.resize(100, 30)
        ada.wait_for("q quit")
    told = (
        f"{EVENTS:,} events written meanwhile, WAL at most {megabytes:.1f} MB, the console alive when it is read again"
    )
    figure(20, "a terminal that reads no more", told)


@pytest.mark.full
@pytest.mark.timeout(900)
def test_the_claim_of_a_terminal_that_reads_no_more_runs_out(database: Path) -> None:
    with console(database, "ada") as ada, desk_on(database) as desk:
        claimed(ada)
        freezes(ada)
        with pytest.raises(TimeoutExpired):
            ada.process.wait(FROZEN_AFTER + leases.BEAT.total_seconds())
        until = lease_until(desk)
        with pytest.raises(TimeoutExpired):
            ada.process.wait((LATER + leases.BEAT).total_seconds())

        assert lease_until(desk) == until
        assert triage.claim(desk, actor(desk, "bo"), CASE).case.handler == "bo"
    figure(20, "a claim behind a terminal that reads no more", "no beat, taken by another in real time", is_full=True)


def nothing_is_written(database: Path, seconds: float, *, is_full: bool = False) -> None:
    """Leave a console alone, with a case open."""
    with console(database, "ada") as ada:
        ada.send("9/checkout 502\r\r")
        ada.wait_for("What they write")
        ada.settle(1.5)
        before = ada.effort()
        written = ada.quiet(seconds)
        used = ada.effort().since(before)
    told = f"{written} bytes written, {used.seconds * 1_000:.0f} ms of CPU, {used.wakes} wake-ups"
    figure(20, f"idle for {seconds:g} s", told, is_full=is_full)
    assert written == 0


@pytest.mark.timeout(300)
def test_an_idle_console_writes_nothing_for_ten_seconds(database: Path) -> None:
    nothing_is_written(database, 10)


@pytest.mark.full
@pytest.mark.timeout(300)
def test_an_idle_console_writes_nothing_for_a_minute(database: Path) -> None:
    nothing_is_written(database, 60, is_full=True)


@pytest.mark.timeout(300)
def test_a_storm_of_sizes_leaves_a_console_that_answers(database: Path) -> None:
    with console(database, "ada") as ada:
        before, number, begun = len(ada.raw), 500, time.monotonic()
        ada.is_shown = False
        for place in range(number):
            ada.resize(*STORM[place % len(STORM)])
            ada.read(0.01)
        ada.resize(90, 28)
        ada.settle(0.5)
        ada.is_shown = True
        ada.resize(100, 30)
        ada.wait_for(lambda terminal: terminal.lines[-1].endswith("q quit"))
        ada.settle()
        took, written = time.monotonic() - begun, len(ada.raw) - before
        ada.send("/checkout 502\r")
        ada.wait_for("1 of 1 ")
        megabytes = most_memory(ada)
        ada.send("\x1b")
        ada.wait_for(lambda terminal: "1 of 1 " not in terminal.text)
        ada.send("q")
        assert ada.exit_status() == 0
    told = f"alive, keys work, at most {megabytes:.0f} MB, {written / 1_000_000:.1f} MB written in {took:.0f} s"
    figure(21, f"a storm of {number} sizes from 0x0 to 5000x5000", told)
    assert megabytes <= MOST_MEMORY
    assert written <= MOST_BYTES


def most_memory(terminal: Terminal) -> float:
    """Look up how many megabytes the program ever held."""
    told = Path(f"/proc/{terminal.process.pid}/status").read_text()
    found = re.search(r"^VmHWM:\s+(\d+) kB", told, re.MULTILINE)
    assert found
    return int(found[1]) / 1024
