"""An act: what it needs and what it makes of a case; done here on one case, and by `bulk` on many."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from console.desk.desk import Desk
from console.desk.record import STANDING, Change, Done, Told, record, take
from console.desk.rights import allow
from console.domain.access import Deed
from console.domain.case import Case, CaseId
from console.domain.people import Actor
from console.store.engine import Tx

Made = tuple[Case, Told]
"""The case as an act leaves it, and what its event tells."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something a person does to a case: the deed it takes, what it makes of the case, the fields it rests on.

    `make` refuses before anything is written, so that a refused case leaves no trace among others.
    """

    deed: Deed
    make: Callable[[Tx, Case], Made]
    rests_on: frozenset[str] = STANDING


def do(desk: Desk, actor: Actor, act: Act, case_id: CaseId, seen: int | None = None) -> Done:
    """Do an act on one case, in a transaction of its own."""
    with desk.write(actor) as tx:
        return record(desk, tx, actor, *prepared(desk, tx, actor, act, case_id, seen))


def prepared(
    desk: Desk, tx: Tx, actor: Actor, act: Act, case_id: CaseId, seen: int | None = None
) -> tuple[Change, Told]:
    """Give the case before and after an act and what is to be told. Refused: what the actor or the case forbids."""
    case = take(tx, case_id, seen, act.rests_on, by=actor)
    allow(desk, tx, actor, act.deed, case)
    after, told = act.make(tx, case)
    return (case, after), told
