"""The hostile desk, made once, and a copy of it for each test that changes something."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.hostile.givens import Hostile, make


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    """Make the hostile desk."""
    return make(tmp_path_factory.mktemp("hostile"))


@pytest.fixture
def hostile(made: Hostile, tmp_path: Path) -> Hostile:
    """Give a hostile desk of one's own."""
    shutil.copytree(made.folder, tmp_path / "desk")
    return replace(made, folder=tmp_path / "desk")
