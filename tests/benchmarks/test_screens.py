"""The console in a real terminal of 80x24, on a thousand, a hundred thousand and a million cases."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import pytest

from tests.benchmarks.many_cases import desk_of
from tests.benchmarks.probe import Figures, Probe, Start, high, reference, started

SIZES = (1_000, 100_000, 1_000_000)
STARTS = 5
OPEN = "import sys; from console.cli import run; sys.exit(run(['--db', sys.argv[1], '--as', 'ada']))"
IDLE = 10.0
KEYS = (("j, not scrolling", "jk", 20), ("j, scrolling", "j", 40), ("PageDown", "\x1b[6~", 8), ("G and g", "Gg", 4))


@dataclass(slots=True)
class Starts:
    """Several starts of each size, and the CPU of the reference imports."""

    of: dict[int, list[Start]] = field(default_factory=dict)
    imports: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one size of database gave."""

    start: Start
    import_cpu: float
    keys: dict[str, Figures]
    megabytes: float
    idle_bytes: int
    idle_cpu: float
    idle_wakes: int

    @property
    def ratio(self) -> float:
        """The CPU of a start against that of the imports alone."""
        return self.start.cpu / self.import_cpu


def measured(count: int, starts: Starts, environ: dict[str, str]) -> Measured:
    """Press keys in a console of this size, then let it be."""
    with started(command_for(count), environ=environ)[0] as probe:
        keys = {name: pressed(probe, keys, times) for name, keys, times in KEYS}
        megabytes, before = probe.resident(), probe.effort()
        written = probe.quiet(IDLE)
        idle = probe.effort().since(before)
    start = min(starts.of[count], key=lambda each: each.cpu)
    return Measured(start, min(starts.imports), keys, megabytes, written, idle.seconds * 1_000, idle.wakes)


def all_started(environ: dict[str, str]) -> Starts:
    """Start every size and the reference by turns, so that whatever else the machine does falls on all alike."""
    starts = Starts()
    for _ in range(STARTS):
        starts.imports.append(reference(environ).cpu)
        for count in SIZES:
            probe, start = started(command_for(count), environ=environ)
            probe.__exit__(None, None, None)
            starts.of.setdefault(count, []).append(start)
    return starts


def command_for(count: int) -> list[str]:
    """Give the command that opens the console on so many cases."""
    path, desk = desk_of(count, datetime.now(UTC))
    desk.store.close()
    return [sys.executable, "-c", OPEN, str(path)]


def pressed(probe: Probe, keys: str, times: int) -> Figures:
    """Press keys in turn, so many times; an escape sequence is one key."""
    figures = Figures()
    each = [keys] if keys.startswith("\x1b") else list(keys)
    for _ in range(times):
        for key in each:
            probe.press(key, figures)
    return figures


def table(count: int, found: Measured) -> str:
    """Give the measurements of one size as lines."""
    start = found.start
    lines = [
        f"\n{count:,} cases",
        f"  first frame    {start.seconds * 1_000:6.0f} ms, {start.cpu * 1_000:.0f} ms of CPU, {start.size:,} bytes",
        f"                 {found.ratio:.2f} x the CPU of importing Textual and SQLModel",
        f"  {'':18}{'paint ms p95':>15} {'CPU ms p95':>15} {'bytes max':>17}",
        *(f"  {name:18}{figures.told}" for name, figures in found.keys.items()),
        f"  idle, 10 s     {found.idle_bytes} bytes, {found.idle_cpu:.1f} ms of CPU, {found.idle_wakes} wake-ups",
        f"  memory (PSS)   {found.megabytes:.1f} MB",
    ]
    return "\n".join(lines)


@pytest.mark.benchmark
def test_the_console_is_as_quick_with_a_million_cases_as_with_a_thousand(tmp_path: Path) -> None:
    environ = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    starts = all_started(environ)
    found = {}
    for count in SIZES:
        found[count] = measured(count, starts, environ)
        print(table(count, found[count]))

    few, many = found[SIZES[0]], found[SIZES[-1]]
    assert many.ratio <= 1.1 * few.ratio
    for each in found.values():
        assert each.ratio <= 1.15
        assert each.start.size <= 20_000
        assert max(each.keys["j, not scrolling"].sizes) <= 400
        assert max(each.keys["j, scrolling"].sizes) <= 5_200
        assert high(each.keys["j, not scrolling"].cpu) <= 8
        assert high(each.keys["j, scrolling"].cpu) <= 8
        assert median(each.keys["PageDown"].cpu) <= 10
        assert (each.idle_bytes, each.idle_cpu <= 20) == (0, True)
        assert each.megabytes <= 60
