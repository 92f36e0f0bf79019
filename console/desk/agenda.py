"""The agenda: for each case when the clock side has something to do next; kept by every act in its own transaction."""

from __future__ import annotations

from collections.abc import Sequence

from console.desk.desk import Desk
from console.domain.case import Case
from console.domain.events import Event
from console.store.engine import Tx


def keep(desk: Desk, tx: Tx, done: Sequence[tuple[Case, Event]]) -> None:
    """Note when something will be due for cases that an act has just changed, by the plan."""
    del desk, tx, done
