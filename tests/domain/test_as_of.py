"""A case as of another time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.domain.as_of import as_of, before
from console.domain.case import EscalationId, PersonId, Severity, Status
from console.domain.changes import changes
from console.domain.errors import Refused
from console.domain.escalation import State
from console.domain.events import Kind
from console.domain.facts import Facts
from tests.builders import a_case, a_policy, an_escalation, an_event, at

OPENED = a_case(severity=Severity.S2, confidential=True, circle=(PersonId("ada"),))
CLAIMED = replace(OPENED, status=Status.OPEN, handler=PersonId("ada"), owner=PersonId("ada"), version=2)
SENT = replace(CLAIMED, tier=2, team="database", escalation_state="sent", version=3)
TAKEN = replace(SENT, handler=PersonId("bo"), escalation_state="accepted", version=4)
NUMBER = EscalationId(7001)
ACCEPTED = replace(
    an_escalation(sent_at=at(hours=2)), id=NUMBER, state=State.ACCEPTED, answered_by=PersonId("bo"),
    answered_at=at(hours=3),
)  # fmt: skip
PLACE = f"escalation.{NUMBER}"
HISTORY = (
    an_event(Kind.OPENED, version=1, changes=changes(None, OPENED)),
    an_event(Kind.CLAIMED, version=2, at=at(hours=1), changes=changes(OPENED, CLAIMED)),
    an_event(
        Kind.ESCALATED, version=3, at=at(hours=2),
        changes=changes(CLAIMED, SENT) | {f"{PLACE}.state": (None, "sent"), f"{PLACE}.target": (None, "2/database")},
    ),
    an_event(
        Kind.ACCEPTED, version=4, at=at(hours=3),
        changes=changes(SENT, TAKEN) | {
            f"{PLACE}.state": ("sent", "accepted"), f"{PLACE}.answered_by": (None, "bo"),
            "escalation.9.state": ("x", "y"), f"{PLACE}.answered_at": (None, at(hours=3).isoformat()),
            f"{PLACE}.question": ("why?", None), f"{PLACE}.acknowledged": (["kim"], []),
        },
    ),
)  # fmt: skip
FACTS = Facts(case=TAKEN, history=HISTORY, escalations=(ACCEPTED,))


@pytest.mark.parametrize(
    ("hours", "case", "state"),
    [(0, OPENED, None), (1.5, CLAIMED, None), (2, SENT, State.SENT), (3, TAKEN, State.ACCEPTED)],
)
def test_a_case_stands_again_as_its_history_says_it_stood(hours: float, case: object, state: State | None) -> None:
    then = as_of(FACTS, a_policy(), at(days=1), at(hours=hours))

    assert replace(then.case, updated=OPENED.updated) == case
    assert [each.state for each in then.escalations] == ([state] if state else [])
    assert then.history == HISTORY[: then.case.version]


def test_what_was_answered_later_is_open_again() -> None:
    (sent,) = before(FACTS, at(hours=2)).escalations
    assert (sent.answered_by, sent.answered_at, sent.question) == (None, None, "why?")
    assert sent.acknowledged == (PersonId("kim"),)


def test_what_had_been_answered_by_then_stays() -> None:
    closed = an_event(
        Kind.CLOSED, version=5, at=at(hours=4),
        changes={f"{PLACE}.answered_at": (at(hours=3).isoformat(), at(hours=4).isoformat())},
    )  # fmt: skip
    later = replace(FACTS, history=(*HISTORY, closed), case=replace(TAKEN, version=5))
    assert before(later, at(hours=3)).escalations[0].answered_at == at(hours=3)


def test_a_breach_that_was_found_later_is_not_known_before() -> None:
    breach = an_event(
        Kind.BREACHED, version=5, at=at(hours=2), detail={"found": at(hours=5).isoformat(), "source": "clock:response"}
    )
    facts = replace(FACTS, history=(*HISTORY, breach), case=replace(TAKEN, version=5))

    assert before(facts, at(hours=4)).history == HISTORY
    assert before(facts, at(hours=5)).history[-1] is breach


def test_a_case_that_was_not_there_yet_is_refused() -> None:
    with pytest.raises(Refused, match=r"Case 7 was not there yet at 2026-11-23 08:59 UTC\."):
        before(FACTS, at(minutes=-1))


def test_a_circle_from_before_histories_told_of_it_is_kept() -> None:
    told = {name: pair for name, pair in HISTORY[0].changes.items() if name != "circle"}
    old = replace(FACTS, history=(replace(HISTORY[0], changes=told), *HISTORY[1:]))
    assert before(old, at(hours=1)).case.circle == (PersonId("ada"),)


def test_now_is_as_it_is() -> None:
    assert as_of(FACTS, a_policy(), at(hours=5), at(hours=5)) is FACTS
