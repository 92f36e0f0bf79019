"""Sessions that live while something happens to their database: a console, a watcher, commands after each other."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from console.store.engine import Store
from tests.terminal.conftest import ROOT, console
from tests.terminal.ptyrun import Terminal

TYPED = "Kim called and asked for news"


def raw(path: Path) -> Any:  # noqa: ANN401 - a DB-API connection has no type
    """Open a database as another program would."""
    return Store(path).module.connect(str(path), isolation_level=None, timeout=0)


def noted(path: Path) -> int:
    """Count the notes and claims that a database holds."""
    driver = raw(path)
    try:
        return int(driver.execute("SELECT count(*) FROM event WHERE kind IN ('noted', 'claimed')").fetchone()[0])
    finally:
        driver.close()


@dataclass(frozen=True, slots=True)
class Command:
    """A command line that is run again and again on one database."""

    database: Path

    def __call__(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run it as ada."""
        command = [sys.executable, "-m", "console", "--db", str(self.database), "--as", "ada", *words]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@contextmanager
def watcher(database: Path) -> Iterator[Terminal]:
    """Keep watch in a terminal."""
    command = [sys.executable, "-m", "console", "--db", str(database), "watch", "--every", "1"]
    with Terminal(command, environ={"HOME": str(database.parent)}, size=(250, 30), folder=ROOT) as terminal:
        terminal.wait_for("Keeping watch")
        yield terminal


@contextmanager
def writing(database: Path) -> Iterator[Terminal]:
    """Sit ada down at a console in which a note on case 1 is half written."""
    with console(database, "ada") as ada:
        ada.send("9/checkout 502\r\r")
        ada.wait_for("What they write")
        ada.send(f"i{TYPED}")
        ada.wait_for(TYPED)
        ada.settle(1.2)  # the draft is kept
        yield ada
