"""A restore under an open console and a watch: both say so and write nothing more."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.figures import figure
from tests.terminal.conftest import ROOT, console


def triage(database: Path, *words: str) -> list[str]:
    """Give a command line on a database."""
    return [sys.executable, "-m", "console", "--db", str(database), *words]


def test_a_console_and_a_watch_say_that_the_database_was_restored(database: Path) -> None:
    environ = {**os.environ, "HOME": str(database.parent)}
    subprocess.run(triage(database, "backup"), env=environ, cwd=ROOT, check=True, capture_output=True)
    (made,) = (database.parent / "backups").glob("*.db")
    with watching(database, environ) as watch:
        console_took, told = restored_under_both(database, made, environ, watch)
    assert watch.returncode == 1
    assert "was restored from a backup" in told
    said = f"open console says so {console_took:.1f} s after the restore, watch ends with it; neither writes"
    figure(23, "database replaced by a restore under a console and a watch", said)


@contextmanager
def watching(database: Path, environ: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    """Let somebody keep watch."""
    with subprocess.Popen(
        triage(database, "watch"), env=environ, cwd=ROOT, text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as watch:
        assert watch.stderr is not None
        try:
            while "Keeping watch" not in (said := watch.stderr.readline()):
                assert said, "the watch has ended"
            yield watch
        finally:
            watch.kill()


def restored_under_both(
    database: Path, made: Path, environ: Mapping[str, str], watch: subprocess.Popen[str]
) -> tuple[float, str]:
    """Restore while a console is open and a watch is kept; give how long the console took, and what the watch said."""
    with console(database, "lena") as terminal:
        terminal.settle()
        subprocess.run(
            triage(database, "restore", str(made), "--yes"), env=environ, cwd=ROOT, check=True, capture_output=True
        )
        at = time.monotonic()
        terminal.wait_for(lambda shown: "was restored from a backup" in re.sub(r"\s+", " ", shown.text))
        console_took = time.monotonic() - at
        return console_took, watch.communicate(timeout=30)[1]
