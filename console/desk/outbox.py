"""The outbox: whoever an event concerns is given a notice of it, written in the transaction of the event itself."""

from __future__ import annotations

from collections.abc import Sequence

from console.desk.desk import Desk
from console.domain.case import Case
from console.domain.events import Event
from console.store.engine import Tx


def put(desk: Desk, tx: Tx, done: Sequence[tuple[Case, Event]]) -> None:
    """Write the notices of events, and cancel those that an answer has made void."""
    del desk, tx, done
