"""Text without end: every screen opens on it, few bytes are sent, and memory stays within bounds."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.cli import run
from console.desk import taking, triage
from console.desk.desk import actor, open_desk
from console.domain.arrival import Arrival
from console.domain.case import CaseId
from console.tui.screens.case import CaseScreen
from console.tui.widgets.text_entry import LONGEST
from tests.figures import figure
from tests.hostile.givens import ME, Hostile, escalated, policy_text
from tests.hostile.walk import Walk, walking
from tests.tui.at_desk import bench, session

MEGA = 1_000_000
HUGE = {
    "one line": "x" * MEGA,
    "lines": "line\n" * 100_000,
    "marks": "e" + "\u0301" * 10_000,
    "blanks": " " * MEGA + "end",
    "words": "wide漢 " * (MEGA // 6),
    "brackets": "[" * MEGA,
}
MOST_BYTES = 450_000
"""Bytes that a walk through one case may send, whatever its text: about as many as for a case of a few lines."""
MOST_WORK = 0.25
"""Seconds of work between two turns of the event loop, on a machine that does nothing else."""
SLACK = 4
"""How many times as long a busy one may take: what is guarded against took up to 49 s."""
MOST_GROWTH = 50_000
"""Kilobytes of memory that huge texts may take more than small ones."""


def a_desk(folder: Path, texts: dict[str, str]) -> Hostile:
    """Make a desk with one case for each text, as files bring it, and what can be typed of it in the acts on it."""
    folder.mkdir()
    policy = policy_text()
    (folder / "policy.toml").write_text(policy, encoding="utf-8")
    desk = open_desk(folder / "hostile.db", policy, "policy.toml", lambda: datetime.now(UTC))
    try:
        me = actor(desk, ME)
        ids: list[CaseId] = []
        for name, text in texts.items():
            case = taking.open_case(desk, me, Arrival(title=f"{name} {text}", body=text, severity="S1", ref=name))
            triage.note(desk, me, case, triage.Said(text))
            typed = f"typed {text[:LONGEST]}"
            triage.attempt(desk, me, case, triage.Tried(typed, typed, typed, typed))
            escalated(desk, me, case, typed)
            ids.append(case)
    finally:
        desk.store.close()
    return Hostile(folder, tuple(ids), ())


@contextmanager
def walked(hostile: Hostile) -> Iterator[tuple[Walk, list[int]]]:
    """Walk through every case, and give the walk with how many bytes each took."""
    with walking(hostile) as walk:
        sent: list[int] = []
        for case in hostile.deep:
            before = len(walk.terminal.raw)
            walk.case(case)
            sent.append(len(walk.terminal.raw) - before)
        yield walk, sent


def memory(walk: Walk) -> int:
    """Look up how many kilobytes the console holds in memory by itself."""
    told = Path(f"/proc/{walk.terminal.process.pid}/smaps_rollup").read_text()
    found = re.search(r"^Pss:\s+(\d+) kB", told, re.MULTILINE)
    return int(found[1]) if found else 0


@pytest.mark.timeout(300)
@pytest.mark.full
def test_every_screen_opens_on_huge_texts_within_bounds(tmp_path: Path) -> None:
    with walked(a_desk(tmp_path / "small", dict.fromkeys(HUGE, "a few words"))) as (walk, _):
        usual = memory(walk)
        walk.leave()
    with walked(a_desk(tmp_path / "huge", HUGE)) as (walk, sent):
        grown = memory(walk) - usual
        walk.leave()
        walk.must_be_clean()

    told = f"memory grew by {grown / 1_000:.1f} MB, at most {max(sent):,} bytes sent for one of {len(sent)}"
    figure(12, "huge texts through every screen", told, is_full=True)
    assert max(sent) <= MOST_BYTES
    assert grown <= MOST_GROWTH


def test_a_case_screen_opens_on_huge_texts(tmp_path: Path) -> None:
    with walking(a_desk(tmp_path / "huge", HUGE)) as walk:
        for case in walk_order(HUGE):
            before = len(walk.terminal.raw)
            walk.open(case)
            walk.press("]", "]", "]", "]", "G", "g")
            walk.back_home()
            assert len(walk.terminal.raw) - before <= MOST_BYTES // 4
        walk.leave()
        walk.must_be_clean()


@pytest.mark.full
@pytest.mark.timeout(900)
async def test_the_event_loop_goes_on_while_huge_texts_are_opened(tmp_path: Path) -> None:
    """What the loop's thread works between two beats is counted, so that a busy machine makes none of them longer."""
    longest: dict[str, float] = {}
    with bench(tmp_path) as at:
        ids = {name: at.take_in(title=f"{name} {text}", body=text, ref=name) for name, text in HUGE.items()}
        async with session(at) as console:
            beats = asyncio.create_task(beating(longest))
            for name, case_id in ids.items():
                longest["now"] = 0.0
                await console.open(CaseScreen(case_id))
                await console.press("right_square_bracket", "right_square_bracket", "G", "g", "escape")
                longest[name] = longest["now"]
            beats.cancel()

    worst = max(longest, key=lambda name: longest[name])
    told = f"the loop works at most {longest[worst] * 1_000:.0f} ms at a stretch (for '{worst}')"
    figure(12, f"{len(HUGE)} huge texts opened and scrolled", told)
    assert longest[worst] <= MOST_WORK * SLACK


async def beating(longest: dict[str, float]) -> None:
    """Look again and again for how long the thread of the loop has worked since the last look, and keep the longest."""
    before = time.thread_time()
    while True:
        await asyncio.sleep(0.001)
        now = time.thread_time()
        longest["now"], before = max(longest["now"], now - before), now


@pytest.mark.parametrize("command", ["show", "history", "why", "next", "advise"])
def test_commands_show_huge_texts_in_part(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    hostile = a_desk(tmp_path / "huge", HUGE)
    for case in hostile.deep:
        assert run([*hostile.options[:4], command, str(case)]) == 0
        assert len(capsys.readouterr().out) < 120_000


def walk_order(texts: dict[str, str]) -> list[CaseId]:
    """Give the cases by number."""
    return [CaseId(number) for number in range(1, len(texts) + 1)]
