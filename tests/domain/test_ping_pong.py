"""The brake on ping-pong: what came back too often goes to those with authority over both sides, and is named so."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from console.domain.actions import Does
from console.domain.errors import Refused
from console.domain.escalation import Kind, State
from console.domain.facts import Facts
from console.domain.matrix import Matrix, Target
from console.domain.ping_pong import bounces, must_not_bounce
from console.domain.plan import Plan, plan
from console.domain.policy import Policy, TierKind
from console.domain.sentences import sentence
from console.domain.timing import PingPong
from tests.builders import MORNING, at
from tests.domain.timed import (
    accepted,
    claimed,
    escalated,
    facts_of,
    open_one,
    returned,
    rounds,
    run,
    storyline,
    timed,
)

BRAKE = PingPong(2, timedelta(days=1))
POLICY = timed(targets=(), ladders=(), ping_pong=BRAKE)


def bounced(policy: Policy = POLICY, times: int = 2, begin: datetime = MORNING) -> Facts:
    """Give a case that came back so often, an hour each, from the database team."""
    facts = claimed(facts_of(team="desk"))
    for number in range(times):
        sent = escalated(facts, policy, begin + timedelta(hours=number))
        facts = returned(sent, begin + timedelta(hours=number, minutes=30))
    return facts


def test_returns_between_the_same_tiers_are_counted_within_the_window() -> None:
    assert bounces(bounced(times=1).escalations, POLICY, at(hours=1)) == ()
    (found,) = bounces(bounced().escalations, POLICY, at(hours=2))
    assert (found.tiers, found.times, found.last) == (frozenset({1, 2}), 2, at(hours=1, minutes=30))
    assert found.told(POLICY) == "came back twice between tier 1 desk and tier 2 database within 1 d"
    assert bounces(bounced().escalations, POLICY, at(days=1, minutes=30)) == ()


def test_without_a_brake_in_the_policy_nothing_is_counted() -> None:
    policy = timed(targets=(), ladders=())
    assert bounces(bounced(policy).escalations, policy, at(hours=2)) == ()


def test_peers_cannot_send_it_there_again_and_are_told_both_sides() -> None:
    facts = bounced()
    for target in (Target(2, "database"), Target(2, "network"), Target(2)):
        with pytest.raises(Refused, match="between tier 1 desk and tier 2 database within 1 d; peers cannot move"):
            must_not_bounce(facts.case, target, facts.escalations, POLICY, at(hours=2))
    must_not_bounce(facts.case, Target(3), facts.escalations, POLICY, at(hours=2))
    must_not_bounce(facts.case, None, facts.escalations, POLICY, at(hours=2))
    authority = replace(
        POLICY,
        tiers=tuple(replace(each, kind=TierKind.HIERARCHICAL) if each.level == 2 else each for each in POLICY.tiers),
    )
    must_not_bounce(facts.case, Target(2), facts.escalations, authority, at(hours=2))


def test_a_case_that_came_back_too_often_goes_to_authority_at_once_and_once() -> None:
    facts = bounced()
    done, after = run(facts, POLICY, at(hours=2))
    assert [(each.does, each.target, each.due) for each in done] == [
        (Does.ESCALATE, Target(4), at(hours=1, minutes=30))
    ]
    assert (open_one(after).kind, open_one(after).target) == (Kind.HIERARCHICAL, Target(4))
    assert sentence(after.history[-1]) == (
        "The brake on ping-pong escalated it to tier 4: 'it came back twice between tier 1 desk and tier 2 database"
        " within 1 d', 30 min late"
    )
    assert plan(after, POLICY, at(hours=3)) == Plan()
    back = returned(accepted(after, at(hours=3), "vera"), at(hours=4), "vera")
    assert plan(back, POLICY, at(hours=4)) == Plan()


def test_a_case_that_somebody_has_sent_up_already_is_left_to_them() -> None:
    facts = escalated(bounced(), POLICY, at(hours=2), Target(4))
    assert plan(facts, POLICY, at(hours=2)) == Plan()


def test_where_no_authority_can_be_reached_the_managers_are_told() -> None:
    flat = tuple(replace(each, kind=TierKind.FUNCTIONAL) for each in POLICY.tiers)
    policy = replace(POLICY, tiers=flat, matrix=Matrix({}))
    done, after = run(bounced(policy), policy, at(hours=2))
    assert [(each.does, each.to) for each in done] == [(Does.NOTIFY, ("lena",))]
    assert "nobody with authority over both can be reached" in done[0].why
    assert plan(after, policy, at(hours=2)) == Plan()


def test_a_case_that_is_elsewhere_by_now_is_not_sent_up() -> None:
    facts = bounced()
    moved = replace(facts, case=replace(facts.case, tier=3))
    assert plan(moved, POLICY, at(hours=2)) == Plan()


def test_a_rule_goes_round_the_tier_that_a_case_came_back_from() -> None:
    facts = rounds(bounced(), POLICY, at(hours=2), at(hours=2))
    assert [each.state for each in facts.escalations] == [State.RETURNED, State.RETURNED, State.SENT]
    assert storyline(facts, POLICY, at(hours=2)) == []
