"""What runs in a real terminal: a small app for the layer under the screens, and consoles at the demonstration."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from pathlib import Path

import pytest

from tests.terminal.ptyrun import Terminal

ROOT = Path(__file__).resolve().parents[2]
QUICK = {"TRIAGE_ESCDELAY": "10"}
FRESH_FOR = 120
"""Seconds for which a desk of the demonstration is as good as new."""
Start = Callable[..., AbstractContextManager[Terminal]]


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Give a way to start the small app and wait until it stands."""

    @contextmanager
    def started(
        mode: str = "", *, shown: str | Callable[[Terminal], bool] = "quit", **environ: str
    ) -> Iterator[Terminal]:
        command = [sys.executable, "-m", "tests.terminal.sixlines", str(tmp_path / "state"), mode]
        with Terminal(command, environ=environ, folder=ROOT) as terminal:
            terminal.wait_for(shown)
            terminal.settle(0.1)
            yield terminal

    return started


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """Give the file that the app saves its draft to when the line drops."""
    (tmp_path / "state").mkdir(mode=0o700)
    return tmp_path / "state" / "draft"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Give the demonstration's desk: a copy of one that was made not long ago, as its cases grow old."""
    made = demonstration(int(time.monotonic() / FRESH_FOR))
    (tmp_path / "demo").mkdir(mode=0o700)
    return Path(shutil.copy(made, tmp_path / "demo"))


@lru_cache(1)
def demonstration(_age: int) -> Path:
    """Make the demonstration's desk, once for each span of time."""
    home = tempfile.mkdtemp()
    command = [sys.executable, "-m", "console", "demo", "--short", "--keep", str(Path(home) / "demo"), "--no-console"]
    environ = {**os.environ, "HOME": home}
    done = subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, text=True, check=True)
    return Path(done.stdout.strip())


@contextmanager
def console(database: Path, person: str) -> Iterator[Terminal]:
    """Sit somebody down at a console."""
    command = [sys.executable, "-m", "console", "--db", str(database), "--as", person]
    environ = {"HOME": str(database.parent), **QUICK}
    with Terminal(command, environ=environ, size=(100, 30), folder=ROOT) as terminal:
        terminal.wait_for("q quit")
        yield terminal
