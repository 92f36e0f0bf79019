"""Whatever somebody writes into an exported history, sealed as it should be: it is refused, or it is a sound case."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.desk import closing, escalation, rounds, triage, undo
from console.desk.desk import Desk
from console.domain.arrival import Arrival
from console.domain.case import CaseId
from console.domain.changes import differences, replayed
from console.domain.errors import Refused
from console.store import cases
from console.store.engine import Store
from console.store.sight import WHOLE
from tests.desk.conftest import Clock
from tests.desk.exported import arrivals, brought, exported
from tests.desk.forging import forged, looked_at, mutated
from tests.desk.givens import ADA, BO, escalate, is_whole, open_case, stored
from tests.domain.timed import timed
from tests.template import a_copy


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Give an exported case that much has happened to."""
    folder, clock = tmp_path_factory.mktemp("written"), Clock()
    desk = Desk(Store(a_copy(folder / "here")), timed(), "text", clock)
    case = open_case(desk)
    triage.claim(desk, ADA, case)
    triage.attempt(desk, ADA, case, triage.Tried("restart", "nothing"))
    escalate(desk, ADA, case)
    clock.forward(hours=2)
    rounds.make_rounds(desk)
    escalation.accept(desk, BO, case)
    triage.note(desk, BO, case, triage.Said("we are on it"))
    undo.undo(desk, BO)
    closing.resolve(desk, BO, case, "done")
    (record,) = exported(desk)
    desk.store.close()
    return record


@given(st.integers(0, 2**32))
@settings(max_examples=150, deadline=None)
def test_it_is_refused_or_sound(tmp_path_factory: pytest.TempPathFactory, written: dict[str, Any], seed: int) -> None:
    chosen = random.Random(seed)
    record = forged(written, mutated(written, chosen))
    if record is None or not any(isinstance(each, Arrival) for each in arrivals([record])):
        return
    folder, clock = tmp_path_factory.mktemp("there"), Clock()
    desk = Desk(Store(a_copy(folder / "there")), timed(), "text", clock)
    (taken,) = brought(desk, [record])
    if taken.case is not None:
        assert is_whole(desk)
        with desk.store.read(WHOLE) as tx:
            case = cases.get(tx, taken.case)
        _, history, _ = stored(desk, taken.case)
        assert not case.confidential or not history
        assert differences(case, replayed(history)) == []
        looked_at(desk, taken.case)
        clock.forward(hours=3)
        rounds.make_rounds(desk)
        for act in ACTS:
            try:
                act(desk, taken.case)
            except Refused:
                continue
        assert is_whole(desk)
    desk.store.close()


ACTS: tuple[Callable[[Desk, CaseId], object], ...] = (
    lambda desk, case: triage.claim(desk, ADA, case),
    lambda desk, case: triage.note(desk, ADA, case, triage.Said("and on")),
    lambda desk, case: closing.reopen(desk, ADA, case, "again"),
    lambda desk, case: escalate(desk, ADA, case),
    lambda desk, case: escalation.accept(desk, BO, case),
    lambda desk, case: closing.resolve(desk, BO, case, "done"),
)
