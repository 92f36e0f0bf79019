"""Calibration: each decision with the recommendation it met and with what came of it, and how these agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from console.domain import acts
from console.domain.calibration import Agreement, Decision, decisions, told_apart
from console.domain.case import CaseId, Choice, PersonId, Status
from console.domain.events import Kind
from console.domain.facts import Facts
from console.domain.measures import Measure
from console.domain.recommendation import Verdict
from tests.builders import MORNING, a_case, at
from tests.domain.test_happened import POLICY, handed_back, sent
from tests.domain.timed import claimed, facts_of, written

LATER = at(days=3)
UP, BELOW = Choice.ESCALATE, Choice.HANDLE


def decided(facts: Facts, when: datetime, choice: Choice, verdict: Verdict = Verdict.HANDLE, reason: str = "") -> Facts:
    """Let ada decide after a recommendation."""
    after = written(facts, acts.decided(facts.case, choice), Kind.DECIDED, when)
    return told(after, verdict, choice, reason)


def told(facts: Facts, verdict: Verdict, choice: Choice = UP, reason: str = "") -> Facts:
    """Let the newest event tell of a recommendation."""
    *before, last = facts.history
    detail = {**last.detail, "verdict": verdict.value, "choice": choice.value}
    return replace(facts, history=(*before, replace(last, detail=detail, reason=reason)))


def found(facts: Facts, now: datetime = LATER) -> list[tuple[str, str, bool | None]]:
    """Give what was advised, decided, and came of each decision."""
    return [(each.verdict, each.choice, each.needed) for each in decisions(facts, POLICY.checklist, now)]


def test_a_decision_is_told_with_who_and_why_and_the_case_as_it_stood() -> None:
    facts = decided(claimed(facts_of(category="checkout", affected=7)), at(minutes=5), UP, reason="vip")
    moved = written(facts, replace(facts.case, category="network", affected=1), Kind.CHANGED, at(minutes=9))

    (one,) = decisions(moved, POLICY.checklist, LATER)

    assert (one.who, one.at, one.reason, one.case.category) == ("ada", at(minutes=5), "vip", "checkout")
    assert one.filled[0] == 1
    assert one.was_followed is False


def test_what_went_up_and_stayed_there_needed_it() -> None:
    assert found(told(sent(), Verdict.ESCALATE)) == [("escalate", "escalate", True)]


def test_what_came_back_as_solvable_below_did_not_need_it() -> None:
    facts = told(sent(), Verdict.HANDLE, UP, "vip")
    assert found(handed_back(facts, "solvable-below")) == [("handle", "escalate", False)]


def test_what_was_handled_and_went_up_later_needed_it_after_all() -> None:
    facts = sent(60, decided(claimed(facts_of()), at(minutes=5), BELOW))
    assert found(told(facts, Verdict.ASK)) == [("handle", "handle", True), ("ask", "escalate", True)]


def test_only_what_came_after_a_decision_counts_for_it() -> None:
    facts = handed_back(told(sent(), Verdict.ESCALATE), "", 20)
    again = decided(facts, at(hours=1), BELOW)
    assert found(again, at(hours=2))[-1] == ("handle", "handle", None)
    assert found(again)[-1] == ("handle", "handle", False)


def test_deciding_to_send_up_and_sending_up_is_one_decision() -> None:
    facts = sent(10, decided(claimed(facts_of()), at(minutes=5), UP))
    assert found(told(facts, Verdict.HANDLE)) == [("handle", "escalate", True)]


def test_what_was_undone_and_what_a_source_told_is_no_decision() -> None:
    facts = decided(claimed(facts_of()), at(minutes=5), BELOW)
    decision = facts.history[-1]
    undo = replace(decision, version=decision.version + 1, kind=Kind.UNDONE, changes={}, annuls=decision.version)
    assert found(replace(facts, history=(*facts.history, undo))) == []
    assert found(sent()) == []


def a_decision(verdict: str, choice: Choice, *, needed: bool | None, case: int = 1) -> Decision:
    """Give a decision as it turned out."""
    scored = (None, 3, 0, 1)
    stood = replace(a_case(), id=CaseId(case))
    return Decision(stood, MORNING, PersonId("ada"), Verdict(verdict), choice, "", scored, needed)


@pytest.mark.parametrize(
    ("verdict", "choice", "needed", "followed", "advised", "right"),
    [
        ("escalate", UP, True, True, True, True),
        ("escalate", UP, False, True, False, False),
        ("escalate", BELOW, False, False, False, True),
        ("handle", UP, True, False, False, True),
        ("handle", BELOW, None, True, None, None),
        ("ask", BELOW, True, None, None, False),
    ],
)
def test_advice_and_decision_are_held_against_what_came(
    verdict: str, choice: Choice, *, needed: bool | None, followed: bool | None, advised: bool | None,
    right: bool | None,
) -> None:  # fmt: skip
    one = a_decision(verdict, choice, needed=needed)
    assert (one.was_followed, one.was_well_advised, one.was_right) == (followed, advised, right)


def test_shares_are_of_what_can_be_told_and_lead_to_their_cases() -> None:
    every = Agreement()
    for case, (verdict, choice, needed) in enumerate(
        [("escalate", UP, True), ("handle", UP, False), ("ask", BELOW, None)], 1
    ):
        every.add(a_decision(verdict, choice, needed=needed, case=case))
    every.add(a_decision("escalate", UP, needed=True, case=1))

    followed = every.share("followed")

    assert isinstance(followed, Measure)
    assert (every.decisions, round(followed.value, 2), followed.of) == (4, 0.67, 3)
    assert [every.behind(name) for name in ("all", "needed", "not right", "unsettled", "other")] == [
        (1, 2, 3), (1,), (2,), (3,), (),
    ]  # fmt: skip


def test_a_factor_tells_cases_apart_as_far_as_it_was_known() -> None:
    groups = {score: Agreement() for score in (None, 0, 3)}
    for needed, score in ((True, 3), (True, 3), (False, 0), (False, 3), (True, None)):
        groups[score].add(a_decision("ask", UP, needed=needed))
    auc = told_apart(groups)
    assert auc is not None
    assert auc.value == 0.75
    assert told_apart({None: groups[None]}) is None


def test_a_case_that_is_over_is_settled_at_once() -> None:
    facts = decided(claimed(facts_of()), at(minutes=5), BELOW)
    assert found(facts, at(minutes=30)) == [("handle", "handle", None)]
    over = written(facts, replace(facts.case, status=Status.RESOLVED), Kind.RESOLVED, at(minutes=20))
    assert found(over, at(minutes=30)) == [("handle", "handle", False)]
