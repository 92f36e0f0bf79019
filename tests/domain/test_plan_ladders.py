"""Ladders: people are engaged one after another until somebody responds; at its end a ladder is not quiet."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from console.domain.actions import Does
from console.domain.events import Kind
from console.domain.forecast import MOST_AT_ONCE
from console.domain.plan import plan
from console.domain.timing import Count
from tests.builders import MORNING, a_person, at
from tests.domain.laddered import QUIET, away, sent
from tests.domain.timed import (
    PEOPLE,
    a_ladder,
    a_step,
    foreseen,
    minutes,
    resumed,
    rounds,
    run,
    storyline,
    timed,
    waits,
)


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


def test_a_ladder_without_steps_comes_to_its_end() -> None:
    policy = timed(targets=(), ladders=(replace(a_ladder(), steps=()),))
    assert storyline(sent(policy), policy, most=1) == ["60 exhaust 1: lena, ada"]


def test_a_ladder_that_would_say_everything_at_once_is_foreseen_only_so_far() -> None:
    policy = timed(targets=(), ladders=(a_ladder(a_step("bo", after=0, repeat=999), gentle=timedelta(0)),))
    assert len([*foreseen(sent(policy), policy, most=999)]) == MOST_AT_ONCE


def test_people_of_a_party_outside_are_engaged_by_mail() -> None:
    policy = timed(**QUIET, ladders=(a_ladder(a_step("3@vendor"), gentle=timedelta(0)),))
    parties = tuple(replace(each, contact="help@oracle.example") for each in policy.parties)
    policy = replace(policy, parties=parties)
    facts = sent(policy, people=(*PEOPLE, a_person("zoe", tier=3)))
    done, _ = run(facts, policy, at(minutes=10))
    assert [(each.outside, each.reaches) for each in done] == [(("help@oracle.example",), True)]
