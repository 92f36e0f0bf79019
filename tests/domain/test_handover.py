"""What is handed over, and who may take it on."""

from __future__ import annotations

from typing import Any

import pytest

from console.domain.case import PersonId, Status
from console.domain.errors import RefusalCode, Refused
from console.domain.handover import Handover, State, Words, drafted, handed, taken_on
from tests.builders import ADA, BO, a_case, an_open_case, at

OPEN = Words("the vendor calls back", promised=at(hours=3), asks="call them at ten")


def a_handover(**facts: Any) -> Handover:  # noqa: ANN401 - any field of a handover
    """Give a handover of case 7 by ada."""
    given: dict[str, Any] = {"case": a_case().id, "version": 2, "by": ADA, "giver": ADA, "at": at()}
    return Handover(**(given | facts))


def test_a_case_that_is_handed_over_stays_with_its_handler_and_keeps_the_promise() -> None:
    after = handed(an_open_case(), OPEN)
    assert (after.handler, after.owner, after.promised_at) == ("ada", "ada", at(hours=3))
    assert handed(an_open_case(promised_at=at(hours=1)), Words("x")).promised_at == at(hours=1)


@pytest.mark.parametrize(
    ("case", "words", "why"),
    [
        (an_open_case(status=Status.RESOLVED), OPEN, "is resolved; there is nothing to hand over"),
        (a_case(), OPEN, "Nobody handles case 7"),
        (an_open_case(), Words(" "), "Say what is open"),
    ],
)
def test_what_cannot_be_handed_over_is_refused(case: Any, words: Words, why: str) -> None:  # noqa: ANN401
    with pytest.raises(Refused, match=why):
        handed(case, words)


def test_whoever_takes_it_on_handles_it_and_its_owner_stays() -> None:
    after = taken_on(an_open_case(), a_handover(meant_for="bo"), BO)
    assert (after.handler, after.owner) == ("bo", "ada")


@pytest.mark.parametrize(
    ("facts", "case", "why", "code"),
    [
        ({"state": State.TAKEN, "taken_by": PersonId("cy")}, an_open_case(), "by cy already", RefusalCode.CONFLICT),
        ({"meant_for": "cy"}, an_open_case(), "handed over to cy", RefusalCode.NOT_ALLOWED),
        ({}, an_open_case(handler=PersonId("cy")), "it is with cy", RefusalCode.CONFLICT),
        ({}, an_open_case(handler=None), "it is with nobody", RefusalCode.CONFLICT),
        ({}, an_open_case(status=Status.CLOSED), "it is closed", RefusalCode.CONFLICT),
        ({"giver": BO}, an_open_case(handler=BO), "yours already", RefusalCode.RULE),
    ],
)
def test_what_cannot_be_taken_on_is_refused(
    facts: dict[str, Any],
    case: Any,  # noqa: ANN401
    why: str,
    code: RefusalCode,
) -> None:
    with pytest.raises(Refused, match=why) as refused:
        taken_on(case, a_handover(**facts), BO)
    assert refused.value.code is code


def test_a_draft_says_how_the_case_stands_and_promises_nothing_new() -> None:
    waiting = an_open_case(status=Status.WAITING, waiting_for="vendor", due=at(hours=2))
    sent = an_open_case(tier=2, escalation_state="sent", escalated_by=ADA)
    assert drafted(waiting, "x") == Words("waits for vendor")
    assert drafted(sent, "x").standing == "escalated by ada to tier 2, waits to be accepted"
    assert drafted(an_open_case(promised_at=at(hours=1)), "HANDLE") == Words("HANDLE", at(hours=1))
