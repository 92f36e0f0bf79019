"""Rounds do what is due by the plan: once, in order, whatever else goes wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from console.desk import agenda as keeping
from console.desk import assignment, bulk, closing, leases, people, rounds, triage
from console.desk import escalation as escalating
from console.desk.desk import Desk
from console.desk.record import Done
from console.domain.arrival import Voice
from console.domain.calendar import ALWAYS, Calendar
from console.domain.case import Case, Status
from console.domain.events import Kind
from console.domain.matrix import Target as MatrixTarget
from console.domain.sentences import sentence
from console.domain.timing import ClockName, Rule, RuleAct, Target, Timing
from console.store import agenda, firings
from console.store.engine import Tx
from console.store.sight import WHOLE
from tests.builders import MORNING
from tests.desk.by_the_clock import HOUR, ROOT, by_the_clock, rows, timed
from tests.desk.conftest import Clock
from tests.desk.givens import ADA, BO, escalate, is_whole, open_case, stored
from tests.figures import counted, figure


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Give a desk on which time does something."""
    return timed(desk)


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
    figure(7, "a breach found when nobody watched", f"the event says '{sentence(done.event).split('; ')[-2]}'")
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


def test_what_is_written_otherwise_than_was_foreseen_is_planned_anew(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = open_case(desk, severity="S1")

    def elsewhere(_: Desk, __: Tx, case: Case, ___: MatrixTarget) -> Case:
        until = clock.now + timedelta(minutes=3)
        return replace(case, resume_at=until, status=Status.WAITING, waiting_for="vendor")

    monkeypatch.setattr("console.desk.turns.received", elsewhere)
    clock.forward(hours=1)
    assert Kind.ESCALATED in {each.event.kind for each in rounds.make_rounds(desk).done}
    assert rows(desk) == [(case_id, 63, "v1", 0)]


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


def test_what_was_planned_with_other_people_is_planned_anew(desk: Desk) -> None:
    given = Rule(id="given", says="given to ada", when="live:yes", do=RuleAct.REASSIGN, to=("ada",))
    desk = replace(desk, policy=replace(desk.policy, timing=Timing(rules=(given,))))
    case_id = open_case(desk)
    assignment.assign(desk, ROOT, case_id, "ada")
    assert rounds.make_rounds(desk).done == (), "it is with ada already"

    people.absent(desk, ROOT, "ada", people.Absence(deputy=BO.id))
    assert rows(desk)[0][2] == ""

    (done,) = rounds.make_rounds(desk).done
    assert done.case.handler == "bo"
    assert rounds.make_rounds(desk) == rounds.Rounds()


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


@pytest.mark.parametrize(
    ("zone", "opened", "due"),
    [
        ("Europe/Berlin", "2026-10-24T15:30+02:00", "2026-10-25T10:30+01:00"),
        ("Europe/Berlin", "2027-03-27T15:30+01:00", "2027-03-28T10:30+02:00"),
        ("America/New_York", "2026-10-31T15:30-04:00", "2026-11-01T10:30-05:00"),
        ("Australia/Lord_Howe", "2026-10-03T15:30+10:30", "2026-10-04T10:30+11:00"),
        ("Pacific/Apia", "2026-10-24T15:30+13:00", "2026-10-25T10:30+13:00"),
    ],
)
def test_over_a_change_of_the_clocks_nothing_is_early_twice_or_skipped(
    zone: str, opened: str, due: str, desk: Desk, clock: Clock
) -> None:
    """Two business hours from half past three: half an hour that day, until four, and one and a half the next."""
    week = tuple(((9 * 60, 16 * 60),) for _ in range(7))
    office = Calendar("office", zone=zone, week=week)
    target = Target(clock=ClockName.RESPONSE, within=timedelta(hours=2), calendar="office")
    timing = Timing(calendars={"office": office, ALWAYS.id: ALWAYS}, calendar="office", targets=(target,), warn=(100,))
    own = replace(desk, policy=replace(desk.policy, version=zone, timing=timing))
    clock.now, end = datetime.fromisoformat(opened), datetime.fromisoformat(due)
    case_id = open_case(own, created=clock.now)
    while clock.now < end + timedelta(hours=2):
        done = rounds.make_rounds(own).done
        assert [(each.event.at, clock.now) for each in done] == ([(end, end)] if clock.now == end else [])
        clock.forward(minutes=30)
    acts = by_the_clock(own, case_id)
    assert len(acts) == 1
    counted(
        8, "deadlines over a night in which clocks change", len(acts), "kept to the minute, 0 early, twice or skipped"
    )
