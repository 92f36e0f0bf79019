"""Local evidence is kept in step by every act, is what counting anew gives, and is read in one look."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from console.desk import escalation, evidence
from console.desk.desk import Desk
from console.desk.taking import take_in
from console.domain.arrival import Arrival, Step
from console.domain.case import CaseId
from console.domain.escalation import ReturnReason
from console.domain.evidence import Count, Local, Weighing
from console.domain.stays import Fact
from console.store import evidence as kept
from console.store.sight import WHOLE
from tests.builders import MORNING, a_policy, at
from tests.desk.conftest import Clock
from tests.desk.givens import ADA, KIM, escalate, open_case, stored
from tests.desk.remembered import FOUR_HOURS, counts, local, settled


def test_a_case_is_counted_once_it_has_lasted_and_flips_when_it_goes_up(desk: Desk, clock: Clock) -> None:
    first = open_case(desk, category="checkout", organisation="ACME")
    asked = open_case(desk, category="checkout")
    assert local(desk, asked) == Local(Count(), ((Fact.CATEGORY, "checkout", Count()),))

    clock.forward(hours=4)
    assert counts(desk) == {}
    assert local(desk, asked) == Local(Count(0, 1), ((Fact.CATEGORY, "checkout", Count(0, 1)),))
    settled(desk)
    assert counts(desk) == {
        (1, "", ""): Count(0, 2),
        (1, "category", "checkout"): Count(0, 2),
        (1, "organisation", "ACME"): Count(0, 1),
    }
    assert local(desk, asked) == Local(Count(0, 1), ((Fact.CATEGORY, "checkout", Count(0, 1)),))

    escalate(desk, ADA, first)
    assert local(desk, asked) == Local(Count(1, 1), ((Fact.CATEGORY, "checkout", Count(1, 1)),))


def test_a_return_as_solvable_below_takes_it_back(desk: Desk, clock: Clock) -> None:
    case = open_case(desk)
    escalate(desk, ADA, case)
    assert counts(desk) == {(1, "", ""): Count(1, 1)}

    clock.forward(hours=1)
    escalation.hand_back(desk, KIM, case, ReturnReason.SOLVABLE_BELOW)
    assert counts(desk) == {(1, "", ""): Count(0, 1)}


def test_a_confidential_case_is_never_counted(desk: Desk, clock: Clock) -> None:
    open_case(desk, confidential=True, category="fraud")
    clock.forward(hours=9)
    settled(desk)

    assert counts(desk) == {}


def test_a_past_that_comes_in_is_counted_as_it_was(desk: Desk) -> None:
    steps = (Step(at(days=-9), "opened", tier=1), Step(at(days=-8), "up", tier=2), Step(at(days=-7), "down", tier=1))
    take_in(desk, ADA, [Arrival("It is slow", "old", "1", created=at(days=-9), category="network", steps=steps)])

    assert counts(desk) == {
        (1, "", ""): Count(1, 1), (1, "category", "network"): Count(1, 1),
        (2, "", ""): Count(0, 1), (2, "category", "network"): Count(0, 1),
    }  # fmt: skip


def test_what_a_source_says_late_of_an_item_was_not_known_before(desk: Desk) -> None:
    steps = (
        Step(at(days=-9), "opened", tier=1), Step(at(days=-8.9), "up", tier=2),
        Step(at(days=-8), "analysed", item="db7"), Step(at(days=-7), "down", tier=1),
    )  # fmt: skip
    take_in(desk, ADA, [Arrival("It is slow", "old", "1", created=at(days=-9), steps=steps)])

    assert stored(desk, CaseId(1))[0].item == "db7"
    assert counts(desk) == {(1, "", ""): Count(1, 1), (2, "", ""): Count(0, 1)}


def test_nothing_is_known_before_all_are_counted(desk: Desk) -> None:
    case = open_case(desk)
    with desk.store.write(WHOLE) as tx:
        tx.rows("DELETE FROM evidence_kept")
        tx.rows("DELETE FROM stay")
    escalate(desk, ADA, case)
    assert local(desk, case) == Local()
    assert evidence.counted(desk) is None
    assert counts(desk) == {}

    evidence.count_anew(desk)
    assert evidence.counted(desk) == counts(desk) == {(1, "", ""): Count(1, 1)}


def test_what_happens_while_all_are_counted_anew_is_counted_with_the_case(desk: Desk) -> None:
    first, second = open_case(desk), open_case(desk)
    with desk.store.write(WHOLE) as tx:
        kept.begin(tx, FOUR_HOURS)
        kept.come_to(tx, first)
    escalate(desk, ADA, second)

    assert counts(desk) == {}
    assert local(desk, second) == Local()
    assert evidence.counted(desk) is None
    evidence.count_anew(desk)
    assert counts(desk) == {(1, "", ""): Count(1, 1)}


def test_the_policy_says_when_a_case_counts_as_handled_from_the_next_counting_on(desk: Desk, clock: Clock) -> None:
    open_case(desk)
    later = replace(desk, policy=a_policy(evidence=Weighing(handled_after=timedelta(hours=8))))
    evidence.count_anew(later)
    clock.forward(hours=7)
    settled(later)
    assert counts(later) == {}

    clock.forward(hours=1)
    settled(later)
    assert counts(later) == {(1, "", ""): Count(0, 1)}


def test_more_than_one_act_counts_at_once_waits_for_the_next(desk: Desk, clock: Clock) -> None:
    take_in(desk, ADA, [Arrival(f"Case {n}", created=MORNING) for n in range(250)])
    take_in(desk, ADA, [Arrival(f"More {n}", created=MORNING) for n in range(50)])
    clock.forward(hours=4)
    other = open_case(desk)

    assert counts(desk)[1, "", ""] == Count(0, 250)
    known = local(desk, other)
    assert known.all == Count(0, 300)
    assert stored(desk, other)[0].tier == 1
