"""What clocks make due: warnings, breaches, and the end of a wait."""

from __future__ import annotations

from dataclasses import replace

from console.domain.actions import Does
from console.domain.case import PersonId, Severity, Status
from console.domain.events import Kind
from console.domain.plan import Plan, plan
from console.domain.sentences import sentence
from console.domain.timing import ClockName
from tests.builders import at
from tests.domain.timed import (
    PEOPLE,
    accepted,
    claimed,
    escalated,
    facts_of,
    rounds,
    run,
    storyline,
    timed,
    told,
    waits,
    within,
    written,
)

RESPONSE = timed(targets=(within(ClockName.RESPONSE, 60),), ladders=())
OURS = claimed(facts_of(team="desk"))
"""A case of the desk's team, which lena manages, that ada claimed at nine."""


def test_a_clock_warns_at_its_fractions_and_is_breached_at_its_end() -> None:
    assert storyline(OURS, RESPONSE) == [
        "30 warn 50: ada",
        "45 warn 75: ada",
        "60 breach 100: ada, lena",
    ]


def test_the_team_hears_of_a_case_that_nobody_handles() -> None:
    people = tuple(replace(each, teams=("desk",)) if each.id == "ada" else each for each in PEOPLE)
    facts = facts_of(people=people, team="desk")
    assert storyline(facts, RESPONSE, most=1) == ["30 warn 50: ada"]


def test_the_deputy_hears_for_a_handler_who_is_absent_and_the_team_where_there_is_none() -> None:
    gone = tuple(replace(each, is_absent=True) if each.id == "ada" else each for each in PEOPLE)
    stood_in = tuple(replace(each, deputy=PersonId("kim")) if each.id == "ada" else each for each in gone)
    assert storyline(replace(claimed(facts_of(team="desk")), people=stood_in), RESPONSE, most=1) == ["30 warn 50: kim"]
    assert storyline(replace(claimed(facts_of(team="desk")), people=gone), RESPONSE, most=1) == ["30 warn 50: lena"]


def test_never_early_and_never_twice() -> None:
    facts = OURS
    assert plan(facts, RESPONSE, at(minutes=29)) == Plan((), at(minutes=30))
    _, warned = run(facts, RESPONSE, at(minutes=30))
    assert plan(warned, RESPONSE, at(minutes=44)) == Plan((), at(minutes=45))
    _, late = run(warned, RESPONSE, at(minutes=60))
    assert plan(late, RESPONSE, at(days=9)) == Plan()


def test_of_warnings_that_are_overdue_only_the_highest_is_said_and_the_others_are_named() -> None:
    done, facts = run(OURS, RESPONSE, at(minutes=50))
    assert [(each.does, each.step) for each in done] == [(Does.WARN, 75)]
    assert facts.history[-1].detail["skipped"] == [50]
    assert sentence(facts.history[-1]).startswith(
        "The clock warned ada that 75 % of its response time is used, past 50 %"
    )
    assert plan(facts, RESPONSE, at(minutes=50)).next_at == at(minutes=60)


def test_a_breach_is_dated_when_it_was_due_and_tells_when_it_was_found() -> None:
    done, facts = run(OURS, RESPONSE, at(hours=3))
    assert [(each.does, each.due) for each in done] == [(Does.BREACH, at(hours=1))]

    event = facts.history[-1]
    assert (event.at, event.detail["found"], event.detail["late"]) == (at(hours=1), at(hours=3).isoformat(), 7200)
    assert event.actor == "rule:clock"
    assert sentence(event) == "The clock recorded that its response time ran out, noticed 2 h later; told ada and lena"


def test_a_breach_that_nobody_saw_before_the_answer_is_recorded_and_nobody_is_told() -> None:
    answered = told(OURS, at(minutes=90))
    done, facts = run(answered, RESPONSE, at(hours=3))
    assert [(each.does, each.due, each.to) for each in done] == [(Does.BREACH, at(hours=1), ())]
    assert plan(facts, RESPONSE, at(hours=3)) == Plan()


def test_an_answer_in_time_closes_the_clock() -> None:
    assert storyline(told(OURS, at(minutes=20)), RESPONSE, at(minutes=20)) == []


def test_nothing_is_late_while_a_case_waits_and_its_clock_goes_on_with_another_due_time() -> None:
    facts = waits(rounds(OURS, RESPONSE, at(minutes=40)), at(minutes=40), until=at(hours=5))
    lines = storyline(facts, RESPONSE, at(minutes=40))
    assert lines == ["300 resume", "300 warn 50: ada", "305 warn 75: ada", "320 breach 100: ada, lena"]


def test_a_wait_that_ended_unseen_ends_at_the_next_round_and_says_how_late() -> None:
    facts = waits(OURS, at(minutes=20), until=at(hours=5))
    done, after = run(facts, RESPONSE, at(hours=6))
    assert [each.does for each in done] == [Does.RESUME]
    assert (after.case.status, after.history[-1].at) == (Status.OPEN, at(hours=6))
    assert sentence(after.history[-1]) == "The clock resumed it: 'it was to wait for customer until then', 1 h late"


def test_a_case_that_waits_without_an_end_is_left_alone() -> None:
    assert plan(waits(OURS, at(minutes=40)), RESPONSE, at(days=3)) == Plan()


def test_a_raised_severity_can_be_a_breach_at_once() -> None:
    targets = (within(ClockName.RESPONSE, 15, severity=Severity.S1), within(ClockName.RESPONSE, 60))
    policy = timed(targets=targets, ladders=())
    facts = OURS
    raised = written(facts, replace(facts.case, severity=Severity.S1), Kind.CHANGED, at(minutes=20))
    done, _ = run(raised, policy, at(minutes=20))
    assert [(each.does, each.due) for each in done] == [(Does.BREACH, at(minutes=20))]


def test_whoever_was_asked_hears_of_an_acceptance_that_is_late() -> None:
    policy = timed(ladders=())
    facts = escalated(OURS, policy)
    assert storyline(facts, policy, most=3) == ["30 warn 50: lena", "45 warn 75: lena", "60 breach 100: lena"]


def test_a_date_warns_by_the_time_from_its_beginning_to_it() -> None:
    policy = timed(targets=(within(ClockName.RESOLUTION, 9999),), ladders=())
    facts = claimed(facts_of(team="desk", due=at(hours=10)))
    assert storyline(facts, policy) == ["300 warn 50: ada", "450 warn 75: ada", "600 breach 100: ada, lena"]


def test_a_decision_that_is_needed_by_a_time_is_warned_of() -> None:
    policy = timed(targets=(within(ClockName.ACCEPTANCE, 60),), ladders=())
    facts = escalated(OURS, policy, decide_by=at(hours=4))
    lines = storyline(accepted(facts, at(minutes=10)), policy, at(minutes=10), most=3)
    assert lines == ["120 warn 50: bo", "180 warn 75: bo", "240 breach 100: bo, lena"]


def test_a_policy_that_says_nothing_of_time_makes_nothing_due() -> None:
    facts = claimed(facts_of(due=at(hours=1)))
    assert plan(facts, replace(RESPONSE, timing=type(RESPONSE.timing)()), at(days=2)) == Plan()


def test_a_case_that_is_done_has_nothing_due_but_what_was_missed() -> None:
    facts = OURS
    resolved = written(
        facts, replace(facts.case, status=Status.RESOLVED, resolution="done"), Kind.RESOLVED, at(minutes=20)
    )
    assert plan(resolved, RESPONSE, at(days=3)) == Plan()
