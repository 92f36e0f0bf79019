"""How a case passes between tiers."""

from __future__ import annotations

from typing import Any

import pytest

from console.domain.brief import Brief
from console.domain.case import Case, Choice, EscalationId, Status
from console.domain.errors import RefusalCode, Refused
from console.domain.escalation import Escalation, Kind, ReturnReason, State
from console.domain.handing import Order, Return, accepted, escalated, handed_back, must_be_free
from console.domain.matrix import Route, Target
from tests.builders import ADA, BO, a_case, a_policy, an_escalation, an_open_case, at

BRIEF = Brief(issue="stuck", help="a database administrator")
WAY = Route(Target(2, "database"), ((Target(2, "network"), "absent"),))


def sent(case: Case, **order: Any) -> tuple[Case, Escalation]:  # noqa: ANN401 - any field of an order
    """Escalate a case with a full brief."""
    return escalated(case, Order(**({"brief": BRIEF} | order)), WAY, a_policy(), ADA, at())


def test_escalating_moves_the_case_and_keeps_owner_and_handler() -> None:
    case, escalation = sent(an_open_case(handler=BO, team="front"))
    assert (case.tier, case.team, case.owner, case.handler) == (2, "database", ADA, BO)
    assert (case.decision, case.escalation_state, case.escalated_by) == (Choice.ESCALATE, "sent", ADA)
    assert (escalation.from_tier, escalation.from_team, escalation.from_handler) == (1, "front", BO)
    assert (escalation.kind, escalation.skipped, escalation.policy) == (Kind.FUNCTIONAL, WAY.skipped, "v1")


def test_a_case_of_nobody_becomes_the_one_of_whoever_escalates_it() -> None:
    case, escalation = sent(a_case(status=Status.WAITING, waiting_for="customer", resume_at=at(days=1)))
    assert (case.owner, case.handler, escalation.from_handler) == (ADA, ADA, ADA)
    assert (case.status, case.waiting_for, case.resume_at) == (Status.OPEN, "", None)


def test_a_named_target_stands_in_place_of_the_matrix_and_skips_nothing() -> None:
    case, escalation = sent(an_open_case(), target=Target(4))
    assert (case.tier, case.team) == (4, "")
    assert (escalation.kind, escalation.skipped) == (Kind.HIERARCHICAL, ())


def test_a_brief_without_its_required_parts_is_refused_unless_there_is_a_reason() -> None:
    with pytest.raises(Refused, match="The brief lacks issue, help") as refused:
        sent(an_open_case(), brief=Brief())
    assert refused.value.code is RefusalCode.INCOMPLETE
    assert sent(an_open_case(), brief=Brief(), incomplete="no time")[1].incomplete == "no time"
    assert sent(an_open_case(), incomplete="no time")[1].incomplete == ""


@pytest.mark.parametrize(
    ("target", "says"),
    [
        (Target(1), "is in tier 1; escalating goes up"),
        (Target(9), "There is no tier 9"),
        (Target(3, "database"), "Team database is in tier 2, not in tier 3"),
        (Target(2, "unknown"), "There is no team 'unknown'"),
    ],
)
def test_a_target_that_is_not_above_is_refused(target: Target, says: str) -> None:
    with pytest.raises(Refused, match=says):
        sent(an_open_case(), target=target)


def test_nothing_is_escalated_without_a_target_or_when_it_is_done() -> None:
    with pytest.raises(Refused, match="no tier above 1"):
        escalated(an_open_case(), Order(brief=BRIEF), Route(None), a_policy(), ADA, at())
    with pytest.raises(Refused, match="is closed; reopen it before escalating"):
        sent(a_case(status=Status.CLOSED))


def test_the_second_to_escalate_is_told_who_was_first_and_when() -> None:
    with pytest.raises(Refused, match="already escalated by ada at 09:00 UTC to 2/database") as refused:
        must_be_free(an_open_case(), an_escalation())
    assert (refused.value.code, refused.value.by) == (RefusalCode.CONFLICT, ADA)
    must_be_free(an_open_case(), None)
    must_be_free(an_open_case(), an_escalation(state=State.ACCEPTED))


def test_whoever_accepts_becomes_handler() -> None:
    case, escalation = sent(an_open_case())
    taken, now_theirs = accepted(case, escalation, BO, at(minutes=5))
    assert (taken.handler, taken.owner, taken.escalation_state, taken.decision) == (BO, ADA, "accepted", None)
    assert now_theirs.state is State.ACCEPTED


def test_a_returned_case_goes_back_to_where_and_whom_it_came_from() -> None:
    case, escalation = sent(an_open_case(escalation=EscalationId(3)))
    taken, theirs = accepted(case, escalation, BO, at())
    back, over = handed_back(taken, theirs, Return(ReturnReason.SOLVABLE_BELOW, "restart", "facts"), BO, at(hours=1))
    assert (back.tier, back.team, back.handler, back.owner) == (1, "", ADA, ADA)
    assert (back.escalation, back.escalation_state, back.escalated_by) == (3, "", None)
    assert (back.returned_at, back.returned_facts) == (at(hours=1), "facts")
    assert (over.state, over.reason, over.reason_text) == (State.RETURNED, "solvable-below", "restart")


def test_a_return_always_finds_a_handler() -> None:
    orphan = an_escalation(from_handler=None, state=State.ACCEPTED)
    back, _ = handed_back(an_open_case(tier=2, handler=BO), orphan, Return(ReturnReason.NOT_NEEDED), BO, at())
    assert back.handler == ADA
