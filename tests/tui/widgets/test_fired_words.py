"""What the clock side has done, in a few words."""

from __future__ import annotations

from typing import Any

import pytest

from console.domain.events import Kind
from console.tui.widgets.fired_words import told
from tests.builders import MORNING, an_event, at

DUE: dict[str, Any] = {"source": "clock:response", "clock": "response", "step": 1, "steps": 3}


@pytest.mark.parametrize(
    ("kind", "facts", "words"),
    [
        (Kind.WARNED, {"percent": 75}, "75 % of the first response used, 20 min left, due "),
        (Kind.WARNED, {"percent": "x", "clock": ""}, "? % of its time used, 20 min left, due "),
        (Kind.BREACHED, {}, "the first response: 30 min late, was due "),
        (Kind.REMINDED, {"to": ["bo"]}, "reminder to bo: S1 unanswered"),
        (Kind.REMINDED, {"to": []}, "reminder to nobody: S1 unanswered"),
        (Kind.TOLD, {"to": ["bo", "kim"], "outside": ["Oracle"]}, "bo, kim and Oracle told: S1 unanswered"),
        (Kind.ENGAGED, {"to": ["bo", "kim", "max", "ada"]}, "bo and 3 others engaged, step 1 of 3"),
        (Kind.ENGAGED, {"to": ["bo"], "step": 0}, "bo engaged"),
        (Kind.EXHAUSTED, {"to": "x"}, "the ladder is exhausted, nobody has answered; nobody told"),
    ],
)
def test_each_kind_is_said_shortly(kind: Kind, facts: dict[str, Any], words: str) -> None:
    detail = DUE | {"deadline": at(minutes=50).isoformat()} | facts
    event = an_event(kind, at=MORNING, detail=detail, reason_text="S1 unanswered")

    said = told(event, at(minutes=30))

    assert said == words or (words.endswith("due ") and said.startswith(words))


def test_what_no_rule_says_is_named_by_its_source() -> None:
    detail = {"source": "rule:quiet", "deadline": MORNING.isoformat(), "to": ["bo"]}
    assert told(an_event(Kind.REMINDED, detail=detail), MORNING) == "reminder to bo: rule quiet"


def test_a_breach_that_is_just_found_is_not_told_as_left() -> None:
    detail = DUE | {"deadline": MORNING.isoformat()}
    assert "less than a minute late" in told(an_event(Kind.BREACHED, at=MORNING, detail=detail), MORNING)


def test_what_people_do_is_told_as_a_sentence() -> None:
    event = an_event(Kind.REMINDED, detail={"escalation": 1, "to": ["lena"]})
    assert "reminded lena" in told(event, MORNING)
