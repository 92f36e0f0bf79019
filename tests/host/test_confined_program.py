"""The program in confinement: what people do with it from the command line works as ever."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from console.host.confine import NO_KERNEL, lacking

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(NO_KERNEL in lacking(), reason="this system has no confinement to be tried")


def confined(folder: Path, *commands: str) -> subprocess.CompletedProcess[str]:
    """Run commands in one confined process, on a database that the first one makes."""
    words = [word for command in commands for word in (",", "--db", str(folder / "desk.db"), *command.split(" "))]
    environ = {**os.environ, "HOME": str(folder), "XDG_STATE_HOME": str(folder)}
    line = [sys.executable, "-m", "tests.host.confined", str(folder), *words[1:]]
    return subprocess.run(line, env=environ, cwd=ROOT, capture_output=True, text=True, check=False)


def test_cases_are_made_claimed_and_read(tmp_path: Path) -> None:
    done = confined(
        tmp_path, "migrate", "add hello --severity S2", "claim 1", "attempt 1 restarted --result nothing", "list",
        "history 1", "why 1", "tick --at +3d", "doctor", "info", "export",
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    for shown in ("Case 1 is open", "claimed it", "That is what would happen", "All is well", '"title":"hello"'):
        assert shown in done.stdout + done.stderr
    left = {path.name.removeprefix("desk.db") for path in tmp_path.iterdir()}
    assert left <= {"", "-queue", "-wal", "-shm", "triage"}


def test_what_a_person_names_outside_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.jsonl"
    secret.write_text('{"title": "a case that nobody may see"}\n')
    folder = tmp_path / "data"
    folder.mkdir()

    done = confined(folder, f"intake {secret}")

    assert done.returncode == 1
    assert "Permission denied" in done.stderr
    assert "nobody may see" not in done.stdout + done.stderr
