"""Decisions at the desk: those of a period, on the cases that somebody may see, whatever came of them."""

from __future__ import annotations

from console.desk import calibration, triage
from console.desk.desk import Desk
from console.domain.case import CaseId, Choice
from console.domain.people import Actor
from tests.builders import an_actor, at
from tests.desk.conftest import Clock
from tests.desk.givens import ADA, escalate, open_case


def told(desk: Desk, actor: Actor = ADA, text: str = "") -> list[tuple[CaseId, str, bool | None]]:
    """Give the decisions of an hour: on which case, what was decided, and what came of it."""
    found = calibration.decided(desk, actor, text, at(hours=0), at(hours=1))
    return [(each.case.id, each.choice.value, each.needed) for each in found]


def test_the_decisions_of_a_period_are_told_with_what_came_of_them(desk: Desk, clock: Clock) -> None:
    first, second, third = (open_case(desk, title=f"Case {number}", category="checkout") for number in range(3))
    triage.decide(desk, ADA, first, Choice.HANDLE)
    escalate(desk, ADA, second)
    clock.forward(hours=2)
    triage.decide(desk, ADA, third, Choice.HANDLE)
    escalate(desk, ADA, first)

    assert told(desk) == [(first, "handle", True), (second, "escalate", True)]
    assert told(desk, text="category:network") == []


def test_nobody_is_told_of_decisions_on_what_they_may_not_see(desk: Desk) -> None:
    case_id = open_case(desk)
    escalate(desk, ADA, case_id)
    triage.change(desk, ADA, case_id, {"confidential": True})
    assert len(told(desk)) == 1
    assert told(desk, an_actor("noor")) == []
