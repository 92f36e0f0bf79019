"""Rounds: everything that is due by the plan is done once, in batches, each one transaction.

The plan is asked inside the transaction that writes, on facts that are read in it: an answer that came a moment before
is seen, and one that comes a moment later finds what was done. What could not be done is left with its reason and tried
again later; it never keeps others from their turn.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from console.desk.desk import Desk
from console.desk.record import Done
from console.desk.turns import Left, Turns, reason
from console.domain.case import Case, CaseId
from console.domain.circle import sees
from console.domain.people import Actor
from console.store import agenda, cases, faults
from console.store.agenda import Trouble
from console.store.engine import Tx
from console.store.sight import WHOLE

BATCH = 250
"""How many cases one transaction holds at most, so that nobody's key waits for it."""

MOST = 10_000
"""How many cases one round takes on at most; what is left is due at the next."""

TURN = 0.11
"""Seconds between two batches: more than SQLite lets a writer who waits sleep, so that each comes in between."""

FIRST_TRY, LAST_TRY = timedelta(minutes=1), timedelta(hours=1)
"""After how long what could not be done is tried again: at first, and at most."""


@dataclass(frozen=True, slots=True)
class Rounds:
    """What came of rounds: what was done, in order, and what was left; `looked` counts the cases looked at.

    `is_cut`: there is more that is due.
    """

    done: tuple[Done, ...] = ()
    left: tuple[Left, ...] = ()
    looked: int = 0
    is_cut: bool = False

    def __add__(self, other: Rounds) -> Rounds:
        """Give both as one."""
        return Rounds(
            self.done + other.done, self.left + other.left, self.looked + other.looked, self.is_cut or other.is_cut
        )

    def seen_by(self, actor: Actor) -> Rounds:
        """Give what of it a person may know."""
        done = tuple(each for each in self.done if may_know(actor, each.case))
        return replace(self, done=done, left=tuple(each for each in self.left if may_know(actor, each.case)))


def may_know(actor: Actor, case: Case) -> bool:
    """Say whether a person may know of a case, by whatever way they act."""
    return sees(actor.id, case) if actor.enters_circles else not case.confidential


def _pause() -> bool:
    """Let others write between two batches."""
    time.sleep(TURN)
    return True


def make_rounds(desk: Desk, between: Callable[[], bool] = _pause, most: int = MOST) -> Rounds:
    """Do what is due now, the longest overdue first, and plan what is to be planned; each case once.

    `between` is asked before each batch but the first, and says whether to go on. Refused: a database that cannot be
    written.
    """
    with desk.read(WHOLE) as tx:
        wanted = agenda.due(tx, desk.policy.version, desk.now(), most + 1)
    made = Rounds(is_cut=len(wanted) > most)
    for start in range(0, min(len(wanted), most), BATCH):
        if start and not between():
            return replace(made, is_cut=True)
        made += _batch(desk, wanted[start : min(start + BATCH, most)])
    return made


def _batch(desk: Desk, ids: Sequence[CaseId]) -> Rounds:
    """Do one batch; where one of its cases spoils it, its halves by themselves, until that one is alone."""
    try:
        with desk.write(WHOLE) as tx:
            turns = Turns(desk, tx)
            turns.take(ids)
            _leave(desk, tx, turns.left)
    except Exception as error:
        if isinstance(error, faults.Unusable):
            raise
        if len(ids) == 1:
            return _spoiled(desk, ids[0], error)
        half = len(ids) // 2
        return _batch(desk, ids[:half]) + _batch(desk, ids[half:])
    return Rounds(tuple(turns.done), tuple(turns.left), len(ids))


def _spoiled(desk: Desk, case_id: CaseId, error: Exception) -> Rounds:
    """Leave a case whose work could not be written down."""
    with desk.write(WHOLE) as tx:
        left = Left(cases.get(tx, case_id), reason(error))
        _leave(desk, tx, [left])
    return Rounds(left=(left,), looked=1)


def _leave(desk: Desk, tx: Tx, left: Sequence[Left]) -> None:
    """Note what could not be done; it is tried again after a pause that grows each time."""
    if left:
        now, tries = desk.now(), agenda.tries(tx, [each.case.id for each in left])
        agenda.leave(
            tx,
            [Trouble(each.case.id, each.why, now + _pause_after(tries.get(each.case.id, 0))) for each in left],
            now,
        )


def _pause_after(tries: int) -> timedelta:
    return min(FIRST_TRY * (1 << min(tries, 10)), LAST_TRY)
