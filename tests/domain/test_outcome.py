"""Outcomes: what an action makes of a case, and what its event tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from console.domain.actions import AGAIN, Action, Does
from console.domain.case import PersonId
from console.domain.changes import differences, replayed
from console.domain.escalation import State
from console.domain.events import Event, Kind
from console.domain.firings import firings, instant
from console.domain.matrix import Target
from console.domain.outcome import LATE_FROM, actor_of, enacted, outcome
from console.domain.outcome_sent import answering, next_id
from console.domain.policy import Policy
from console.domain.timing import ClockName
from tests.builders import MORNING, an_event, at
from tests.domain.timed import PEOPLE, claimed, escalated, facts_of, open_one, rounds, timed, within

POLICY = timed()


def an_action(does: Does = Does.NOTIFY, **facts: object) -> Action:
    """Give an action of a rule that was due at nine."""
    given = {"does": does, "source": "rule:x", "says": "", "deadline": MORNING, "due": MORNING} | facts
    return Action(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("source", "actor"),
    [
        ("rule:s1-unanswered", "rule:s1-unanswered"),
        ("clock:response", "rule:clock"),
        ("ladder:standard", "rule:ladder"),
        ("wait", "rule:wait"),
        ("ping-pong", "rule:ping-pong"),
    ],
)
def test_an_action_is_done_under_the_name_of_what_asked_for_it(source: str, actor: str) -> None:
    assert actor_of(an_action(source=source)) == actor


def test_an_event_tells_the_key_of_its_firing_and_is_read_back_as_one() -> None:
    action = an_action(to=(PersonId("bo"),), step=2, steps=3, again=1, policy="3f2a0b1c9d", why="it waits")
    after = enacted(facts_of(), action, POLICY, at(minutes=4))
    event = after.history[-1]

    assert event.detail == {
        "source": "rule:x", "deadline": MORNING.isoformat(), "step": 2, "steps": 3, "again": 1,
        "due": MORNING.isoformat(), "late": 240, "to": ["bo"], "policy": "3f2a0b1c9d",
    }  # fmt: skip
    assert event.cause == "rule x, policy 3f2a0b1c…, 4 min late"
    (fired,) = firings(after.history)
    assert fired.key == action.key == ("rule:x", MORNING, 2 + AGAIN)
    assert (fired.told, fired.reached, fired.at) == (frozenset({"bo"}), True, at(minutes=4))


def test_what_is_a_moment_late_is_not_late() -> None:
    told = outcome(facts_of(), an_action(), POLICY, MORNING + LATE_FROM - timedelta(seconds=1))
    assert "late" not in told.detail
    assert told.cause == "rule x"


def test_what_is_no_firing_is_not_read_as_one() -> None:
    odd = [
        {},
        {"source": "rule:x"},
        {"source": "rule:x", "deadline": "soon"},
        {"source": "rule:x", "deadline": "2026-11-23T09:00:00"},
        {"source": "rule:x", "deadline": 7},
        {"source": 7, "deadline": MORNING.isoformat()},
        {"source": "rule:x", "deadline": MORNING.isoformat(), "step": "two", "to": "bo"},
    ]
    found = [*firings([an_event(Kind.TOLD, detail=detail) for detail in odd])]
    assert [(each.step, each.told, each.reached) for each in found] == [(0, frozenset(), False)]
    assert instant(None) is None


def test_enacted_is_what_the_desk_would_leave_and_replays_to_it() -> None:
    policy = timed()
    facts = rounds(escalated(claimed(facts_of(team="desk")), policy), policy, at(hours=3))
    versions = [event.version for event in facts.history]
    assert versions == [*range(1, len(versions) + 1)]
    assert facts.case.version == len(versions)
    assert differences(facts.case, replayed(facts.history)) == []
    assert open_one(facts).state is State.EXHAUSTED
    states = [event.changes.get("escalation.7001.state") for event in facts.history]
    assert [each for each in states if each] == [(None, "sent"), ("sent", "exhausted")]


def test_the_most_pressing_clock_is_kept_with_the_case() -> None:
    policy = timed(targets=(within(ClockName.RESPONSE, 60), within(ClockName.RESOLUTION, 600)), ladders=())
    facts = enacted(facts_of(), an_action(), policy, MORNING)
    assert (facts.case.next_clock, facts.case.next_due) == ("response", at(hours=1))


def test_somebody_always_answers_for_a_case_that_a_rule_escalates() -> None:
    action = an_action(Does.ESCALATE, target=Target(2, "database"))
    without = replace(POLICY, teams=tuple(replace(team, manager="") for team in POLICY.teams))
    cases: list[tuple[dict[str, Any], Policy, str]] = [
        ({"owner": "kim", "handler": "bo"}, POLICY, "kim"),
        ({"handler": "bo"}, POLICY, "bo"),
        ({"team": "desk"}, POLICY, "lena"),
        ({"team": "desk"}, without, "ada"),
        ({"subjects": ("ada",), "team": "desk"}, without, "bo"),
    ]
    for facts, policy, expected in cases:
        assert next(answering(facts_of(**facts), policy, action, MORNING)) == expected
    lone = facts_of(people=tuple(each for each in PEOPLE if each.tier == 2))
    assert next(answering(lone, without, action, MORNING)) == "bo"
    gone = tuple(replace(each, is_absent=each.id == "lena") for each in PEOPLE)
    assert next(answering(facts_of(people=gone, team="desk"), POLICY, action, MORNING)) == "ada"
    assert [*answering(facts_of(people=()), without, replace(action, target=None), MORNING)] == []


def test_escalations_are_numbered_as_the_store_does() -> None:
    facts = facts_of()
    assert next_id(facts) == 7001
    assert next_id(escalated(claimed(facts), POLICY)) == 7002


def test_a_confidential_case_stays_with_its_circle_and_away_from_those_above_its_subjects() -> None:
    facts = facts_of(confidential=True, circle=("ada", "lena"), subjects=("bo",), owner="ada")
    after = enacted(facts, an_action(), POLICY, MORNING)
    assert after.case.circle == ("ada",)
    sent = enacted(facts, an_action(Does.ESCALATE, target=Target(4)), POLICY, MORNING)
    assert sent.case.circle == ("ada",)


def test_an_event_is_chained_by_its_version() -> None:
    event: Event = enacted(facts_of(), an_action(), POLICY, MORNING).history[-1]
    assert (event.version, event.kind) == (2, Kind.TOLD)
