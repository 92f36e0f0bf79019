"""A crowd at one queue: everybody who takes the next case gets another one, the most urgent that is left."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from console.desk.next_case import COUNTED
from console.domain.arrival import Arrival
from console.domain.case import CaseId
from console.domain.events import Event, Kind
from console.store import cases, events
from tests.builders import MORNING
from tests.crowd.givens import a_database, all_in, crowd
from tests.crowd.worker import a_desk

ENOUGH = 10_000
"""More than anybody in these tests can get."""


class Urgency(NamedTuple):
    """What the order of the queue rests on."""

    severity: int
    due: float
    case: CaseId


def an_urgent_one(number: int) -> Arrival:
    """Give an arrival whose severity and due time differ from those of its neighbours, some with none."""
    due = None if number % 7 == 0 else MORNING + timedelta(minutes=number * 7_919 % 10_007)
    return Arrival(f"Case {number}", "crowd", str(number), severity=f"S{1 + number * 31 % 4}", due=due)


def taken(path: Path, number: int) -> tuple[list[Urgency], list[Event]]:
    """Give how urgent each case is, the most urgent first, and the claims in the order they were made."""
    with a_desk(str(path)).store.read() as tx:
        found = [cases.get(tx, CaseId(place)) for place in range(1, number + 1)]
        history = sorted(events.since(tx, 0, number * 3), key=lambda event: event.seq)
    order = sorted(
        Urgency(int(case.severity), case.due.timestamp() if case.due else float("inf"), case.id) for case in found
    )
    return order, [event for event in history if event.kind is Kind.CLAIMED]


def the_queue_is_shared(path: Path, heads: int, number: int, room: int) -> None:
    """Let a crowd take cases, and look whether each got its own, in the order of the queue."""
    told = crowd(a_database(path, number, an_urgent_one), all_in("next", heads), 0, room)
    order, claims = taken(path, number)

    expected = min(number, heads * room)
    assert [claim.case for claim in claims] == [each.case for each in order[:expected]]
    assert sorted(said["case"] for lines in told.values() for said in lines if "case" in said) == sorted(
        each.case for each in order[:expected]
    )
    if expected < number:
        assert {len(lines) - 1 for lines in told.values()} == {room}


def passing_over_is_counted(path: Path, heads: int, number: int) -> None:
    """Let half of a crowd choose by hand, and count again what each of them passed over."""
    modes = all_in("next", heads) | {f"q{place}": "picks" for place in range(heads)}
    crowd(a_database(path, number, an_urgent_one), modes, 0, number)
    order, claims = taken(path, number)

    free = {each.case: each for each in order}
    for claim in claims:
        chosen = free.pop(claim.case)
        before = min(COUNTED, sum(each < chosen for each in free.values()))
        assert claim.detail.get("passed_over", 0) == before
        assert claim.actor.startswith("q") or before == 0
    assert not free
    assert any(claim.detail for claim in claims)


@pytest.mark.timeout(300)
def test_each_of_a_crowd_takes_another_case_in_the_order_of_the_queue(tmp_path: Path) -> None:
    the_queue_is_shared(tmp_path / "triage.db", 4, 80, ENOUGH)


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_twenty_people_empty_a_queue_of_two_thousand_in_its_order(tmp_path: Path) -> None:
    the_queue_is_shared(tmp_path / "triage.db", 20, 2_000, ENOUGH)


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_people_take_what_they_can_carry_and_no_more(tmp_path: Path) -> None:
    the_queue_is_shared(tmp_path / "triage.db", 20, 2_000, 40)


@pytest.mark.timeout(300)
def test_what_is_passed_over_by_choosing_is_counted_in_a_crowd_too(tmp_path: Path) -> None:
    passing_over_is_counted(tmp_path / "triage.db", 2, 80)


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_twenty_people_half_of_whom_choose_are_counted(tmp_path: Path) -> None:
    passing_over_is_counted(tmp_path / "triage.db", 10, 2_000)
