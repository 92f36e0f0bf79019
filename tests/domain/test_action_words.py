"""What is to come in words: long for a page, short for one line."""

from __future__ import annotations

from typing import Any

import pytest

from console.domain.action_words import SAYINGS, absent, reason, saying, shortly
from console.domain.actions import Action, Does
from console.domain.case import PersonId
from console.domain.matrix import Target
from tests.builders import MORNING, a_policy

BO, KIM = PersonId("bo"), PersonId("kim")
DATABASE = Target(2, "database")


def an_action(does: Does, source: str = "rule:s1", **facts: Any) -> Action:  # noqa: ANN401 - any field of an action
    """Give an action that is due at nine."""
    return Action(does=does, source=source, says="", deadline=MORNING, due=MORNING, **facts)


TABLE: tuple[tuple[Action, str, str], ...] = (
    (an_action(Does.RESUME, "wait"), "its wait ends and its clocks go on", "its wait ends"),
    (
        an_action(Does.WARN, "clock:response", step=75, to=(BO,)),
        "warning, 75 % of the first response used; bo is told",
        "75 % of the first response",
    ),
    (
        an_action(Does.BREACH, "clock:resolution", to=(BO, KIM)),
        "the resolution is late; bo and kim are told",
        "the resolution late",
    ),
    (an_action(Does.BREACH, "clock:unheard-of"), "unheard-of is late", "unheard-of late"),
    (an_action(Does.REMIND, to=(BO,)), "reminder to bo", "reminder to bo"),
    (an_action(Does.NOTIFY, to=(BO, KIM)), "bo and kim are told", "bo and kim are told"),
    (an_action(Does.NOTIFY), "nobody is told", "nobody is told"),
    (
        an_action(Does.NOTIFY, to=(BO,), detail={"instead_of": "escalate"}),
        "it cannot escalate it, so bo is told",
        "it cannot escalate it, so bo is told",
    ),
    (
        an_action(Does.ENGAGE, "ladder:std", target=DATABASE, to=(BO,), step=2, steps=3),
        "tier 2 database: bo is engaged (step 2 of 3)",
        "tier 2 database",
    ),
    (an_action(Does.ENGAGE, "ladder:std", outside=("Oracle",)), "Oracle is engaged", "Oracle"),
    (an_action(Does.ENGAGE, "ladder:std", to=(BO,), again=1), "bo is engaged again", "bo"),
    (
        an_action(Does.AGAIN, "ladder:std", to=(BO,)),
        "nobody accepted, so the ladder starts again with bo",
        "bo",
    ),
    (
        an_action(Does.EXHAUST, "ladder:std", to=(BO,)),
        "the ladder is exhausted, nobody has answered; bo is told",
        "ladder exhausted",
    ),
    (an_action(Does.ESCALATE, target=DATABASE), "escalated to tier 2 database", "tier 2 database"),
    (an_action(Does.ESCALATE, to=(BO,)), "escalated to the next tier; bo is told", "escalated to the next tier"),
    (an_action(Does.REASSIGN, to=(BO,)), "assigned to bo", "assigned to bo"),
    (an_action(Does.REASSIGN, target=DATABASE), "moved to tier 2 database", "moved to tier 2 database"),
    (an_action(Does.RAISE), "severity raised", "severity raised"),
    (
        an_action(Does.RAISE, detail={"severity": "S1"}, to=(BO,)),
        "severity raised to S1; bo is told",
        "severity raised to S1",
    ),
    (an_action(Does.TAG, tags=("overdue", "vip")), "tagged overdue and vip", "tagged overdue and vip"),
)  # fmt: skip


@pytest.mark.parametrize(("action", "long", "short"), TABLE)
def test_an_action_is_said_in_a_sentence_and_in_a_few_words(action: Action, long: str, short: str) -> None:
    assert saying(action, a_policy()) == long
    assert shortly(action, a_policy()) == short


def test_every_kind_of_action_has_its_words() -> None:
    assert set(SAYINGS) == set(Does) == {action.does for action, _, _ in TABLE}


def test_an_action_says_what_asks_for_it() -> None:
    assert reason(an_action(Does.TAG, why="it waits since Friday")) == "it waits since Friday (rule s1)"
    assert reason(an_action(Does.RESUME, "wait")) == "wait"
    assert reason(an_action(Does.BREACH, "clock:response", why="its response clock is due")) == ""


def test_who_cannot_be_told_is_named_with_the_reason() -> None:
    assert (
        absent(an_action(Does.REMIND, absent=(("bo", "absent"), ("kim", "absent")))) == "bo (absent) and kim (absent)"
    )
    assert absent(an_action(Does.REMIND)) == ""
