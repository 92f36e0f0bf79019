"""What cannot be done keeps nobody waiting: it is left with its reason, and tried again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from console.desk import agenda as keeping
from console.desk import rounds, triage, turns
from console.desk.desk import Desk
from console.domain.case import CaseId
from console.domain.errors import Refused
from console.domain.facts import Facts
from console.domain.outcome import outcome
from console.domain.plan import Plan, unrolled
from console.domain.policy import Policy
from console.store import faults, firings
from console.store.sight import WHOLE
from tests.builders import MORNING
from tests.desk.by_the_clock import by_the_clock, rows, timed
from tests.desk.conftest import Clock
from tests.desk.givens import ADA, is_whole, open_case


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Give a desk on which time does something."""
    return timed(desk)


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


@pytest.mark.parametrize(("said", "code"), [("database is locked", 5), ("disk is full", 13), ("disk I/O error", 10)])
def test_a_database_that_cannot_be_written_is_no_fault_of_any_case(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch, said: str, code: int
) -> None:
    open_case(desk)
    clock.forward(minutes=30)

    def busy(*_: object) -> None:
        error = OSError(said)
        error.sqlite_errorcode = code  # type: ignore[attr-defined] # as the driver's own errors have it
        raise faults.refusal(desk.store.path, error)

    monkeypatch.setattr(turns.Turns, "take", busy)
    with pytest.raises(faults.Unusable):
        rounds.make_rounds(desk)
