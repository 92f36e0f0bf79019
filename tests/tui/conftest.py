"""A bench for every test of the screens that asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.desk import strait
from console.store.room import Room
from tests.tui.at_desk import Bench, bench


@pytest.fixture(autouse=True)
def _room_on_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no screen say that the disk of whoever runs the tests is nearly full."""
    monkeypatch.setattr(strait, "room", lambda _: Room(10**12, 2 * 10**12))


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Bench]:
    """Give a bench with an empty database."""
    with bench(tmp_path) as made:
        yield made
