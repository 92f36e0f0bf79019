"""Ladders: people are engaged one after another until somebody responds; at its end a ladder is not quiet."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.actions import Does
from console.domain.case import PersonId, Severity
from console.domain.errors import Refused
from console.domain.escalation import State
from console.domain.events import Kind
from console.domain.facts import Facts
from console.domain.forecast import MOST_AT_ONCE
from console.domain.matrix import Target
from console.domain.people import Person
from console.domain.plan import plan
from console.domain.policy import Policy
from console.domain.timing import ClockName, Count
from tests.builders import MORNING, a_person, at
from tests.domain.timed import (
    PEOPLE,
    a_ladder,
    a_step,
    accepted,
    answered,
    claimed,
    escalated,
    facts_of,
    foreseen,
    minutes,
    on_it,
    open_one,
    questioned,
    resumed,
    returned,
    rounds,
    run,
    storyline,
    timed,
    waits,
    within,
    written,
)

QUIET = {"targets": (within(ClockName.ACCEPTANCE, 60),), "warn": ()}
"""A policy that warns of nothing, so that the ladder stands alone."""


def sent(policy: Policy, **facts: object) -> Facts:
    """Give a case that ada sent up at nine."""
    return escalated(claimed(facts_of(**facts)), policy)  # type: ignore[arg-type]


def away(*names: str, deputies: dict[str, str] | None = None) -> tuple[Person, ...]:
    """Give the people with some of them absent."""
    stand_ins = {name: PersonId(deputy) for name, deputy in (deputies or {}).items()}
    return tuple(replace(each, is_absent=each.id in names, deputy=stand_ins.get(each.id)) for each in PEOPLE)


def test_people_are_engaged_one_after_another_round_after_round_until_the_ladder_is_exhausted() -> None:
    policy = timed(**QUIET)
    assert storyline(sent(policy), policy, most=12) == [
        "10 remind: lena",
        "20 engage 1: bo",
        "30 engage 2: kim",
        "40 engage 3: lena",
        "60 breach 100: lena",
        "60 again 1: bo",
        "70 engage 2: kim",
        "80 engage 3: lena",
        "120 exhaust 4: lena, ada",
        "1560 notify 4+1: lena, ada",
        "3000 notify 4+2: lena, ada",
        "4440 notify 4+3: lena, ada",
    ]


def test_a_gentle_reminder_goes_first_and_its_time_passes_before_the_first_step() -> None:
    policy = timed(**QUIET)
    _, reminded = run(sent(policy), policy, at(minutes=15))

    assert reminded.history[-1].kind is Kind.REMINDED
    assert plan(reminded, policy, at(minutes=24)).due == ()
    assert plan(reminded, policy, at(minutes=24)).next_at == at(minutes=25)


def test_without_a_reminder_the_first_step_counts_from_the_sending() -> None:
    policy = timed(**QUIET, ladders=(a_ladder(gentle=timedelta(0)),))
    assert storyline(sent(policy), policy, most=2) == ["10 engage 1: bo", "20 engage 2: kim"]


@pytest.mark.parametrize("respond", [accepted, returned, questioned])
def test_a_response_stops_the_ladder(respond: object) -> None:
    policy = timed(**QUIET)
    facts = respond(rounds(sent(policy), policy, at(minutes=20)), at(minutes=25))  # type: ignore[operator]

    assert all(not line.split()[1].startswith(("engage", "remind", "again", "exhaust"))
               for line in storyline(facts, policy, at(minutes=25)))  # fmt: skip


def test_a_reply_starts_the_ladder_anew() -> None:
    policy = timed(**QUIET)
    asked = questioned(rounds(sent(policy), policy, at(minutes=40)), at(minutes=45))
    assert plan(asked, policy, at(hours=9)).due == ()

    lines = storyline(answered(asked, at(minutes=100)), policy, at(minutes=100), most=3)
    assert lines == ["110 remind: lena", "115 breach 100: lena", "120 engage 1: bo"]


def test_who_acknowledges_is_given_until_the_time_to_accept_is_up() -> None:
    policy = timed(**QUIET)
    facts = on_it(rounds(sent(policy), policy, at(minutes=20)), policy, at(minutes=25))

    assert storyline(facts, policy, at(minutes=25), most=3) == [
        "60 breach 100: lena",
        "60 again 1: bo",
        "70 engage 2: kim",
    ]
    later = rounds(facts, policy, at(minutes=65), at(minutes=25))
    assert open_one(later).acknowledged == ()


def test_who_acknowledges_after_that_is_given_as_long_again() -> None:
    policy = timed(**QUIET)
    facts = on_it(rounds(sent(policy), policy, at(minutes=75)), policy, at(minutes=75), by="kim")
    assert storyline(facts, policy, at(minutes=75), most=1) == ["120 exhaust 4: lena, ada"]

    late = on_it(rounds(sent(policy), policy, at(minutes=61)), policy, at(minutes=61))
    assert storyline(late, policy, at(minutes=61), most=1) == ["120 exhaust 4: lena, ada"]


def test_without_a_target_of_acceptance_whoever_acknowledges_is_trusted() -> None:
    policy = timed(targets=())
    facts = on_it(rounds(sent(policy), policy, at(minutes=20)), policy, at(minutes=25))
    assert storyline(facts, policy, at(minutes=25)) == []


def test_without_a_target_of_acceptance_the_last_step_is_waited_for_once_more() -> None:
    policy = timed(targets=(), ladders=(a_ladder(a_step("bo"), rounds=1),))
    assert storyline(sent(policy), policy, most=4) == [
        "10 remind: lena",
        "20 engage 1: bo",
        "30 exhaust 2: lena, ada",
        "1470 notify 2+1: lena, ada",
    ]


def test_a_ladder_that_takes_longer_than_the_time_to_accept_still_reaches_everybody() -> None:
    policy = timed(**QUIET, ladders=(a_ladder(a_step("bo", after=40), a_step("kim", after=40), rounds=1),))
    assert storyline(sent(policy), policy, most=5) == [
        "10 remind: lena",
        "50 engage 1: bo",
        "60 breach 100: lena",
        "90 engage 2: kim",
        "130 exhaust 3: lena, ada",
    ]


def test_at_a_step_for_everyone_all_have_to_respond() -> None:
    ladder = a_ladder(a_step("bo", "kim", everyone=True), a_step("lena"))
    policy = timed(**QUIET, ladders=(ladder,))
    facts = rounds(sent(policy), policy, at(minutes=20))

    one = on_it(facts, policy, at(minutes=22))
    assert storyline(one, policy, at(minutes=22), most=1) == ["30 engage 2: lena"]
    both = on_it(one, policy, at(minutes=24), by="kim")
    assert storyline(both, policy, at(minutes=24), most=1) == ["60 breach 100: lena"]


def test_a_step_is_said_again_before_the_next_one() -> None:
    policy = timed(**QUIET, ladders=(a_ladder(a_step("bo", repeat=2, every=minutes(4)), a_step("kim")),))
    facts = sent(policy)
    assert storyline(facts, policy, most=5) == [
        "10 remind: lena",
        "20 engage 1: bo",
        "24 engage 1+1: bo",
        "28 engage 1+2: bo",
        "38 engage 2: kim",
    ]
    keys = [each.action.key for each in foreseen(facts, policy)]
    assert len(set(keys)) == len(keys)


def test_a_step_with_nobody_there_is_written_down_and_passed_at_once() -> None:
    policy = timed(**QUIET)
    facts = sent(policy, people=away("kim"))
    assert storyline(facts, policy, most=4)[2:] == ["30 engage 2", "30 engage 3: lena"]

    done, after = run(rounds(facts, policy, at(minutes=20)), policy, at(minutes=30))
    assert [(each.step, each.is_level) for each in done] == [(2, False), (3, True)]
    assert after.history[-2].detail["absent"] == [["kim", "is absent, and nobody stands in"]]


def test_a_ladder_on_which_nobody_is_there_ends_at_once_and_is_not_quiet() -> None:
    policy = timed(targets=(), ladders=(a_ladder(rounds=2),))
    facts = sent(policy, people=away("bo", "kim", "lena"))
    assert storyline(facts, policy, most=9) == [
        "10 remind",
        "20 engage 1",
        "20 engage 2",
        "20 engage 3",
        "30 again 1",
        "30 engage 2",
        "30 engage 3",
        "40 exhaust 4: ada",
        "1480 notify 4+1: ada",
    ]


def test_a_deputy_stands_in_unless_the_step_is_passed_over_when_they_are_absent() -> None:
    there = away("bo", deputies={"bo": "kim"})
    asks, passes = a_ladder(a_step("bo")), a_ladder(a_step("bo", skip_if_absent=True))
    for ladder, told in ((asks, "20 engage 1: kim"), (passes, "20 engage 1")):
        policy = timed(**QUIET, ladders=(ladder,))
        assert storyline(sent(policy, people=there), policy, most=2)[1] == told


def test_the_second_round_asks_whoever_is_there_by_then() -> None:
    policy = timed(**QUIET)
    facts = rounds(sent(policy), policy, at(minutes=50))
    gone = replace(facts, people=away("bo", deputies={"bo": "kim"}))
    assert storyline(gone, policy, at(minutes=50), most=2)[1] == "60 again 1: kim"


def test_one_level_at_a_time_after_a_downtime_and_each_is_marked_late() -> None:
    policy = timed(**QUIET)
    facts, now, levels = sent(policy), at(hours=5), []
    for _ in range(4):
        done, facts = run(facts, policy, now)
        levels.append([each.does for each in done if each.is_level])
        now = plan(facts, policy, now).next_at or now

    assert levels == [[Does.REMIND], [Does.ENGAGE], [Does.ENGAGE], [Does.ENGAGE]]
    reminder = next(event for event in facts.history if event.kind is Kind.REMINDED)
    assert reminder.detail["due"] == at(minutes=10).isoformat()
    assert reminder.detail["late"] == 290 * 60
    assert reminder.cause == "ladder standard, policy v1, 4 h 50 min late"
    assert now == at(hours=5, minutes=40)


def test_a_level_that_is_held_back_is_due_at_the_next_round() -> None:
    policy = timed(**QUIET, ladders=(a_ladder(a_step("bo", after=0), a_step("kim", after=0), gentle=timedelta(0)),))
    facts = sent(policy)
    assert [each.step for each in plan(facts, policy, MORNING).due] == [1]
    assert plan(facts, policy, MORNING).next_at == MORNING


def test_an_exhausted_escalation_can_still_be_answered() -> None:
    policy = timed(**QUIET)
    facts = rounds(sent(policy), policy, at(hours=3))
    assert (open_one(facts).state, facts.case.escalation_state) == (State.EXHAUSTED, "exhausted")

    assert accepted(facts, at(hours=3)).case.handler == "bo"
    assert returned(facts, at(hours=3)).case.tier == 1
    asked = questioned(facts, at(hours=3))
    assert (open_one(asked).state, asked.case.escalation_state) == (State.SENT, "sent")
    with pytest.raises(Refused, match="already escalated by ada"):
        escalated(facts, policy, at(hours=3), Target(4))


def test_what_was_missed_of_the_daily_alarm_is_said_once() -> None:
    policy = timed(**QUIET)
    facts = rounds(sent(policy), policy, at(hours=3))
    done, facts = run(facts, policy, at(days=5))
    assert [(each.does, each.again) for each in done] == [(Does.NOTIFY, 1)]
    assert plan(facts, policy, at(days=5)).next_at == at(days=6)


def test_the_ladder_stands_still_while_everything_waits_for_the_requester() -> None:
    policy = timed(**QUIET)
    facts = waits(rounds(sent(policy), policy, at(minutes=20)), at(minutes=25), "cora", at(hours=2))
    assert storyline(facts, policy, at(minutes=25), most=2) == ["120 resume", "130 engage 2: kim"]

    vendor = waits(rounds(sent(policy), policy, at(minutes=20)), at(minutes=25), "vendor")
    assert storyline(vendor, policy, at(minutes=25), most=1) == ["30 engage 2: kim"]
    assert storyline(resumed(vendor, at(minutes=27)), policy, at(minutes=27), most=1) == ["30 engage 2: kim"]


def test_steps_count_in_opening_hours_where_they_say_so() -> None:
    policy = timed(**QUIET, ladders=(a_ladder(a_step("bo", after=0, count=Count.BUSINESS), gentle=timedelta(0)),))
    assert storyline(sent(policy), policy, most=1) == ["0 engage 1: bo"]


def test_the_first_ladder_that_fits_counts_and_a_case_that_fits_none_has_none() -> None:
    first = a_ladder(a_step("kim"), severities=frozenset({Severity.S1}), gentle=timedelta(0))
    second = replace(a_ladder(a_step("max"), categories=frozenset({"network"}), gentle=timedelta(0)), id="net")
    policy = timed(**QUIET, ladders=(first, second))
    assert storyline(sent(policy, severity=Severity.S1), policy, most=1) == ["10 engage 1: kim"]
    assert storyline(sent(policy, category="network"), policy, most=1) == ["10 engage 1: max"]
    assert storyline(sent(policy), policy, most=1) == ["60 breach 100: lena"]


def test_a_ladder_that_has_begun_stays_when_the_severity_changes() -> None:
    worse = replace(a_ladder(a_step("max")), id="worse", severities=frozenset({Severity.S1}))
    usual = a_ladder(gentle=timedelta(0))
    policy = timed(**QUIET, ladders=(worse, usual))
    facts = rounds(sent(policy), policy, at(minutes=10))
    raised = written(facts, replace(facts.case, severity=Severity.S1), Kind.CHANGED, at(minutes=12))
    assert storyline(raised, policy, at(minutes=12), most=1) == ["20 engage 2: kim"]


def test_a_ladder_runs_by_the_policy_its_escalation_was_sent_under() -> None:
    old, new = timed(**QUIET), replace(timed(**QUIET, ladders=()), version="v2")
    facts = replace(sent(old), frozen={"v1": old})
    assert storyline(facts, new, most=2) == ["10 remind: lena", "20 engage 1: bo"]
    assert storyline(sent(old), new, most=1) == ["60 breach 100: lena"]


def test_a_ladder_without_steps_comes_to_its_end() -> None:
    policy = timed(targets=(), ladders=(replace(a_ladder(), steps=()),))
    assert storyline(sent(policy), policy, most=1) == ["60 exhaust 1: lena, ada"]


def test_a_reply_that_was_taken_back_starts_nothing_anew() -> None:
    policy = timed(**QUIET)
    asked = questioned(rounds(sent(policy), policy, at(minutes=20)), at(minutes=22))
    replied = answered(asked, at(minutes=24))
    undone = written(replied, replied.case, Kind.UNDONE, at(minutes=25))
    undone = replace(undone, history=(*undone.history[:-1], replace(undone.history[-1], annuls=replied.case.version)))
    assert storyline(undone, policy, at(minutes=25), most=1) == ["30 engage 2: kim"]


def test_a_ladder_that_would_say_everything_at_once_is_foreseen_only_so_far() -> None:
    policy = timed(targets=(), ladders=(a_ladder(a_step("bo", after=0, repeat=999), gentle=timedelta(0)),))
    assert len([*foreseen(sent(policy), policy, most=999)]) == MOST_AT_ONCE


def test_a_new_escalation_climbs_its_own_ladder() -> None:
    policy = timed(**QUIET)
    once = returned(rounds(sent(policy), policy, at(minutes=20)), at(minutes=25))
    twice = escalated(once, policy, at(minutes=30))
    assert storyline(twice, policy, at(minutes=30), most=2) == ["40 remind: lena", "50 engage 1: bo"]


def test_people_of_a_party_outside_are_engaged_by_mail() -> None:
    policy = timed(**QUIET, ladders=(a_ladder(a_step("3@vendor"), gentle=timedelta(0)),))
    parties = tuple(replace(each, contact="help@oracle.example") for each in policy.parties)
    policy = replace(policy, parties=parties)
    facts = sent(policy, people=(*PEOPLE, a_person("zoe", tier=3)))
    done, _ = run(facts, policy, at(minutes=10))
    assert [(each.outside, each.reaches) for each in done] == [(("help@oracle.example",), True)]
