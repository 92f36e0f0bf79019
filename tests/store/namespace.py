"""A disk of a few megabytes that only one process sees, and nobody else is touched by."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


def must_be_possible() -> None:
    """Skip where no disk of one's own can be mounted."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("unshare") is None:
        pytest.skip("only root can mount a small disk in a namespace of its own, with unshare")
    if subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody have a namespace of their own")


def on_a_disk(module: str, place: Path, megabytes: int, *words: str) -> list[dict[str, Any]]:
    """Run a module on a place that is a small disk for it alone; give the lines of JSON that it prints."""
    must_be_possible()
    place.mkdir()
    mount = f'mount -t tmpfs -o size={megabytes}m none "$1" && exec "$2" -m {module} "$1" "$3"'
    command = ["unshare", "-m", "sh", "-c", mount, "sh", str(place), sys.executable, *(words or ("",))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=100)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]
