"""A host with a small program behind it, and visits to it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.terminal.ptyrun import Terminal

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 20.0


@dataclass(frozen=True, slots=True)
class Served:
    """A host that runs: its socket, its log and its process."""

    path: Path
    log: Path
    process: subprocess.Popen[str]

    @property
    def command(self) -> list[str]:
        """What a visit begins with."""
        return [sys.executable, "-m", "tests.host.small", "visit", str(self.path)]

    def visit(self, *words: str, given: bytes = b"", folder: Path = ROOT) -> subprocess.CompletedProcess[bytes]:
        """Run one deed to its end, without a terminal."""
        environ = {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "TRIAGE_DB": "/etc/passwd", "LC_ALL": "../../evil"}
        return subprocess.run(
            [*self.command, *words],
            input=given,
            capture_output=True,
            cwd=folder,
            env=environ,
            timeout=LIMIT,
            check=False,
        )

    @contextmanager
    def seen(self, *words: str, shown: str) -> Iterator[Terminal]:
        """Run one deed in a terminal, and wait until it shows something."""
        with Terminal([*self.command, *words], folder=ROOT) as terminal:
            terminal.wait_for(shown)
            yield terminal

    def until_logged(self, text: str) -> str:
        """Wait until the log says something, and give it."""
        until = time.monotonic() + LIMIT
        while text not in (said := self.log.read_text("utf-8")):
            assert time.monotonic() < until, f"{text!r} is not in the log:\n{said}"
            time.sleep(0.02)
        return said


@contextmanager
def serving(folder: Path, each: int = 3) -> Iterator[Served]:
    """Start a host, and end it."""
    path, log = folder / "run" / "host.sock", folder / "data" / "log"
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.host.small", "serve", str(path), str(log), str(each)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield Served(path, log, process)
        finally:
            process.terminate()
            process.wait(LIMIT)


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Give a host that several tests visit."""
    with serving(tmp_path_factory.mktemp("host")) as served:
        yield served


@pytest.fixture
def lone(tmp_path: Path) -> Iterator[Served]:
    """Give a host that is visited by one test alone; it lets each account have three sessions."""
    with serving(tmp_path) as served:
        yield served
