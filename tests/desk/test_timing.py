"""Timing at the desk: what the clocks come to is kept with each case by every act, however it is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.desk import assignment, bulk, closing, reviewing, taking, timing, triage, undo
from console.desk import escalation as escalating
from console.desk.desk import Desk
from console.domain.arrival import Arrival, Message, Voice
from console.domain.calendar import ALWAYS
from console.domain.case import CaseId, Severity
from console.domain.clock import pressed
from console.domain.envelope import Envelope
from console.domain.errors import RefusalCode, Refused
from console.domain.escalation import ReturnReason, State
from console.domain.events import Kind
from console.domain.people import Role
from console.domain.review import review_of
from console.domain.timing import ClockName, Target, Timing
from tests.builders import MORNING, an_actor, at
from tests.desk.conftest import Clock
from tests.desk.givens import ADA, BO, KIM, escalate, open_case, stored

HOUR = timedelta(hours=1)
EVE = an_actor("eve", Role.ADMIN)
HOURS = {
    ClockName.RESPONSE: 1, ClockName.UPDATE: 4, ClockName.RESOLUTION: 8, ClockName.ACCEPTANCE: 2, ClockName.REVIEW: 50,
}  # fmt: skip


@pytest.fixture
def timed(desk: Desk) -> Desk:
    """Give a desk whose policy has targets; S1 has half of the time."""
    worst = [
        Target(clock=name, within=HOUR * hours / 2, calendar=ALWAYS.id, severity=Severity.S1)
        for name, hours in HOURS.items()
    ]
    rest = [Target(clock=name, within=HOUR * hours, calendar=ALWAYS.id) for name, hours in HOURS.items()]
    return replace(desk, policy=replace(desk.policy, timing=Timing(targets=(*worst, *rest))))


def is_kept(desk: Desk, case_id: CaseId) -> bool:
    """Say whether what is kept with a case is what its history comes to, in the list's order too."""
    case, history, moves = stored(desk, case_id)
    found = pressed(case, history, moves, desk.policy)
    with desk.read() as tx:
        sql = 'SELECT due_key = coalesce(next_due, 4611686018427387904) FROM "case" WHERE id = :id'
        is_sorted = bool(tx.rows(sql, {"id": case_id})[0][0])
    return is_sorted and (case.next_clock, case.next_due, case.time_left) == (found.name, found.due, found.left)


def test_a_case_opened_by_hand_has_its_response_to_keep(timed: Desk) -> None:
    case = stored(timed, open_case(timed, severity="S3", due=None))[0]
    assert (case.next_clock, case.next_due, case.time_left) == ("response", at(hours=1), None)
    assert not case.is_late(at(minutes=59))
    assert case.is_late(at(minutes=61))


def test_a_waiting_case_keeps_what_is_left(timed: Desk, clock: Clock) -> None:
    case_id = open_case(timed, severity="S3")
    clock.forward(minutes=20)
    triage.wait(timed, EVE, case_id, "customer")
    case = stored(timed, case_id)[0]
    assert (case.next_clock, case.next_due, case.time_left) == ("response", None, timedelta(minutes=40))


def test_without_targets_a_stated_due_time_is_what_presses(desk: Desk) -> None:
    case_id = open_case(desk, due=at(hours=3))
    assert stored(desk, case_id)[0].next_due == at(hours=3)
    triage.wait(desk, EVE, case_id, "customer")
    assert stored(desk, case_id)[0].next_due is None
    assert not timing.is_timed(desk)
    assert is_kept(desk, case_id)


def test_what_came_in_late_says_since_when_it_counts(timed: Desk) -> None:
    old = Arrival(
        "Old", "mail", "1", created=at(days=-9), severity="S3", messages=(Message("x", at(days=-8), "?", ref="2"),)
    )
    taken = taking.take_in(timed, EVE, [old, Arrival("New", "mail", "3", created=at(minutes=-30), severity="S3")])
    first, second = (stored(timed, each.case) for each in taken if each.case)
    assert first[1][0].detail == {"seen": MORNING.isoformat()}
    assert first[1][1].detail["seen"] == MORNING.isoformat()
    assert (first[0].next_due, second[0].next_due) == (at(hours=1), at(minutes=30))
    assert all(is_kept(timed, each.case) for each in taken if each.case)


def test_what_joins_a_case_moves_its_clocks(timed: Desk, clock: Clock) -> None:
    first = Arrival("New", "mail", "3", requester="kim", created=MORNING, severity="S3")
    (taken,) = taking.take_in(timed, EVE, [first])
    assert taken.case
    triage.note(timed, EVE, taken.case, triage.Said("on it", Voice.OUTBOUND))
    assert stored(timed, taken.case)[0].next_clock == "update"
    clock.forward(minutes=5)
    reply = Arrival(
        "Re: New", "mail", "4", requester="kim", created=at(minutes=5), body="?", follows=("3",), envelope=Envelope()
    )
    taking.take_in(timed, EVE, [reply])
    assert stored(timed, taken.case)[0].next_due == at(minutes=65)
    assert is_kept(timed, taken.case)


def test_two_arrivals_of_one_batch_that_are_one_case(timed: Desk) -> None:
    first = Arrival("New", "mail", "3", requester="kim", created=MORNING, severity="S3")
    reply = Arrival(
        "Re: New", "mail", "4", requester="kim", created=MORNING, envelope=Envelope(), follows=("3",),
        messages=(Message("us", MORNING, "on it", Voice.OUTBOUND, "5"),),
    )  # fmt: skip
    taken, joined = taking.take_in(timed, EVE, [first, reply])
    assert taken.case == joined.case
    assert taken.case
    assert stored(timed, taken.case)[0].next_clock == "update"
    assert is_kept(timed, taken.case)


def test_a_batch_reads_the_histories_of_its_cases_at_once(timed: Desk) -> None:
    ids = [open_case(timed, title=f"Case {number}", severity="S3") for number in range(5)]
    bulk.wait(timed, EVE, ids, "vendor", told="on it")
    assert all(is_kept(timed, case_id) for case_id in ids)
    undo.undo(timed, EVE)
    assert all(is_kept(timed, case_id) for case_id in ids)
    assert {stored(timed, case_id)[0].next_clock for case_id in ids} == {"response"}


def test_it_is_said_before_what_a_severity_would_use_up(timed: Desk, clock: Clock) -> None:
    case_id = open_case(timed, severity="S3")
    clock.forward(minutes=40)
    found = timing.would_breach(timed, EVE, case_id, severity=Severity.S1)
    assert [(each.name, each.left) for each in found] == [(ClockName.RESPONSE, timedelta(minutes=-10))]
    assert timing.would_breach(timed, EVE, case_id, severity=Severity.S2) == ()
    soon = timing.would_breach(timed, EVE, case_id, category="network", due=at(minutes=30))
    assert [each.name for each in soon] == [ClockName.RESOLUTION]


def test_nothing_is_said_of_a_case_that_is_not_there(timed: Desk) -> None:
    with pytest.raises(Refused) as refused:
        timing.would_breach(timed, EVE, CaseId(99), severity=Severity.S1)
    assert refused.value.code is RefusalCode.NOT_FOUND


def test_a_review_ends_an_escalation_and_is_found_by_what_it_says(timed: Desk, clock: Clock) -> None:
    case_id = open_case(timed)
    escalate(timed, ADA, case_id)
    with pytest.raises(Refused, match="still open"):
        reviewing.review(timed, BO, case_id, review_of("a disk", "no access", "article: gateways"))
    escalating.accept(timed, KIM, case_id)
    closing.resolve(timed, KIM, case_id, "done")
    clock.forward(hours=1)

    done = reviewing.review(timed, BO, case_id, review_of("a disk", "no access", "article: gateways"))

    case, history, moves = stored(timed, case_id)
    assert (history[-1].kind, moves[-1].state) == (Kind.REVIEWED, State.REVIEWED)
    assert dict(done.event.detail) == {
        "escalation": moves[-1].id, "happened": "a disk", "why": "no access", "need": "article", "needs": "gateways",
        "outcome_to": "ada",
    }  # fmt: skip
    assert case.version == done.case.version
    with pytest.raises(Refused, match="reviewed already"):
        reviewing.review(timed, BO, case_id, review_of("a disk", "no access", "article"))


ACTS = (
    lambda desk, case: triage.claim(desk, ADA, case),
    lambda desk, case: triage.release(desk, EVE, case),
    lambda desk, case: triage.note(desk, EVE, case, triage.Said("hm")),
    lambda desk, case: triage.note(desk, EVE, case, triage.Said("on it", Voice.OUTBOUND)),
    lambda desk, case: triage.note(desk, EVE, case, triage.Said("soon", Voice.OUTBOUND, promised_at=at(days=1))),
    lambda desk, case: triage.note(desk, EVE, case, triage.Said("and?", Voice.REQUESTER)),
    lambda desk, case: triage.wait(desk, EVE, case, "customer"),
    lambda desk, case: triage.wait(desk, EVE, case, "vendor", told="on it"),
    lambda desk, case: triage.resume(desk, EVE, case),
    lambda desk, case: triage.change(desk, EVE, case, {"severity": Severity.S1}, "the board"),
    lambda desk, case: triage.change(desk, EVE, case, {"severity": Severity.S4}, "no hurry"),
    lambda desk, case: triage.change(desk, EVE, case, {"due": at(hours=5)}),
    lambda desk, case: assignment.move(desk, EVE, case, (2, "network")),
    lambda desk, case: escalate(desk, EVE, case),
    lambda desk, case: escalating.accept(desk, EVE, case),
    lambda desk, case: escalating.ask_back(desk, EVE, case, "which?"),
    lambda desk, case: escalating.reply(desk, EVE, case, "that"),
    lambda desk, case: escalating.hand_back(desk, EVE, case, ReturnReason.NOT_NEEDED),
    lambda desk, case: closing.resolve(desk, EVE, case, "done"),
    lambda desk, case: closing.close(desk, EVE, case),
    lambda desk, case: closing.reopen(desk, EVE, case, "not done"),
    lambda desk, case: reviewing.review(desk, EVE, case, review_of("a", "b", "nothing")),
    lambda desk, case: undo.undo(desk, EVE, case),
    lambda desk, case: undo.redo(desk, EVE, case),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, len(ACTS) - 1), st.integers(0, 300)), min_size=3, max_size=12))
def test_what_is_kept_is_what_the_history_comes_to(timed: Desk, clock: Clock, acts: list[tuple[int, int]]) -> None:
    case_id = open_case(timed, severity="S3", title=f"Case {acts}"[:80])
    for number, minutes in acts:
        clock.forward(minutes=minutes)
        try:
            ACTS[number](timed, case_id)
        except Refused:
            continue
        assert is_kept(timed, case_id)
