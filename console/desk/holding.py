"""Holding: a claim made at a console is bound to that console, so that it does not outlive it."""

from __future__ import annotations

from datetime import timedelta

from console.desk.desk import Desk
from console.domain.acts import is_in_hand
from console.domain.case import Case, PersonId
from console.store import leases
from console.store.engine import Tx

HELD = timedelta(minutes=2)
"""How long a lease holds without a beat."""


def bind(desk: Desk, tx: Tx, change: tuple[Case, Case], by: PersonId) -> None:
    """Bind a case that somebody takes to the console they take it at.

    One that is taken elsewhere, given by somebody else, or waits, holds by itself.
    """
    before, after = change
    if desk.session and after.handler == by != before.handler and is_in_hand(after):
        leases.grant(tx, after.id, by, desk.session, desk.now() + HELD * desk.pace)
