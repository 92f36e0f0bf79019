"""A batch: one act on many cases, in one transaction, told and taken back as one."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from console.desk.desk import Desk
from console.desk.record import Change, Done, Told, record_all
from console.desk.timing import is_timed
from console.domain.case import CaseId
from console.domain.errors import Refused
from console.domain.people import Actor
from console.store import cases, events, people
from console.store.engine import Tx

MOST = 500
"""How many cases one transaction changes at most.

Whoever else writes waits as long as it takes: 8 ms of processor time for 12 cases, 70 for 250, 150 for 500, 300 for
1,000 and 1,400 for 5,000. A quarter of a second is the longest that a key may wait, so up to 500 are all or nothing.
More are done in parts of 500, between which others get their turn, under one batch id, so that one undo takes all of
them back; the question before them says so.
"""

TURN = 0.11
"""Seconds between two parts: more than SQLite lets a writer who waits sleep at most, so that each comes in between."""

Step = Callable[[Tx, CaseId], tuple[Change, Told]]
"""What is done to each case; it refuses before it writes."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of an act on many cases: those done, and those refused with the reason. `batch` is in its events."""

    done: tuple[Done, ...]
    refused: tuple[tuple[CaseId, Refused], ...] = ()
    batch: str = ""


def parts_of(number: int) -> int:
    """Say in how many transactions so many cases are changed."""
    return -(-number // MOST)


def many(desk: Desk, actor: Actor, ids: Iterable[CaseId], step: Step, *, with_history: bool = False) -> Batch:
    """Do a step on each case; a refused one does not spoil the others.

    Up to `MOST` cases are one transaction, more are several with the same batch id. Refused as a whole only when
    nothing at all was done and the database is the reason. `with_history` is for steps that read that of each case.
    """
    wanted = list(dict.fromkeys(ids))
    named = secrets.token_hex(6) if len(wanted) > 1 else ""
    done: list[Done] = []
    refused: list[tuple[CaseId, Refused]] = []
    for start in range(0, len(wanted), MOST):
        part = wanted[start : start + MOST]
        if start:
            time.sleep(TURN)
        try:
            with desk.write(actor) as tx:
                _read_ahead(tx, part, with_history=with_history or is_timed(desk))
                now_done, now_refused = _part(desk, tx, actor, part, step, named)
        except Refused as why:
            if not done:
                raise
            refused += [(case_id, why) for case_id in wanted[start:]]
            break
        done += now_done
        refused += now_refused
    return Batch(tuple(done), tuple(refused), named)


def whole(desk: Desk, actor: Actor, ids: Iterable[CaseId], step: Step) -> Batch:
    """Do a step on each case in one transaction, all of it or nothing. Refused: where one of them is."""
    wanted = list(dict.fromkeys(ids))
    named = secrets.token_hex(6) if len(wanted) > 1 else ""
    with desk.write(actor) as tx:
        steps = [(change, replace(told, batch=named)) for change, told in (step(tx, case_id) for case_id in wanted)]
        return Batch(record_all(desk, tx, actor, steps), (), named)


def _read_ahead(tx: Tx, ids: list[CaseId], *, with_history: bool) -> None:
    """Read what every case of a part needs at once; a single one reads what it needs by itself."""
    if len(ids) > 1:
        cases.read_ahead(tx, ids)
        events.read_ahead(tx, ids)
        people.read_ahead(tx)
        if with_history:
            events.read_histories_ahead(tx, ids)


def _part(
    desk: Desk, tx: Tx, actor: Actor, ids: list[CaseId], step: Step, batch: str
) -> tuple[tuple[Done, ...], list[tuple[CaseId, Refused]]]:
    """Do one transaction of a batch: every case is checked before any is saved."""
    steps: list[tuple[Change, Told]] = []
    refused: list[tuple[CaseId, Refused]] = []
    for case_id in ids:
        try:
            change, told = step(tx, case_id)
        except Refused as why:
            refused.append((case_id, why))
        else:
            steps.append((change, replace(told, batch=batch)))
    return record_all(desk, tx, actor, steps), refused
