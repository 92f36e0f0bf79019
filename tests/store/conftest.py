"""A fresh database for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.store.engine import Store
from tests.template import a_copy


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give a migrated database in a temporary folder."""
    made = Store(a_copy(tmp_path / "triage.db"))
    yield made
    made.close()
