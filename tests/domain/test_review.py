"""The review of an escalation: what it needs to say, and which escalation it is about."""

from __future__ import annotations

import pytest

from console.domain.case import CaseId, EscalationId
from console.domain.errors import RefusalCode, Refused
from console.domain.escalation import State
from console.domain.review import Need, review_of, reviewed, to_review
from tests.builders import an_escalation

CASE = CaseId(7)


@pytest.mark.parametrize(
    ("needs", "need", "text"),
    [
        ("article: how to restart it", Need.ARTICLE, "how to restart it"),
        ("Access:  restart rights ", Need.ACCESS, "restart rights"),
        ("nothing", Need.NOTHING, ""),
        ("training", Need.TRAINING, ""),
        ("a colleague: with time", Need.OTHER, "a colleague: with time"),
        ("access:", Need.OTHER, "access:"),
    ],
)
def test_what_would_be_needed_begins_with_its_kind(needs: str, need: Need, text: str) -> None:
    found = review_of(" a disk ", "no access", needs)
    assert (found.happened, found.why, found.need, found.needs) == ("a disk", "no access", need, text)


@pytest.mark.parametrize(
    ("given", "asks"),
    [
        ((" ", "why", "article"), "what happened"),
        (("what", "", "article"), "why it needed the higher tier"),
        (("what", "why", " "), r"what the lower tier would need next time \(article, access, training"),
    ],
)
def test_a_review_leaves_nothing_out(given: tuple[str, str, str], asks: str) -> None:
    with pytest.raises(Refused, match=f"A review needs {asks}") as refused:
        review_of(*given)
    assert refused.value.code is RefusalCode.INCOMPLETE


def test_the_newest_closed_escalation_is_reviewed_before_older_ones() -> None:
    first, second = (an_escalation(id=EscalationId(number), state=State.CLOSED) for number in (1, 2))
    assert to_review(CASE, [first, second]) == second
    assert to_review(CASE, [first, reviewed(second)]) == first


@pytest.mark.parametrize(
    ("states", "says"),
    [
        ((), "no closed escalation"),
        ((State.RETURNED,), "no closed escalation"),
        ((State.REVIEWED,), "reviewed already"),
        ((State.REVIEWED, State.ACCEPTED), "still open"),
    ],
)
def test_without_a_closed_escalation_it_is_said_why(states: tuple[State, ...], says: str) -> None:
    moves = [an_escalation(id=EscalationId(number), state=state) for number, state in enumerate(states)]
    with pytest.raises(Refused, match=says):
        to_review(CASE, moves)
