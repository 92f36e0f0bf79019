"""Factors are filled in by facts until a person answers."""

from __future__ import annotations

from typing import Any

import pytest

from console.domain.case import Severity, SeverityFrom, Status
from console.domain.checklist import Factor, answered, evidence, scores
from console.domain.errors import Refused
from tests.builders import MORNING, a_case, a_checklist, an_open_case, at

FILLED: list[tuple[dict[str, Any], int, int | None, str]] = [
    ({}, 0, None, ""),
    ({"affected": 1}, 0, 0, "1 affected"),
    ({"affected": 12_000}, 0, 3, "12,000 affected"),
    ({"severity": Severity.S1}, 1, None, ""),
    ({"severity": Severity.S1, "severity_from": SeverityFrom.MATRIX}, 1, 3, "severity S1"),
    ({"severity": Severity.S4, "severity_from": SeverityFrom.OVERRIDE}, 1, 0, "severity S4"),
    ({"attempts": 1}, 2, 1, "1 failed attempt logged"),
    ({"attempts": 9}, 2, 3, "9 failed attempts logged"),
    ({"reopened": 1}, 3, 1, "reopened once"),
    ({"reopened": 2}, 3, 2, "reopened twice"),
    ({"due": at(minutes=-1)}, 3, 2, "past its due time"),
    ({"due": at(minutes=-1), "status": Status.WAITING}, 3, None, ""),
    ({"due": at(minutes=1)}, 3, None, ""),
    ({"promised_at": at(minutes=-1)}, 3, 3, "a promised update is overdue"),
    ({"promised_at": at(minutes=1)}, 3, None, ""),
    ({"manager_asks": 3}, 3, 3, "supervisor asked for 3 times"),
]


@pytest.mark.parametrize(("facts", "place", "score", "says"), FILLED)
def test_a_fact_fills_in_its_factor_and_says_so(
    facts: dict[str, Any], place: int, score: int | None, says: str
) -> None:
    case = a_case(**facts)
    assert scores(case, a_checklist(), MORNING)[place] == score
    assert evidence(case, a_checklist(), MORNING)[place] == says


def test_a_persons_answer_stands_in_place_of_the_facts() -> None:
    facts = {"affected": 99, "severity_from": SeverityFrom.STATED, "attempts": 4, "manager_asks": 1}
    assert scores(a_case(**facts), a_checklist(), MORNING) == (3, 1, 3, 3)
    assert scores(a_case(answers=(0, 0, 0, 0), **facts), a_checklist(), MORNING) == (0, 0, 0, 0)


def test_answers_change_one_by_one_and_are_taken_back_by_none() -> None:
    case = an_open_case(answers=(1, 2, None, 3))
    assert answered(case, {Factor.IMPACT: 0, Factor.EXPECTATIONS: None}) == (1, 0, None, None)


@pytest.mark.parametrize("score", [-1, 4])
def test_a_score_outside_0_to_3_is_refused(score: int) -> None:
    with pytest.raises(Refused, match=f"An answer to scope is 0, 1, 2 or 3, not {score}"):
        answered(a_case(), {Factor.SCOPE: score})


def test_a_checklist_knows_its_highest_score_and_its_questions() -> None:
    checklist = a_checklist((1, 2, 3, 0))
    assert checklist.out_of == 18
    assert checklist.question(Factor.ATTEMPTS).weight == 3
