"""A batch: one act on many cases, in as few transactions as keep nobody waiting, told and taken back as one."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from console.desk.desk import Desk
from console.desk.record import Change, Done, Told, record_all
from console.domain.case import CaseId
from console.domain.errors import Refused
from console.domain.people import Actor
from console.store.engine import Tx

MOST = 250
"""How many cases one transaction changes at most, so that nobody's key waits for it."""

Step = Callable[[Tx, CaseId], tuple[Change, Told]]
"""What is done to each case; it refuses before it writes."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of an act on many cases: those done, and those refused with the reason. `batch` is in its events."""

    done: tuple[Done, ...]
    refused: tuple[tuple[CaseId, Refused], ...] = ()
    batch: str = ""


def many(desk: Desk, actor: Actor, ids: Iterable[CaseId], step: Step) -> Batch:
    """Do a step on each case; a refused one does not spoil the others.

    Up to `MOST` cases are one transaction, more are several with the same batch id. Refused as a whole only when
    nothing at all was done and the database is the reason.
    """
    wanted = list(dict.fromkeys(ids))
    named = secrets.token_hex(6) if len(wanted) > 1 else ""
    done: list[Done] = []
    refused: list[tuple[CaseId, Refused]] = []
    for start in range(0, len(wanted), MOST):
        part = wanted[start : start + MOST]
        try:
            now_done, now_refused = _part(desk, actor, part, step, named)
        except Refused as why:
            if not done:
                raise
            refused += [(case_id, why) for case_id in wanted[start:]]
            break
        done += now_done
        refused += now_refused
    return Batch(tuple(done), tuple(refused), named)


def _part(
    desk: Desk, actor: Actor, ids: list[CaseId], step: Step, batch: str
) -> tuple[tuple[Done, ...], list[tuple[CaseId, Refused]]]:
    """Do one transaction of a batch: every case is checked before any is saved."""
    steps: list[tuple[Change, Told]] = []
    refused: list[tuple[CaseId, Refused]] = []
    with desk.write(actor) as tx:
        for case_id in ids:
            try:
                change, told = step(tx, case_id)
            except Refused as why:
                refused.append((case_id, why))
            else:
                steps.append((change, replace(told, batch=batch)))
        return record_all(desk, tx, actor, steps), refused
