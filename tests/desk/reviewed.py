"""Reviews of escalations that were solved above, and the actions that they ask for."""

from __future__ import annotations

from collections.abc import Sequence

from console.desk import closing, reviewing
from console.desk import escalation as escalating
from console.desk.desk import Desk
from console.desk.record import Done
from console.domain.case import Case, CaseId, PersonId
from console.domain.people import Actor
from console.domain.review import Need, Review
from console.domain.review_actions import Action
from tests.builders import at
from tests.desk.givens import ADA, BO, KIM, escalate, open_case

SAID = Review("the pool ran full", "no access to it", Need.ACCESS, "restart rights")
DUE = at(days=14)
RIGHTS = Action("Ask for restart rights ", PersonId("ada"), DUE)
ARTICLE = Action("Write how to restart the pool", PersonId("kim"), at(days=7))


def solved_above(desk: Desk, **facts: object) -> CaseId:
    """Give a case that tier 3 has solved."""
    case_id = open_case(desk, **facts)
    escalate(desk, ADA, case_id)
    escalating.accept(desk, KIM, case_id)
    closing.resolve(desk, KIM, case_id, "restarted the pool")
    return case_id


def reviewed(desk: Desk, case_id: CaseId, actions: Sequence[Action] = (RIGHTS, ARTICLE)) -> Done:
    """Review it, with actions."""
    return reviewing.review(desk, BO, case_id, SAID, actions)


def actions_of(desk: Desk, case_id: CaseId, actor: Actor = BO) -> list[Case]:
    """Give its actions."""
    return [*reviewing.actions_of(desk, actor, case_id)]
