"""A bench for every test of the screens that asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.at_desk import Bench, bench


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Bench]:
    """Give a bench with an empty database."""
    with bench(tmp_path) as made:
        yield made
