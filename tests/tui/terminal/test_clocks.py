"""The clocks of the machine."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from console.tui.terminal import clocks
from tests.builders import MORNING


def test_the_steady_clock_runs_and_names_the_start_of_the_machine() -> None:
    first, second = clocks.reading(MORNING), clocks.reading(MORNING)
    assert first.wall == MORNING
    assert timedelta(0) < first.steady <= second.steady
    assert first.boot == second.boot != ""


def test_where_the_system_names_no_start_no_other_process_compares(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clocks, "BOOT", tmp_path / "none")
    for name in ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC"):
        monkeypatch.delattr(f"time.{name}", raising=False)
    found = clocks.reading(MORNING)
    assert found.boot == f"process {os.getpid()}"
    assert found.steady > timedelta(0)
