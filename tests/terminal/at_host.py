"""Consoles at a host of one's own account: the thin client and the session together are what a person costs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.terminal.conftest import QUICK, ROOT
from tests.terminal.many import Begin, Seat
from tests.terminal.ptyrun import Terminal

VISIT = (
    "import os, sys; from pathlib import Path; from console.host.client import visit;"
    "sys.exit(visit(Path(sys.argv[1]), sys.argv[2:], os.environ))"
)
"""What `triage` does where it finds a host of somebody else."""


@contextmanager
def hosted(database: Path) -> Iterator[tuple[Begin, subprocess.Popen[str]]]:
    """Run a host on a database; give a way to start consoles at it, and its process."""
    path = database.parent / "run" / "host.sock"
    database.parent.chmod(0o700)
    command = [sys.executable, "-m", "console", "host", "--db", str(database), "--socket", str(path), "--no-watch"]
    environ = {**os.environ, "HOME": str(database.parent), "TRIAGE_LOG": str(database.parent / "log")}
    limits = ["--sessions", "400", "--each", "400"]
    with subprocess.Popen([*command, *limits], cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().startswith("Listening at")
            yield _beginning(path, process.pid), process
        finally:
            process.terminate()
            process.wait(30)


def _beginning(path: Path, host: int) -> Begin:
    def begin(number: int) -> Seat:
        command = [sys.executable, "-c", VISIT, str(path)]
        terminal = Terminal(command, environ=QUICK, size=(100, 30), folder=ROOT, is_shown=False)
        return Seat(terminal, lambda: (terminal.process.pid, sessions(host)[number]))

    return begin


def sessions(host: int) -> list[int]:
    """Give the sessions of a host."""
    return sorted(map(int, Path(f"/proc/{host}/task/{host}/children").read_text().split()))
