"""What stops a ladder, what starts it anew, and which one it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.case import Severity
from console.domain.errors import Refused
from console.domain.escalation import State
from console.domain.events import Kind
from console.domain.matrix import Target
from console.domain.plan import plan
from tests.builders import at
from tests.domain.laddered import QUIET, sent
from tests.domain.timed import (
    a_ladder,
    a_step,
    accepted,
    answered,
    escalated,
    on_it,
    open_one,
    questioned,
    returned,
    rounds,
    storyline,
    timed,
    written,
)


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


def test_at_a_step_for_everyone_all_have_to_respond() -> None:
    ladder = a_ladder(a_step("bo", "kim", everyone=True), a_step("lena"))
    policy = timed(**QUIET, ladders=(ladder,))
    facts = rounds(sent(policy), policy, at(minutes=20))

    one = on_it(facts, policy, at(minutes=22))
    assert storyline(one, policy, at(minutes=22), most=1) == ["30 engage 2: lena"]
    both = on_it(one, policy, at(minutes=24), by="kim")
    assert storyline(both, policy, at(minutes=24), most=1) == ["60 breach 100: lena"]


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


def test_a_reply_that_was_taken_back_starts_nothing_anew() -> None:
    policy = timed(**QUIET)
    asked = questioned(rounds(sent(policy), policy, at(minutes=20)), at(minutes=22))
    replied = answered(asked, at(minutes=24))
    undone = written(replied, replied.case, Kind.UNDONE, at(minutes=25))
    undone = replace(undone, history=(*undone.history[:-1], replace(undone.history[-1], annuls=replied.case.version)))
    assert storyline(undone, policy, at(minutes=25), most=1) == ["30 engage 2: kim"]


def test_a_new_escalation_climbs_its_own_ladder() -> None:
    policy = timed(**QUIET)
    once = returned(rounds(sent(policy), policy, at(minutes=20)), at(minutes=25))
    twice = escalated(once, policy, at(minutes=30))
    assert storyline(twice, policy, at(minutes=30), most=2) == ["40 remind: lena", "50 engage 1: bo"]
