"""A desk on a fresh database, with a clock that the test moves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from console.desk.desk import Desk, open_desk
from console.store.engine import Store
from tests.builders import MORNING, a_policy
from tests.desk.turning import TEXT, Office
from tests.template import a_copy


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        """Stand at nine o'clock."""
        self.now = MORNING

    def __call__(self) -> datetime:
        """Give the time."""
        return self.now

    def forward(self, *, minutes: float = 0, hours: float = 0) -> None:
        """Move on."""
        self.now += timedelta(minutes=minutes, hours=hours)


@pytest.fixture
def clock() -> Clock:
    """Give the clock of the desk."""
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """Give a desk under the policy of the builders."""
    store = Store(a_copy(tmp_path / "triage.db"))
    yield Desk(store, a_policy(), "the policy's text", clock)
    store.close()


@pytest.fixture
def office(tmp_path: Path, clock: Clock) -> Iterator[Office]:
    """Open desks of several processes on one database, under the policy of the sample data unless another is given."""
    path, opened = a_copy(tmp_path / "office.db"), []

    def one(text: str = TEXT, **how: Any) -> Desk:  # noqa: ANN401 - how a desk is opened
        opened.append(open_desk(path, text, "policy.toml", clock, **how))
        return opened[-1]

    yield one
    for desk in opened:
        desk.store.close()
