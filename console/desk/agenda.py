"""The agenda: for each case when the clock side has something to do next; kept by every act in its own transaction.

An act on few cases plans them at once. One on many leaves that to the clock side, and so does whatever takes cases in:
the database notes of each case that changes that it is to be planned, so that none is forgotten and nobody's key waits.
"""

from __future__ import annotations

from collections.abc import Sequence

from console.desk.desk import Desk
from console.desk.facts import facts_of, read_ahead
from console.domain.case import Case
from console.domain.events import Event
from console.domain.plan import plan
from console.store import agenda
from console.store.agenda import Planned
from console.store.engine import Reading, Snapshot, Tx
from console.store.sight import WHOLE

AT_ONCE = 20
"""How many cases an act plans by itself at most."""


def keep(desk: Desk, tx: Tx, done: Sequence[tuple[Case, Event]]) -> None:
    """Note when something will be due for cases that an act has just changed, by the plan.

    Read whole: what is due for a case does not depend on who acts on it.
    """
    changed = {case.id: case for case, _ in done}
    if len(changed) <= AT_ONCE:
        whole = Snapshot(tx.driver, WHOLE)
        if len(changed) > 1:
            read_ahead(whole, [*changed])
        found = [planned(desk, whole, case) for case in changed.values()]
        agenda.put(tx, [each for each in found if each is not None], desk.policy.version)


def planned(desk: Desk, tx: Reading, case: Case) -> Planned | None:
    """Give when something is due for a case next, or None where that cannot be said.

    Then the act of a person stands all the same, and the clock side tells what is wrong when it plans the case.
    """
    now = desk.now()
    facts = facts_of(desk, tx, case)
    try:
        ahead = plan(facts, desk.policy, now)
    except Exception:  # noqa: BLE001 - whatever is wrong with a rule must not take an act back
        return None
    return Planned(case.id, ahead.due_from(now), case.status.is_live)
