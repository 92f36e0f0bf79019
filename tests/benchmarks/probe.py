"""Measures the real program in a real terminal: when it paints, what that costs, and how many bytes it sends."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from tests.terminal.ptyrun import Terminal

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = "import textual.app, sqlmodel"
STILL = 0.05
"""Seconds without a byte after which a frame is over; less than the preview waits for the cursor to rest."""
RESTED = 0.3
PACE = 0.010
"""CPU seconds of `pace` where the bars in milliseconds hold; a slower machine is allowed for."""
TIMEOUT = 30.0


@dataclass
class Figures:
    """What repeated measurements of one kind gave."""

    milliseconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)

    def add(self, seconds: float, cpu: float, size: int) -> None:
        """Add one measurement."""
        self.milliseconds.append(seconds * 1_000)
        self.cpu.append(cpu * 1_000)
        self.sizes.append(size)

    @property
    def told(self) -> str:
        """The figures as cells of a table."""
        paint = f"{median(self.milliseconds):7.1f} {high(self.milliseconds):7.1f}"
        return f"{paint} {median(self.cpu):7.1f} {high(self.cpu):7.1f} {median(self.sizes):8.0f} {max(self.sizes):8d}"


def high(values: list[float]) -> float:
    """Give the value that 95 of 100 measurements stay within."""
    return quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


class Probe(Terminal):
    """A terminal that reads as fast as it can while it measures, and knows what is on the screen only when asked."""

    is_timing = False

    def read(self, seconds: float) -> bytes:
        """Gather what was written; while measuring nothing else is done with it."""
        if not self.is_timing:
            return super().read(seconds)
        kept, self._stream = self._stream, Deaf()  # type: ignore[assignment]
        try:
            data = super().read(seconds)
        finally:
            self._stream = kept
        return data

    def press(self, keys: str, into: Figures) -> None:
        """Press keys, and measure until the first byte comes back and all of the frame has come.

        CPU counts in the machine's own pace just before and after: machines that others use too differ by the minute.
        """
        before, size, paced = self.effort(), len(self.raw), pace()
        self.is_timing = True
        begun = time.perf_counter()
        self.send(keys)
        while not self.read(TIMEOUT):
            pass
        seconds = time.perf_counter() - begun
        while self.read(STILL):
            pass
        cpu = self.effort().since(before).seconds
        into.add(seconds, cpu * 2 * PACE / (paced + pace()), len(self.raw) - size)
        while self.read(RESTED):
            pass

    def resident(self) -> float:
        """Look up the megabytes of memory that are the program's, shared ones by its share."""
        for line in Path(f"/proc/{self.process.pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1_024
        raise AssertionError("the kernel tells nothing of the program's memory")


def pace() -> float:
    """Give the CPU seconds that a fixed amount of plain Python takes now."""
    begun, total = time.process_time(), 0
    for number in range(300_000):
        total += number
    return time.process_time() - begun


class Deaf:
    """A stream that is not looked at."""

    def feed(self, data: bytes) -> None:
        """Drop it."""


@dataclass(frozen=True, slots=True)
class Start:
    """How a start went: seconds and CPU seconds until cases could be read and keys pressed, and the bytes for it."""

    seconds: float
    cpu: float
    size: int


def started(command: list[str], *, environ: dict[str, str]) -> tuple[Probe, Start]:
    """Start the console and wait for its first useful frame: the footer is drawn last."""
    begun = time.perf_counter()
    probe = Probe(command, environ=environ, folder=ROOT)
    probe.is_timing = True
    while b"quit" not in probe.raw:
        if not probe.read(TIMEOUT):
            raise AssertionError(f"no first frame: {bytes(probe.raw[-500:])!r}")
    seconds, cpu = time.perf_counter() - begun, probe.effort().seconds
    while probe.read(1.5):
        pass
    probe.is_timing = False
    return probe, Start(seconds, cpu, len(probe.raw))


def reference(environ: dict[str, str]) -> Start:
    """Run the imports that any Textual program over SQLModel pays for."""
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", REFERENCE], check=True, env=environ, cwd=ROOT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Start(time.perf_counter() - begun, cpu, 0)
