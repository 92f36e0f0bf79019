"""People with addresses, and what puts notices on their way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from console.desk import assignment, taking
from console.desk.desk import Desk
from console.desk.ledger import Item, items
from console.domain.arrival import Arrival
from console.domain.case import CaseId
from console.domain.delivering import State
from console.domain.notify import Notify
from console.domain.people import Actor, Role
from tests.builders import an_actor

ADA, CY = an_actor("ada", mail="ada@desk.example"), an_actor("cy", mail="cy@desk.example")
LENA = an_actor("lena", Role.LEAD, tier=2, mail="lena@desk.example")
DAN = an_actor("dan", tier=2, teams=("database",), mail="dan@desk.example")
EVA = an_actor("eva", tier=2, teams=("database",), mail="eva@desk.example")
OLGA = an_actor("olga", Role.ADMIN, mail="olga@desk.example")
PEOPLE = tuple(each.person for each in (ADA, CY, LENA, DAN, EVA, OLGA))


def given(desk: Desk, to: Actor = ADA, number: int = 1, **facts: Any) -> list[CaseId]:  # noqa: ANN401 - an arrival's
    """Let lena give cases to somebody."""
    found = []
    for _ in range(number):
        arrival = Arrival(**({"title": "Checkout returns 502", "severity": "S2", "category": "checkout"} | facts))
        case_id = taking.open_case(desk, LENA, arrival)
        assignment.assign(desk, LENA, case_id, to.id)
        found.append(case_id)
    return found


def under(desk: Desk, **said: Any) -> Desk:  # noqa: ANN401 - any field of what a policy says of notices
    """Give the desk under a policy that says this of notices."""
    return replace(desk, policy=replace(desk.policy, notify=replace(desk.policy.notify, **said)))


def routed(desk: Desk, notify: Notify) -> Desk:
    """Give the desk under a policy with other words on notices."""
    return replace(desk, policy=replace(desk.policy, notify=notify))


def ledger(desk: Desk, *states: State) -> list[Item]:
    """Give all deliveries in these states, or in any, the newest first."""
    return list(items(desk, OLGA, states or tuple(State)))


def states(desk: Desk) -> list[State]:
    """Give the states of all deliveries, the newest first."""
    return [item.delivery.state for item in ledger(desk)]
