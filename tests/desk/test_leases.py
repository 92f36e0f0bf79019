"""Claims made at a console hold while it lives."""

from __future__ import annotations

from dataclasses import replace

from console.desk import assignment, bulk, escalation, leases, people, triage, undo
from console.desk.desk import Desk, at
from console.domain.case import Choice
from console.domain.matrix import Target
from console.domain.people import Role
from console.domain.sentences import sentence
from tests.builders import a_person, an_actor
from tests.desk.conftest import Clock
from tests.desk.givens import ADA, BO, escalate, open_case, stored

BEN = an_actor("ben")
LEA = an_actor("lea", Role.LEAD)


def test_a_lease_runs_out_when_its_console_falls_silent_and_history_says_so(desk: Desk, clock: Clock) -> None:
    case_id = open_case(desk)
    triage.claim(desk, ADA, case_id, session="one")
    assert leases.holder(desk, ADA, case_id) == ("ada", "one")

    clock.forward(minutes=2.9)
    assert leases.expire(desk) == ()
    clock.forward(minutes=0.2)
    (done,) = leases.expire(desk)

    assert (done.case.handler, done.case.owner) == (None, "ada")
    assert sentence(done.event) == "Rule 'lease' released it from ada (lease of ada's session ran out)"
    assert leases.holder(desk, ADA, case_id) is None
    assert leases.expire(desk) == ()


def test_a_beating_console_keeps_its_claims(desk: Desk, clock: Clock) -> None:
    case_id, other = open_case(desk), open_case(desk)
    triage.claim(desk, ADA, case_id, session="one")
    triage.claim(desk, BO, other, session="two")
    for _ in range(20):
        clock.forward(minutes=0.5)
        assert leases.beat(desk, ADA, "one") == 1
    (gone,) = leases.expire(desk)
    assert gone.case.id == other
    assert stored(desk, case_id)[0].handler == "ada"


def test_on_a_played_day_a_claim_holds_as_long_as_for_whoever_sits_there(desk: Desk, clock: Clock) -> None:
    fast = replace(at(desk, "one"), pace=10)
    case_id = open_case(desk)
    triage.claim(fast, ADA, case_id, session="one")

    clock.forward(minutes=29)
    assert leases.expire(fast) == ()
    clock.forward(minutes=2)
    assert [done.case.id for done in leases.expire(fast)] == [case_id]


def test_a_new_console_of_the_same_person_takes_over_what_the_old_one_held(desk: Desk, clock: Clock) -> None:
    case_id = open_case(desk)
    triage.claim(desk, ADA, case_id, session="one")
    assert leases.beat(desk, ADA, "two") == 0
    clock.forward(minutes=2.5)
    assert leases.beat(desk, BO, "three") == 0
    assert leases.beat(desk, ADA, "two") == 1
    clock.forward(minutes=1)
    assert leases.expire(desk) == ()
    assert leases.holder(desk, ADA, case_id) == ("ada", "two")


def test_claims_without_a_console_and_assignments_stay(desk: Desk, clock: Clock) -> None:
    claimed, assigned, kept = open_case(desk), open_case(desk), open_case(desk)
    triage.claim(desk, ADA, claimed)
    triage.claim(desk, ADA, assigned, session="one")
    bulk.assign(desk, LEA, [assigned], "kim")
    triage.claim(desk, ADA, kept, session="one")
    leases.end(desk, "one")

    clock.forward(hours=1)

    assert leases.expire(desk) == ()
    assert [stored(desk, case_id)[0].handler for case_id in (claimed, assigned, kept)] == ["ada", "kim", "ada"]


def test_a_lease_ends_with_what_it_is_for(desk: Desk, clock: Clock) -> None:
    waiting, released, undone, resolved = (open_case(desk) for _ in range(4))
    for case_id in (waiting, released, resolved, undone):
        triage.claim(desk, ADA, case_id, session="one")
    undo.undo(desk, ADA)
    triage.wait(desk, ADA, waiting, "customer")
    triage.release(desk, ADA, released)
    bulk.resolve(desk, LEA, [resolved], "done")

    assert [leases.holder(desk, ADA, case_id) for case_id in (waiting, released, undone, resolved)] == [None] * 4
    undo.redo(desk, ADA, undone)
    clock.forward(hours=1)
    assert leases.expire(desk) == ()
    assert stored(desk, waiting)[0].handler == "ada"


def test_a_claim_of_a_case_that_waits_holds_by_itself(desk: Desk) -> None:
    case_id = open_case(desk)
    triage.wait(desk, ADA, case_id, "customer")
    triage.claim(desk, ADA, case_id, session="one")
    assert leases.holder(desk, ADA, case_id) is None


def test_whatever_is_taken_at_a_console_is_bound_to_it(desk: Desk) -> None:
    here, lou = at(desk, "one"), an_actor("lou", Role.LEAD, tier=2)
    people.put(desk, an_actor("root", Role.ADMIN), a_person("ada"))
    claimed, decided, taken, given, sent = (open_case(desk) for _ in range(5))
    triage.claim(here, lou, claimed)
    triage.decide(here, lou, decided, Choice.HANDLE, triage.Reason("vip"))
    triage.claim(desk, ADA, taken)
    assignment.take_over(here, lou, taken, "ada is in a meeting")
    assignment.assign(here, lou, given, "ada")
    escalate(desk, ADA, sent, target=Target(2, "database"))
    escalation.accept(here, lou, sent)

    held = ("lou", "one")
    found = [leases.holder(desk, ADA, case_id) for case_id in (claimed, decided, taken, given, sent)]
    assert found == [held, held, held, None, held]

    triage.release(here, lou, claimed)
    undo.undo(here, lou, claimed)
    assert leases.holder(desk, ADA, claimed) == held


def test_whoever_claims_next_need_not_wait_for_anybody_to_notice(desk: Desk, clock: Clock) -> None:
    case_id, other = open_case(desk), open_case(desk)
    triage.claim(desk, ADA, case_id, session="one")
    triage.claim(desk, ADA, other, session="one")
    clock.forward(minutes=4)
    assert triage.claim(desk, BO, case_id).case.handler == "bo"
    assert triage.take_next(desk, an_actor("jun")).case.id == other
