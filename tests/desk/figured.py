"""A desk on which something happened: arrivals, answers, closures, escalations, returns, each at a time of its own."""

from __future__ import annotations

from typing import Any

from console.desk import closing, taking, triage, undo
from console.desk import escalation as escalating
from console.desk.desk import Desk
from console.domain.arrival import Arrival, Voice
from console.domain.case import CaseId
from console.domain.escalation import ReturnReason
from console.domain.people import Role
from tests.builders import an_actor
from tests.desk.conftest import Clock
from tests.desk.givens import ADA, BO, escalate

OLGA = an_actor("olga", Role.ADMIN)


def a_past(desk: Desk, clock: Clock) -> list[CaseId]:
    """Give six cases: two solved (one of them taken up again), one returned, one sent up, two untouched; three days."""
    ids = [_open(desk, title=f"Case {n}", severity=f"S{n % 3 + 2}", category="checkout") for n in range(1, 5)]
    clock.forward(hours=1)
    triage.note(desk, OLGA, ids[0], triage.Said("we are on it", Voice.OUTBOUND))
    triage.note(desk, OLGA, ids[1], triage.Said("only for us"))
    escalate(desk, ADA, ids[2])
    clock.forward(hours=23)
    ids += [_open(desk, title="=A late one | `x`", severity="S2", category="network") for _ in range(2)]
    triage.note(desk, OLGA, ids[1], triage.Said("we are on it too", Voice.OUTBOUND))
    closing.resolve(desk, OLGA, ids[0], "restarted it")
    closing.resolve(desk, OLGA, ids[1], "a new cable")
    clock.forward(hours=24)
    escalating.hand_back(desk, BO, ids[2], ReturnReason.SOLVABLE_BELOW, "restart the pool")
    escalate(desk, ADA, ids[3])
    closing.reopen(desk, OLGA, ids[1], "it is back")
    closing.resolve(desk, OLGA, ids[4], "by mistake")
    undo.undo(desk, OLGA, ids[4])
    clock.forward(hours=1)
    return ids


def _open(desk: Desk, **facts: Any) -> CaseId:  # noqa: ANN401 - any field of an arrival
    return taking.open_case(desk, OLGA, Arrival(**facts))
