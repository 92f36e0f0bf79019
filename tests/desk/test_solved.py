"""Tests of solved cases at the desk: found by few reads, never a confidential one, with what was tried that worked."""

from __future__ import annotations

import pytest

from console.desk import closing, solved, triage
from console.desk.desk import Desk
from console.desk.solved import what_solved
from console.domain.case import CaseId
from console.domain.errors import Refused
from tests.desk.givens import ADA, escalate, open_case

TITLE = "Till prints no receipts"


def a_solved_one(desk: Desk, how: str, article: str = "", **facts: str) -> CaseId:
    """Give a case that was solved so."""
    number = open_case(desk, **{"title": TITLE, "category": "tills"} | facts)
    triage.claim(desk, ADA, number)
    if article:
        triage.attempt(desk, ADA, number, triage.Tried(f"followed {article}", article=article, has_worked=True))
    closing.resolve(desk, ADA, number, how)
    return number


def told(desk: Desk, number: CaseId) -> list[tuple[CaseId, str, str]]:
    """Give what solved those that are like a case."""
    return [(each.case.id, each.case.resolution, each.article) for each in what_solved(desk, ADA, number)]


def test_what_solved_the_like_of_a_case_is_found(desk: Desk) -> None:
    first = a_solved_one(desk, "a new cable", "KB-1")
    second = a_solved_one(desk, "the driver put in anew", title="Till 4 prints half of the receipts")
    a_solved_one(desk, "sent it again", title="Where is my order", category="orders")
    live = open_case(desk, title=TITLE, category="tills")
    now = open_case(desk, title="Till 9 prints no receipts", category="tills", body="since this morning")

    assert told(desk, now) == [(first, "a new cable", "KB-1"), (second, "the driver put in anew", "")]
    assert told(desk, live) == told(desk, now)
    assert told(desk, first) == []


def test_it_says_at_which_tier_it_was_solved(desk: Desk) -> None:
    number = open_case(desk, title=TITLE)
    escalate(desk, ADA, number)
    closing.resolve(desk, ADA, number, "at the vendor's")
    (found,) = what_solved(desk, ADA, open_case(desk, title=TITLE))

    assert found.case.tier == 2


def test_a_confidential_case_is_given_to_nobody_and_looks_for_nothing(desk: Desk) -> None:
    secret = a_solved_one(desk, "between us")
    triage.change(desk, ADA, secret, {"confidential": True})
    now = open_case(desk, title=TITLE, category="tills")
    assert told(desk, now) == []

    a_solved_one(desk, "a new cable")
    assert len(told(desk, now)) == 1
    triage.claim(desk, ADA, now)
    triage.change(desk, ADA, now, {"confidential": True})
    assert told(desk, now) == []


def test_a_merged_case_solved_nothing(desk: Desk) -> None:
    first, again, now = (open_case(desk, title=TITLE) for _ in range(3))
    closing.merge(desk, ADA, again, first)

    assert told(desk, now) == []


def test_words_that_all_have_find_those_that_have_several(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solved, "COMMON", 2)
    for place in "abcd":
        a_solved_one(desk, f"changed {place * 5}")
    now = open_case(desk, title=TITLE, category="tills")

    assert len(told(desk, now)) == 3
    monkeypatch.setattr(solved, "ENOUGH", 1)
    assert len(told(desk, now)) == 3
    assert told(desk, open_case(desk, title="Nothing", body="prints")) == []


def test_a_case_that_is_not_there_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="99"):
        what_solved(desk, ADA, CaseId(99))
