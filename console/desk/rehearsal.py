"""A rehearsal: the rounds that would be made until a time if nobody acted, on a copy that is thrown away."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from console.desk.desk import Desk
from console.desk.rounds import Rounds, make_rounds
from console.domain.errors import RefusalCode, Refused
from console.store import agenda, copying


@dataclass(slots=True)
class Hand:
    """A clock that is moved from one moment to the next."""

    now: datetime

    def __call__(self) -> datetime:
        """Give the time."""
        return self.now


def rehearse(desk: Desk, until: datetime) -> Iterator[tuple[datetime, Rounds]]:
    """Give what would be done at each moment until a time, in order; nothing is applied to the database itself.

    Refused: a time that has passed.
    """
    hand = Hand(desk.now())
    if until < hand.now:
        raise Refused(f"{until:%Y-%m-%d %H:%M} UTC has passed; name a time ahead, such as +2h.", RefusalCode.BAD_INPUT)
    with tempfile.TemporaryDirectory(prefix="triage-rehearsal-") as folder:
        store = copying.copy(desk.store, Path(folder) / "copy.db")
        try:
            yield from _played(replace(desk, store=store, now=hand, session=""), hand, until)
        finally:
            store.close()


def _played(desk: Desk, hand: Hand, until: datetime) -> Iterator[tuple[datetime, Rounds]]:
    """Make rounds at every moment at which something is due; more of them where one round does not do it all."""
    while True:
        made = make_rounds(desk, between=_at_once)
        if made.done or made.left:
            yield hand.now, made
        with desk.read() as tx:
            is_due = agenda.has_due(tx, desk.policy.version, hand.now) and made.looked > 0
            next_at = hand.now if is_due else agenda.next_at(tx, hand.now)
        if next_at is None or next_at > until:
            return
        hand.now = next_at


def _at_once() -> bool:
    """Go on: nobody else waits for the copy."""
    return True
