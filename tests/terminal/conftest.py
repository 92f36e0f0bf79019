"""A small app in a real terminal, for the tests of the layer under the screens."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.terminal.ptyrun import Terminal

ROOT = Path(__file__).resolve().parents[2]
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
