"""Cases on the desk, and the people who act on them."""

from __future__ import annotations

from typing import Any

from console.desk import escalation as escalating
from console.desk import taking, triage
from console.desk.desk import Desk
from console.desk.record import Done
from console.domain.arrival import Arrival
from console.domain.brief import Brief
from console.domain.case import CaseId
from console.domain.figures import Sought, Subject
from console.domain.people import Actor, Role
from console.store import cases, escalations, events
from tests.builders import an_actor, at

ADA, BO, KIM = an_actor("ada"), an_actor("bo", Role.LEAD, tier=3), an_actor("kim", Role.LEAD, tier=3)
"""An agent of the first tier, and two leads of the third."""

FULL = Brief(issue="checkout answers 502", consequences="nobody can pay", help="restart the pool")

COUNTED = tuple(Sought(subject=subject, now=at(days=9)) for subject in Subject)
"""Everything that can be counted."""


def open_case(desk: Desk, **facts: Any) -> CaseId:  # noqa: ANN401 - any field of an arrival
    """Open a case and give its id."""
    return taking.open_case(desk, ADA, Arrival(**({"title": "Checkout returns 502", "severity": "S2"} | facts)))


def escalate(desk: Desk, actor: Actor, case_id: CaseId, **order: Any) -> Done:  # noqa: ANN401 - any field of an order
    """Escalate with a full brief, for a reason of the policy where one is needed."""
    given: dict[str, Any] = {"brief": FULL, "reason": triage.Reason("vip")} | order
    return escalating.escalate(desk, actor, case_id, escalating.Order(**given))


def stored(desk: Desk, case_id: CaseId) -> Any:  # noqa: ANN401 - a case, its events and escalations
    """Give case, events and escalations as they stand in the database."""
    with desk.store.read() as tx:
        return cases.get(tx, case_id), events.of_case(tx, case_id), escalations.of_case(tx, case_id)


def is_whole(desk: Desk) -> bool:
    """Say whether every chain in the database is unbroken."""
    with desk.store.read() as tx:
        return not list(events.broken_chains(tx))
