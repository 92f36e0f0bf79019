"""A staffed desk whose policy sends notices, with a clock that the test moves, and servers that take them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from console.desk.desk import Desk
from console.store import people
from console.store.engine import Store
from tests.builders import BY_MAIL, a_policy
from tests.desk.conftest import Clock
from tests.notify.givens import PEOPLE
from tests.notify.servers import Hook, MailServer, mail_server, web_server
from tests.template import a_copy

__all__ = ["Clock"]


@pytest.fixture
def clock() -> Clock:
    """Give the clock of the desk."""
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """Give a desk with people, whose policy sends everything by the channel `mail`."""
    store = Store(a_copy(tmp_path / "triage.db"))
    with store.write() as tx:
        for person in PEOPLE:
            people.put(tx, person)
    yield Desk(store, replace(a_policy(), notify=BY_MAIL), "the policy's text", clock)
    store.close()


@pytest.fixture
def post() -> Iterator[MailServer]:
    """Run a mail server."""
    with mail_server() as server:
        yield server


@pytest.fixture
def hook() -> Iterator[Hook]:
    """Run a web server."""
    with web_server() as server:
        yield server
