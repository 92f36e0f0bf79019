"""Replays: what is known of later ranks no earlier case, and what happened here before ranks the later ones."""

from __future__ import annotations

import random
from datetime import timedelta
from math import isnan

from console.domain.arrival import Arrival, Step
from tests.builders import MORNING, a_policy
from tests.replay.replaying import auc, history_of, replayed, with_names_of

KINDS = {"password": 0.02, "printer": 0.1, "network": 0.5, "ledger": 0.9}
"""How often each kind needs a higher tier."""


def an_arrival(number: int, kind: str, up_after: timedelta | None, severity: str = "S3") -> Arrival:
    """Give a case of a log, one each quarter of an hour, that perhaps goes up."""
    begun = MORNING + timedelta(minutes=15 * number)
    steps = [Step(begun, what="opened", tier=1, category=kind)]
    if up_after is not None:
        steps.append(Step(begun + up_after, what="passed on", tier=2, category="known only above"))
    steps.append(Step(begun + timedelta(days=2), what="closed", status="closed"))
    return Arrival(f"Case {number}", created=begun, category=kind, severity=severity, steps=tuple(steps))


def a_log(cases: int, up_after: timedelta) -> list[Arrival]:
    """Give a log in which severity says nothing and the kind much."""
    chance = random.Random(4711)
    kinds = [chance.choice([*KINDS]) for _ in range(cases)]
    return [
        an_arrival(
            number, kind, up_after if chance.random() < KINDS[kind] else None, chance.choice(["S1", "S2", "S3", "S4"])
        )
        for number, kind in enumerate(kinds)
    ]


def test_what_happened_here_before_ranks_where_the_checklist_does_not() -> None:
    log = a_log(1200, timedelta(minutes=10))
    judged = [each for each in replayed(log, with_names_of(log, a_policy())) if each.is_known]

    assert 1000 < len(judged) < 1100
    assert auc((each.combined, each.went_up) for each in judged) > 0.8
    assert 0.4 < auc((each.checklist, each.went_up) for each in judged) < 0.6
    assert 0.4 < auc((float(each.impact), each.went_up) for each in judged) < 0.6


def test_there_is_no_evidence_before_anything_is_known() -> None:
    log = a_log(50, timedelta(days=1))

    assert not any(each.is_known for each in replayed(log, with_names_of(log, a_policy())))


def test_what_happens_after_a_case_came_in_does_not_touch_its_advice() -> None:
    log = a_log(300, timedelta(hours=9))
    policy = with_names_of(log, a_policy())
    alone = [each.advice for each in replayed(log[:200], policy)]

    assert [each.advice for each in replayed(log, policy)][:200] == alone


def test_what_only_a_higher_tier_learns_is_not_what_a_case_is_like() -> None:
    log = [an_arrival(number, "ledger", timedelta(minutes=10)) for number in range(150)]
    *_, last = replayed(log, with_names_of(log, a_policy()))

    assert last.advice.evidence is not None
    assert last.advice.evidence.says == "ledger"
    assert last.advice.evidence.count.needed == last.advice.evidence.count.of == 149


def test_a_case_of_a_log_has_the_events_that_taking_it_in_writes() -> None:
    log = [an_arrival(1, "ledger", timedelta(minutes=10))]
    case, history = history_of(log[0], 1, with_names_of(log, a_policy()))

    assert (case.tier, case.category) == (1, "ledger")
    assert [event.version for event in history] == [*range(1, len(history) + 1)]
    assert [event.changes["tier"] for event in history if "tier" in event.changes] == [(None, 1), (1, 2)]


def test_the_area_counts_ties_half() -> None:
    assert auc([(1, False), (2, True)]) == 1
    assert auc([(2, False), (1, True)]) == 0
    assert auc([(1, False), (1, True), (1, True)]) == 0.5
    assert isnan(auc([(1, True)]))
