"""Timing: what the clocks of a case come to is kept with it, by whatever act it changes."""

from __future__ import annotations

from collections.abc import Sequence

from console.desk.desk import Desk
from console.domain.case import Case
from console.domain.events import Event
from console.store.engine import Tx


def timed(desk: Desk, tx: Tx, after: Case, new: Sequence[Event]) -> Case:
    """Give a case with `next_clock`, `next_due` and `time_left` as its history and the new events make them."""
    del desk, tx, new
    return after
