"""A desk on which something happened, as the reports ask it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.desk.desk import Desk
from console.reports.report import Asked
from console.store.engine import Store
from tests.builders import a_policy, at
from tests.desk.conftest import Clock
from tests.desk.figured import a_past
from tests.template import a_copy


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Give a desk with a past of two days."""
    store, clock = Store(a_copy(tmp_path / "triage.db")), Clock()
    desk = Desk(store, a_policy(), "the policy's text", clock)
    a_past(desk, clock)
    yield desk
    store.close()


@pytest.fixture
def asked() -> Asked:
    """Give a report asked for at its end, over all of it."""
    return Asked(now=at(days=2, hours=1), since=at(hours=-9), until=at(days=2, hours=1))
