"""The life of one escalation."""

from __future__ import annotations

import pytest

from console.domain.case import PersonId
from console.domain.errors import RefusalCode, Refused
from console.domain.escalation import (
    ReturnReason,
    State,
    accepted,
    asked_back,
    closed,
    decided,
    reopened,
    returned,
)
from tests.builders import BO, an_escalation, at


def test_accepting_names_who_took_it_and_drops_the_open_question() -> None:
    taken = accepted(an_escalation(question="which?"), BO, at(minutes=5))
    assert (taken.state, taken.answered_by, taken.answered_at) == (State.ACCEPTED, BO, at(minutes=5))
    assert taken.question == ""


def test_only_the_first_to_accept_gets_it() -> None:
    taken = accepted(an_escalation(), BO, at())
    with pytest.raises(Refused, match="already accepted by bo") as refused:
        accepted(taken, PersonId("cy"), at())
    assert (refused.value.code, refused.value.by) == (RefusalCode.CONFLICT, "bo")
    with pytest.raises(Refused, match=r"already expired\."):
        accepted(an_escalation(state=State.EXPIRED), BO, at())


def test_asking_back_keeps_it_waiting_with_the_question() -> None:
    asked = asked_back(an_escalation(), "which version?")
    assert (asked.state, asked.question) == (State.SENT, "which version?")
    with pytest.raises(Refused, match="needs the question"):
        asked_back(asked, "  ")


@pytest.mark.parametrize("state", [State.SENT, State.ACCEPTED, State.DECIDED])
def test_returning_is_possible_before_and_after_accepting(state: State) -> None:
    back = returned(an_escalation(state=state), BO, ReturnReason.WRONG_TEAM, "ask network", at())
    assert (back.state, back.reason, back.reason_text) == (State.RETURNED, "wrong-team", "ask network")
    assert back.closed_at == at()


def test_what_is_over_is_not_returned() -> None:
    with pytest.raises(Refused, match="nothing to return: the escalation is closed"):
        returned(closed(an_escalation(), "done", at()), BO, ReturnReason.NOT_NEEDED, "", at())


def test_the_outcome_is_kept_until_it_is_closed_and_an_earlier_one_stands_again() -> None:
    settled = decided(an_escalation(), "replaced the pool")
    shut = closed(settled, "", at())
    assert (settled.state, shut.state, shut.outcome) == (State.DECIDED, State.CLOSED, "replaced the pool")
    assert closed(settled, "other", at()).outcome == "other"
    assert (reopened(shut).state, reopened(shut).closed_at) == (State.ACCEPTED, None)
