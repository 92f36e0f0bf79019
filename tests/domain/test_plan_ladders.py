"""Ladders: people are engaged one after another until somebody responds; at its end a ladder is not quiet."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.events import Kind
from console.domain.plan import plan
from tests.builders import at
from tests.domain.laddered import QUIET, away, sent
from tests.domain.timed import (
    a_ladder,
    a_step,
    accepted,
    answered,
    foreseen,
    minutes,
    on_it,
    open_one,
    questioned,
    returned,
    rounds,
    run,
    storyline,
    timed,
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
