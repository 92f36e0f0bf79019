"""How ladders end, stand still and are found again: late, exhausted, under another policy."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.actions import Does
from console.domain.case import Severity
from console.domain.errors import Refused
from console.domain.escalation import State
from console.domain.events import Kind
from console.domain.forecast import MOST_AT_ONCE
from console.domain.matrix import Target
from console.domain.plan import plan
from console.domain.timing import Count
from tests.builders import MORNING, a_person, at
from tests.domain.laddered import QUIET, sent
from tests.domain.timed import (
    PEOPLE,
    a_ladder,
    a_step,
    accepted,
    answered,
    escalated,
    foreseen,
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
    written,
)


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


def test_who_acknowledges_when_the_time_to_accept_is_up_already_is_given_it_once_more() -> None:
    policy = timed(**QUIET, ladders=(a_ladder(a_step("bo", after=40), a_step("kim", after=40)),))
    facts = on_it(rounds(sent(policy), policy, at(minutes=65)), policy, at(minutes=70))
    assert storyline(facts, policy, at(minutes=70), most=1) == ["130 again 1: bo"]


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
