"""The table of figures: every row is measured by a test, and what tests note is shown."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import tests.figures as noted
from tests.figures import ROWS, WIDTH, counted, figure, table
from tests.shape.source import ROOT, TESTS

NOTING = {"figure", "counted"}


def measured() -> set[int]:
    """Give the rows for which some test notes a figure."""
    found = set()
    for path in TESTS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NOTING:
                found |= {each.value for each in node.args[:1] if isinstance(each, ast.Constant)}
    return {row for row in found if isinstance(row, int)}


def test_every_row_of_the_table_is_measured_by_some_test() -> None:
    assert set(ROWS) == set(range(1, 31))
    assert set(ROWS) - measured() == set()


def test_the_newest_figure_of_each_kind_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noted, "KEPT", tmp_path / "kept")
    figure(1, "claims", "3 double")
    figure(1, "claims", "0 double of 2,400")
    figure(1, "claims", "0 double of 100,000", is_full=True)

    said = table(tmp_path / "kept")

    assert "short  claims: 0 double of 2,400 " in said
    assert "full   claims: 0 double of 100,000 " in said
    assert "3 double" not in said
    assert said.count("no figure yet") == len(ROWS) - 1
    assert max(len(line) for line in said.splitlines()) <= WIDTH
    assert said.replace("\n", "").isprintable()


def test_what_the_tests_of_one_run_count_is_added_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noted, "KEPT", tmp_path)
    for run in ("yesterday", "now"):
        monkeypatch.setattr(noted, "_RUN", run)
        counted(17, "cells", 700, "looked at, 0 leaks")
        counted(17, "cells", 500, "looked at, 0 leaks")

    assert "short  cells: 1,200 looked at, 0 leaks " in table(tmp_path)


def test_one_command_prints_the_table_and_runs_nothing() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "tests", "--figures"], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert said.stdout.startswith("Faults and attacks")
    assert said.stdout.rstrip().endswith("rows have a figure.")
