"""Rounds do what is due by the plan: once, in order, whatever else goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from console.desk import agenda as keeping
from console.desk import assignment, bulk, closing, leases, people, rounds, triage, turns
from console.desk import escalation as escalating
from console.desk.desk import Desk
from console.desk.record import Done
from console.domain.arrival import Voice
from console.domain.case import CaseId
from console.domain.errors import Refused
from console.domain.events import Kind
from console.domain.facts import Facts
from console.domain.outcome import outcome
from console.domain.people import Role
from console.domain.plan import Plan, unrolled
from console.domain.policy import Policy
from console.domain.sentences import sentence
from console.domain.timing import ClockName, Count, Ladder, LadderStep, Rule, RuleAct, Target, Timing
from console.store import agenda, faults, firings
from console.store.sight import WHOLE
from tests.builders import MORNING, a_person, a_policy, an_actor
from tests.desk.conftest import Clock
from tests.desk.givens import ADA, BO, escalate, is_whole, open_case, stored

TEN = timedelta(minutes=10)
HOUR = Target(clock=ClockName.RESPONSE, within=timedelta(hours=1), calendar="always")
LADDER = Ladder(id="up", steps=tuple(LadderStep(to=(name,), after=TEN, count=Count.WALL) for name in ("bo", "kim")))
UNANSWERED = Rule(
    id="unanswered", says="unanswered for an hour", when="status:new severity:S1", do=RuleAct.ESCALATE,
    held=timedelta(hours=1), count=Count.WALL,
)  # fmt: skip
ROOT = an_actor("root", Role.ADMIN)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Give a desk with three people, whose policy wants an answer within the hour and knows a ladder and a rule."""
    timing = Timing(targets=(HOUR,), warn=(50, 100), ladders=(LADDER,), rules=(UNANSWERED,))
    own = replace(desk, policy=a_policy(timing=timing))
    for person in (a_person("ada"), BO.person, a_person("kim", tier=2, teams=("database",)), ROOT.person):
        people.put(own, ROOT, person)
    return own


def by_the_clock(desk: Desk, case_id: CaseId) -> list[tuple[str, str]]:
    """Give what the clock side did to a case: kind and time."""
    return [(e.kind.value, f"{e.at:%H:%M}") for e in stored(desk, case_id)[1] if e.actor.startswith("rule:")]


def rows(desk: Desk) -> list[tuple[Any, ...]]:
    """Give the agenda: case, minutes after nine, policy, tries."""
    with desk.store.read(WHOLE) as tx:
        found = tx.rows("SELECT case_id, next_at, policy, tries FROM agenda ORDER BY case_id")
    at = int(MORNING.timestamp() * 1_000_000)
    return [(case, None if when is None else (when - at) // 60_000_000, *rest) for case, when, *rest in found]


def test_a_clock_that_runs_out_is_warned_of_and_breached_once_each_at_its_time(desk: Desk, clock: Clock) -> None:
    case_id = open_case(desk)
    for _ in range(12):
        clock.forward(minutes=10)
        rounds.make_rounds(desk)

    assert by_the_clock(desk, case_id) == [("warned", "09:30"), ("breached", "10:00")]
    with desk.store.read(WHOLE) as tx:
        assert firings.of_case(tx, case_id) == (("clock:response", 50, 2), ("clock:response", 100, 3))
    assert is_whole(desk)


def test_what_is_found_late_says_so_and_a_breach_is_dated_when_it_was_due(desk: Desk, clock: Clock) -> None:
    case_id = open_case(desk)
    clock.forward(hours=5)

    (done,) = rounds.make_rounds(desk).done

    assert (done.event.kind, done.event.at) == (Kind.BREACHED, MORNING + timedelta(hours=1))
    assert sentence(done.event).endswith("noticed 4 h later; told ada and root")
    assert done.case.updated == clock.now
    assert stored(desk, case_id)[0] == done.case
    assert rounds.make_rounds(desk) == rounds.Rounds()


def test_an_answer_stops_what_was_planned(desk: Desk, clock: Clock) -> None:
    case_id = open_case(desk)
    clock.forward(minutes=20)
    triage.note(desk, ADA, case_id, triage.Said("we are on it", Voice.OUTBOUND))
    clock.forward(hours=9)

    assert rounds.make_rounds(desk).done == ()
    assert rows(desk) == [(case_id, None, "v1", 0)]


def test_a_ladder_goes_one_level_a_round_and_each_step_counts_from_the_one_before(desk: Desk, clock: Clock) -> None:
    case_id = open_case(desk)
    escalate(desk, ADA, case_id)
    clock.forward(hours=3)
    late = [done for done in rounds.make_rounds(desk).done if done.event.kind is Kind.ENGAGED]
    assert [done.event.detail["to"] for done in late] == [["bo"]]
    assert rounds.make_rounds(desk).done == ()
    clock.forward(minutes=10)

    (second,) = rounds.make_rounds(desk).done

    assert second.event.detail["to"] == ["kim"]
    assert "late" not in second.event.detail


def test_whoever_answers_first_stops_the_ladder_and_whoever_comes_later_finds_what_was_done(
    desk: Desk, clock: Clock
) -> None:
    answered, unanswered = open_case(desk), open_case(desk)
    for case_id in (answered, unanswered):
        escalate(desk, ADA, case_id)
    clock.forward(minutes=11)
    escalating.accept(desk, BO, answered)

    done = rounds.make_rounds(desk).done

    assert [(each.case.id, each.event.kind) for each in done] == [(unanswered, Kind.ENGAGED)]
    assert escalating.accept(desk, BO, unanswered).event.version == done[0].event.version + 1


def test_a_rule_escalates_through_the_same_act_as_a_person_with_a_drafted_brief(desk: Desk, clock: Clock) -> None:
    case_id = open_case(desk, severity="S1", body="nobody can pay")
    clock.forward(hours=1)

    done = next(each for each in rounds.make_rounds(desk).done if each.event.kind is Kind.ESCALATED)

    case, _, moves = stored(desk, case_id)
    assert (done.event.actor, case.escalated_by) == ("rule:unanswered", "rule:unanswered")
    assert (case.tier, case.escalation) == (2, 1001)
    assert moves[0].brief.issue
    assert case.owner is not None
    with desk.store.read() as tx:
        assert tx.rows("SELECT version, text FROM policy") == [("v1", "the policy's text")]


def test_an_act_on_few_cases_plans_them_and_one_on_many_leaves_that_to_the_rounds(desk: Desk) -> None:
    ids = [open_case(desk) for _ in range(keeping.AT_ONCE + 1)]
    assert {row[2] for row in rows(desk)} == {""}

    assignment.assign(desk, BO, ids[0], "ada")
    assert rows(desk)[0] == (ids[0], 30, "v1", 0)

    bulk.tag(desk, BO, ids, ["vip"])
    assert {row[2] for row in rows(desk)} == {""}
    made = rounds.make_rounds(desk)
    assert (made.looked, made.done) == (len(ids), ())
    assert {row[1:] for row in rows(desk)} == {(30, "v1", 0)}


def test_a_case_that_is_over_leaves_the_agenda_and_one_that_is_taken_up_again_comes_back(desk: Desk) -> None:
    case_id = open_case(desk)
    triage.claim(desk, ADA, case_id)
    bulk.resolve(desk, ADA, [case_id], "done")
    assert rows(desk) == []
    closing.reopen(desk, ADA, case_id, "again")
    assert [row[0] for row in rows(desk)] == [case_id]


def test_what_was_planned_under_another_policy_is_planned_anew(desk: Desk) -> None:
    case_id = open_case(desk)
    rounds.make_rounds(desk)
    longer = replace(HOUR, within=timedelta(hours=4))
    other = replace(
        desk, policy=replace(desk.policy, version="v2", timing=replace(desk.policy.timing, targets=(longer,)))
    )

    assert rounds.make_rounds(desk).looked == 0
    assert rounds.make_rounds(other).looked == 1
    assert rows(desk) == [(case_id, 120, "v2", 0)]


def test_many_are_done_in_batches_with_a_pause_between_and_no_more_than_is_asked_for(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [open_case(desk) for _ in range(5)]
    pauses: list[float] = []
    monkeypatch.setattr(rounds, "BATCH", 2)
    monkeypatch.setattr("console.desk.rounds.time.sleep", pauses.append)
    clock.forward(minutes=40)

    first = rounds.make_rounds(desk, most=3)
    second = rounds.make_rounds(desk, between=lambda: False, most=3)

    assert (first.looked, first.is_cut) == (3, True)
    assert (second.looked, second.is_cut) == (2, False)
    assert pauses == [rounds.TURN]
    assert sorted(each.case.id for each in first.done + second.done) == ids
    clock.forward(minutes=30)
    assert rounds.make_rounds(desk, between=lambda: False).is_cut


Planning = Callable[[Facts, Policy, datetime], tuple[Plan, Facts]]


def broken_for(case_id: CaseId) -> Planning:
    """Give a plan that fails for one case."""

    def planned(facts: Facts, policy: Policy, now: datetime) -> tuple[Plan, Facts]:
        if facts.case.id == case_id:
            raise ZeroDivisionError(facts.case.title)
        return unrolled(facts, policy, now)

    return planned


def test_a_case_that_cannot_be_planned_keeps_nobody_waiting_and_is_tried_again(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = open_case(desk), open_case(desk)
    clock.forward(minutes=30)
    monkeypatch.setattr(turns, "unrolled", broken_for(bad))

    made = rounds.make_rounds(desk)

    assert [each.case.id for each in made.done] == [good]
    assert [(each.case.id, each.why) for each in made.left] == [(bad, "the program failed with ZeroDivisionError")]
    assert rounds.make_rounds(desk).looked == 0
    for tries, minutes in ((2, 1), (3, 2), (4, 4)):
        clock.forward(minutes=minutes)
        assert len(rounds.make_rounds(desk).left) == 1
        assert rows(desk)[1] == (bad, 30, "", tries)
    monkeypatch.undo()
    clock.forward(minutes=8)
    assert [each.case.id for each in rounds.make_rounds(desk).done if each.case.id == bad] == [bad]
    assert rows(desk)[1][3] == 0


def test_an_act_stands_though_its_case_cannot_be_planned(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = open_case(desk)

    def broken(*_: object) -> Plan:
        raise ZeroDivisionError

    monkeypatch.setattr(keeping, "plan", broken)
    assert triage.claim(desk, ADA, case_id).case.handler == "ada"
    assert rows(desk) == [(case_id, None, "", 0)]


def test_an_action_that_is_refused_leaves_its_case_with_the_reason(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id, other = open_case(desk), open_case(desk)
    clock.forward(minutes=30)

    def refusing(facts: Facts, *rest: Any) -> object:  # noqa: ANN401 - whatever an outcome takes
        if facts.case.id == case_id:
            raise Refused("There is nobody there.")
        return outcome(facts, *rest)

    monkeypatch.setattr(turns, "outcome", refusing)
    made = rounds.make_rounds(desk)
    assert [(each.case.id, each.why) for each in made.left] == [(case_id, "There is nobody there.")]
    assert [each.case.id for each in made.done] == [other]


def test_a_case_that_spoils_its_batch_is_found_and_the_others_are_done(desk: Desk, clock: Clock) -> None:
    ids = [open_case(desk) for _ in range(7)]
    bad = ids[3]
    deadline = (MORNING + timedelta(hours=1), 50)
    with desk.store.write(WHOLE) as tx:
        firings.add(tx, [(bad, ("clock:response", *deadline), 9, MORNING)])
    clock.forward(minutes=30)

    made = rounds.make_rounds(desk)

    assert sorted(each.case.id for each in made.done) == [case_id for case_id in ids if case_id != bad]
    assert [each.case.id for each in made.left] == [bad]
    assert "UNIQUE" in made.left[0].why
    assert by_the_clock(desk, bad) == []
    assert is_whole(desk)


def test_a_database_that_others_keep_busy_is_no_fault_of_any_case(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_case(desk)
    clock.forward(minutes=30)

    def busy(*_: object) -> None:
        raise Refused(faults.BUSY, faults.STORAGE)

    monkeypatch.setattr(turns.Turns, "take", busy)
    with pytest.raises(Refused, match="busy"):
        rounds.make_rounds(desk)


def test_a_confidential_case_has_its_clocks_and_only_its_circle_is_told(desk: Desk, clock: Clock) -> None:
    case_id = open_case(desk)
    triage.claim(desk, ADA, case_id)
    triage.change(desk, ADA, case_id, {"confidential": True})
    clock.forward(hours=2)

    made = rounds.make_rounds(desk)

    assert [done.event.detail["to"] for done in made.done] == [["ada"]]
    assert made.seen_by(ADA) == made
    for stranger in (BO, ROOT, replace(ADA, enters_circles=False)):
        assert made.seen_by(stranger).done == ()
    with desk.read(BO) as tx:
        assert agenda.overdue(tx, clock.now + timedelta(days=99)) == (0, None)


def test_a_claim_is_given_back_by_rounds_made_while_its_console_is_dead(desk: Desk, clock: Clock) -> None:
    case_id = open_case(desk)
    triage.claim(desk, ADA, case_id, session="one")
    clock.forward(minutes=5)
    (done,) = leases.expire(desk)
    assert done.case.handler is None
    assert rows(desk) == [(case_id, 30, "v1", 0)]


def test_a_wait_ends_at_its_time(desk: Desk, clock: Clock) -> None:
    case_id = open_case(desk)
    triage.wait(desk, ADA, case_id, "vendor", clock.now + timedelta(hours=2))
    assert rows(desk) == [(case_id, 120, "v1", 0)]
    clock.forward(hours=2)
    done: tuple[Done, ...] = rounds.make_rounds(desk).done
    assert [(each.event.kind, each.event.actor) for each in done] == [(Kind.RESUMED, "rule:wait")]
